using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TlpTagOutsideVersion1 : TagLintRule
{
    private static readonly ImmutableArray<string> Names = ["red", "amber", "green", "white"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2420",
        Title = "Tag is no label of TLP 1",
        Severity = Severity.Warning,
        Rationale = """
            For those who keep to version 1 of the Traffic Light Protocol, which has `white` where version 2 has `clear`,
            and no `amber-strict`. Turn it off, as the presets but `strict` do, or turn off the check of version 2
            (MRL2421).
            """,
        Source = "https://www.first.org/tlp/",
    };

    public override Preset Presets => Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "tlp" || Names.Contains(tag.Name) ? null : Report(tag.Span, $"'{tag.Name}' is not a label of TLP 1{Spelling.Hint(tag.Name, Names)}");
}
