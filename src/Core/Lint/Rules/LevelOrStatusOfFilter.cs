using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class LevelOrStatusOfFilter : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2805",
        Title = "Filter has a level or a status",
        Severity = Severity.Warning,
        Rationale = """
            A filter raises no alert, so Sigma gives it neither a `level` nor a `status`. Remove the line. A filter that should not
            be used yet belongs in another folder than the rules.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-filters-specification.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.Kind != SigmaKind.Filter)
            yield break;
        foreach (var entry in rule.Root.Entries)
            if (entry.Key.Value is "level" or "status")
                yield return Report(entry.Key.Span, $"a filter has no {entry.Key.Value}; remove the line", Removal(rule, entry));
    }

    // Only a line of this very document that holds nothing else: no template's, no anchor.
    private static Fix? Removal(SigmaRule rule, YamlEntry entry)
    {
        var (key, value) = (entry.Key.Span, entry.Value.Span);
        if (key.Column != 1 || key.Line < rule.Root.Span.Line || key.Line > rule.Root.Span.EndLine || value.Line != key.Line || value.EndLine != key.Line || value.Column != key.EndColumn + 2)
            return null;
        return new($"Remove '{entry.Key.Value}'", true, new Edit(new(key.Path, key.Line, 1, key.Line + 1, 1), ""));
    }
}
