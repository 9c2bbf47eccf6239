using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnknownTlpTag : TagLintRule
{
    private static readonly ImmutableArray<string> Names = ["red", "amber", "amber-strict", "green", "clear", "white"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2419",
        Title = "Unknown TLP label",
        Severity = Severity.Warning,
        Rationale = """
            The Traffic Light Protocol says who may see a rule. A label that none of its versions has tells nobody anything.
            """,
        Source = "https://www.first.org/tlp/",
    };

    public override Preset Presets => Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "tlp" || Names.Contains(tag.Name) ? null : Report(tag.Span, $"'{tag.Name}' is not a TLP label{Spelling.Hint(tag.Name, Names)}");
}
