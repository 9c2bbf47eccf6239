using System.Text.RegularExpressions;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed partial class MalformedCarTag : TagLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2414",
        Title = "Malformed CAR tag",
        Severity = Severity.Warning,
        Rationale = """
            MITRE's Cyber Analytics Repository names an analytic by year, month and number: `car.2016-04-005`. A tag of
            another form leads nowhere.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.SigmaHq | Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "car" || Form().IsMatch(tag.Name) ? null
        : Report(tag.Span, $"'{tag.Name}' is not the number of a CAR analytic; write one such as 'car.2016-04-005'");

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
