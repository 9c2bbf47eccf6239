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
        Title = "TLP label is not in version 1",
        Severity = Severity.Warning,
        Rationale = """
            Version 1 of the Traffic Light Protocol has `white` where version 2 has `clear`, and no `amber-strict`. Keep this check
            or the one of version 2 (MRL2421), whichever you follow, and turn the other off; only `strict` asks for both.
            """,
        Source = "https://www.first.org/tlp/",
    };

    public override Preset Presets => Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "tlp" || Names.Contains(tag.Name) ? null : Report(tag.Span, $"'{tag.Name}' is not a label of TLP 1{Spelling.Hint(tag.Name, Names)}");
}
