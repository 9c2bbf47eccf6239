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
        Title = "Tag is no label of the Traffic Light Protocol",
        Severity = Severity.Warning,
        Rationale = """
            The Traffic Light Protocol says who may see a rule. A label that no version of it has says nothing.
            """,
        Source = "https://www.first.org/tlp/",
    };

    public override Preset Presets => Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "tlp" || Names.Contains(tag.Name) ? null : Report(tag.Span, $"'{tag.Name}' is not a label of the Traffic Light Protocol{Spelling.Hint(tag.Name, Names)}");
}
