using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TooLongTitle : DocumentLintRule
{
    private const int Limit = 256;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2407",
        Title = "Title is longer than Sigma allows",
        Severity = Severity.Warning,
        Rationale = """
            A title has at most 256 characters; converters refuse the rule beyond that. Move the rest to the description.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.FindText("title") is { } title && title.Length > Limit)
            yield return Report(title.Span, $"title has {title.Length} characters; use at most {Limit} and move the rest to the description");
    }
}
