using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class MisspeltKey : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2010",
        Title = "Key is almost a Sigma key",
        Severity = Severity.Warning,
        Rationale = """
            Sigma allows custom keys, so a misspelt key is accepted and read by no tool: a rule with `falsepositive` has no false
            positives. Only keys that are one typing error away from a key that the rule lacks are reported. Rename the key, or
            choose another name for a custom one.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.Recommended | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        var known = SigmaWords.Keys(rule.Kind);
        var missing = known.Where(key => rule.Root.Find(key) is null).ToArray();
        foreach (var (key, _) in rule.Root.Entries)
            if (!known.Contains(key.Value, StringComparer.OrdinalIgnoreCase) && !CommonlyMisspeltKey.Has(rule, key.Value) && Meant(key.Value, missing) is { } meant)
                yield return Report(key.Span, $"'{key.Value}' is not a key of Sigma, so no tool reads it; write '{meant}'", TextFix.Replace(key, meant, isSafe: false));
    }

    // Short words are near to many others ('data' and 'date', 'score' and 'scope'): only a swap of letters or a lost plural is an error there.
    private static string? Meant(string key, string[] missing) =>
        missing.FirstOrDefault(known => known == key + "s" || (key.Length > 3 && IsSwapped(key, known)))
        ?? (key.Length < 6 ? null : Spelling.Nearest(key, missing, key.Length < 8 ? 1 : 2));

    private static bool IsSwapped(string key, string known)
    {
        if (key.Length != known.Length)
            return false;
        var first = key.AsSpan().CommonPrefixLength(known);
        return first + 1 < key.Length && key[first] == known[first + 1] && key[first + 1] == known[first] && key.AsSpan(first + 2).SequenceEqual(known.AsSpan(first + 2));
    }
}
