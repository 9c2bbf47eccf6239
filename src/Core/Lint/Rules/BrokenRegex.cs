using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class BrokenRegex : RegexLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2308",
        Title = "Regular expression does not compile",
        Severity = Severity.Error,
        Rationale = """
            Neither PCRE nor Python's `re` accepts it, so back ends refuse it or each reads something else into it. The finding
            points at the character that does not fit.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => Always;

    protected override IEnumerable<Diagnostic> Check(RegexSyntax syntax, YamlScalar written)
    {
        if (syntax.Error is { } error)
            yield return Report(error.Index < written.Value.Length ? written.SpanOf(error.Index, error.Length) : written.Span, error.Message);
    }
}
