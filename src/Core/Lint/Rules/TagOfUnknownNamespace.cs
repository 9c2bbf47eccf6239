using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TagOfUnknownNamespace : TagLintRule
{
    private static readonly ImmutableArray<string> Namespaces = ["attack", "car", "cve", "d3fend", "detection", "stp", "tlp"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2413",
        Title = "Tag has a namespace that Sigma does not define",
        Severity = Severity.Warning,
        Rationale = """
            Sigma defines the namespaces `attack`, `car`, `cve`, `d3fend`, `detection`, `stp` and `tlp`. Only tools that know
            another namespace read its tags.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        Namespaces.Contains(tag.Namespace!) ? null // the tag has one
        : Report(tag.Span, $"'{tag.Namespace}' is not a namespace of Sigma's tags{Spelling.Hint(tag.Namespace!, Namespaces)}"); // as above
}
