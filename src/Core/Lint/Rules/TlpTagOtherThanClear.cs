using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TlpTagOtherThanClear : TagLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2455",
        Title = "Rule is not public",
        Severity = Severity.Warning,
        Rationale = """
            All of SigmaHQ's rules are public: `tlp.clear` is the only label that fits.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "tlp" || tag.Name == "clear" ? null : Report(tag.Span, $"'{tag}' keeps a rule from being public; write 'tlp.clear' or remove the tag");
}
