using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class WindashWithAll : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2208",
        Title = "'windash' together with 'all'",
        Severity = Severity.Warning,
        Rationale = """
            `windash` turns each value into several forms, of which one is enough, even where `all` asks for every value. Some tools
            ask for all forms at once, which no command line has. Write a selection for each value, or list the forms without `all`.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.IsAll && item.Modifiers.FirstOrDefault(use => use.Modifier == Modifier.Windash) is { } windash)
            yield return Report(windash.Span, "'windash' stands beside 'all', which some tools also apply to the forms of each value; write a selection for each value");
    }
}
