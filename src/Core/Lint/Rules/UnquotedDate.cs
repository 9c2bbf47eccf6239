using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnquotedDate : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2315",
        Title = "Unquoted date as a value",
        Severity = Severity.Warning,
        Rationale = """
            Tools that read YAML 1.1 turn it into a date, which Sigma has no meaning for, and refuse the rule. Put it in quotes.
            """,
        Source = "https://yaml.org/type/timestamp.html",
    };

    public override Preset Presets => FromRecommended;

    protected override bool IncludesFilters => true;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        foreach (var written in item.Written)
            if (Yaml11.TypeOf(written) == Yaml11Type.Date)
                yield return Report(written.Span, $"'{written.Value}' is a date to many tools, which then refuse the rule; quote it",
                    written.IsAsWritten ? new($"Write '{written.Value}' in quotes", IsSafe: true, new Edit(written.Span, $"'{written.Value}'")) : null);
    }
}
