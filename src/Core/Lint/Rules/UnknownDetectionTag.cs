using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnknownDetectionTag : TagLintRule
{
    private static readonly ImmutableArray<string> Names = ["dfir", "emerging-threats", "threat-hunting"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2417",
        Title = "Unknown detection tag",
        Severity = Severity.Warning,
        Rationale = """
            The `detection` namespace has three names, for the kinds of rules that SigmaHQ keeps apart from its generic detections:
            `dfir`, `emerging-threats` and `threat-hunting`.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.SigmaHq | Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "detection" || Names.Contains(tag.Name) ? null
        : Report(tag.Span, $"'{tag.Name}' is not a detection tag{Spelling.Hint(tag.Name, Names)}",
            tag.Name.ToLowerInvariant().Replace('_', '-') is var meant && Names.Contains(meant) ? TextFix.Replace(tag.Item.Scalar, $"detection.{meant}", isSafe: true) : null);
}
