using System.Collections.Frozen;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class CommonlyMisspeltKey : AlertingLintRule
{
    // Each with what it stands for.
    private static readonly FrozenDictionary<string, string> Meant = new Dictionary<string, string>
    {
        ["realted"] = "related",
        ["reference"] = "references",
        ["relatde"] = "related",
        ["relted"] = "related",
        ["rlated"] = "related",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2008",
        Title = "Key is a common misspelling",
        Severity = Severity.Warning,
        Rationale = """
            Sigma allows custom keys, so converters accept a misspelt `related` or `references`, and no tool reads it. Rename the
            key.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => FromRecommended;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var (key, _) in rule.Root.Entries)
            if (Meant.TryGetValue(key.Value, out var meant))
                yield return Report(key.Span, $"'{key.Value}' is not read by any tool; write '{meant}'",
                    rule.Root.Find(meant) is null ? TextFix.Replace(key, meant, isSafe: false) : null);
    }

    /// <summary>Whether this check reports the key, so that no other one needs to.</summary>
    internal static bool Has(SigmaRule rule, string key) => rule.Kind is not SigmaKind.Filter && Meant.ContainsKey(key);
}
