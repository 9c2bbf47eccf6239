using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnsupportedRegexGroup : ItemLintRule
{
    private static readonly string[] _groups = ["(?=", "(?!", "(?<=", "(?<!", "(?>"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2310",
        Title = "Lookaround or atomic group in a regular expression",
        Severity = Severity.Warning,
        Rationale = """
            The engines of many back ends have no lookahead, lookbehind or atomic groups and refuse the query. Write a second
            selection and combine the two in the condition.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (!item.Has(Modifier.Re))
            yield break;
        foreach (var written in item.Written)
            if (_groups.Where(group => written.Value.Contains(group, StringComparison.Ordinal)).MinBy(group => written.Value.IndexOf(group, StringComparison.Ordinal)) is { } found)
                yield return Report(written.SpanOf(written.Value.IndexOf(found, StringComparison.Ordinal), found.Length), $"'{found}' is a group that many back ends do not support; write a second selection and combine the two in the condition");
    }
}
