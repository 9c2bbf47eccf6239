using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TlpTagOutsideVersion2 : TagLintRule
{
    private static readonly ImmutableArray<string> Names = ["red", "amber", "amber-strict", "green", "clear"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2421",
        Title = "TLP label is not in version 2",
        Severity = Severity.Warning,
        Rationale = """
            Version 2 of the Traffic Light Protocol renamed `white` to `clear` and added `amber-strict`. Sigma's tags follow
            it.
            """,
        Source = "https://www.first.org/tlp/",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "tlp" || Names.Contains(tag.Name) ? null
        : tag.Name == "white" ? Report(tag.Span, "'white' was renamed in TLP 2; write 'tlp.clear'", TextFix.Replace(tag.Item.Scalar, "tlp.clear", isSafe: true))
        : Report(tag.Span, $"'{tag.Name}' is not a label of TLP 2{Spelling.Hint(tag.Name, Names)}");
}
