using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class UntaggedCorrelation : DetectionLintRule
{
    private const int Named = 3;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2707",
        Title = "Correlation is tagged with none of its rules' techniques",
        Severity = Severity.Warning,
        Rationale = """
            The rules that a correlation reads raise no alerts of their own unless `generate` is true, so their tags count for
            nothing. What remains is the alert of the correlation, and that names no technique. Tag the correlation with what its
            alert shows.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-correlation-rules-specification.md",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        if (rule is not { Sigma.Kind: SigmaKind.Correlation, Defect: null, SilencedBy: null } || rule.Techniques.Any())
            yield break;
        var missing = rule.Reads.SelectMany(read => read.Techniques).Select(tag => tag.Technique).Distinct().ToArray();
        if (missing.Length > 0)
            yield return Report(rule.Span, $"correlation names no technique, but what it reads is tagged with {string.Join(", ", missing.Take(Named))}"
                + $"{(missing.Length > Named ? $" and {missing.Length - Named} more" : "")}; add the tags of what its alert shows");
    }
}
