using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnknownLogSource : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2503",
        Title = "Log source is not in SigmaHQ's taxonomy",
        Severity = Severity.Warning,
        Rationale = """
            Converters translate the log sources that they know. One outside the taxonomy needs a mapping of your own; without it
            the rule searches everything or nothing. Usually a part is misspelt. The combination as a whole is checked, in lower
            case.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-taxonomy.md",
    };

    public override Preset Presets => Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule is { Kind: SigmaKind.Rule, LogSource: { } source } && Taxonomy.Find(source) is null)
            yield return Report((source.Service ?? source.Category ?? source.Product)!.Span, // one of them is there
                $"'{source}' is not a log source that SigmaHQ knows" + (Taxonomy.Nearest(source) is { } nearest ? $"; did you mean '{nearest}'?" : "; use a known one or map it yourself"));
    }
}
