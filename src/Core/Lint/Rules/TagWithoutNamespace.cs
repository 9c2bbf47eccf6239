using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TagWithoutNamespace : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2422",
        Title = "Tag has no namespace",
        Severity = Severity.Error,
        Rationale = """
            A tag is a namespace, a dot and a name. Some converters refuse the whole rule for one without a dot.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        foreach (var tag in SigmaTag.Of(rule))
            if (tag.Namespace is null)
                yield return Report(tag.Span, $"'{tag}' has no namespace; write a namespace and a dot before it, or remove it");
    }
}
