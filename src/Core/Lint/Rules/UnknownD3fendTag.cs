using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed partial class UnknownD3fendTag : TagLintRule
{
    private static readonly ImmutableArray<string> Tactics = ["model", "harden", "detect", "isolate", "deceive", "evict", "restore"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2416",
        Title = "Unknown D3FEND tag",
        Severity = Severity.Warning,
        Rationale = """
            A `d3fend` tag is a tactic (`d3fend.isolate`), a technique id in lower case (`d3fend.d3-mfa`) or an artifact
            (`d3fend.d3f-AccessControlConfiguration`). Ids are checked by their form only, not against a release of D3FEND.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.SigmaHq | Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "d3fend" || Tactics.Contains(tag.Name) || Form().IsMatch(tag.Name) ? null
        : tag.Name.ToLowerInvariant() is var lower && (Tactics.Contains(lower) || Form().IsMatch(lower))
            ? Report(tag.Span, $"'{tag}' is not how Sigma writes a D3FEND tag; write 'd3fend.{lower}'", TextFix.Replace(tag.Item.Scalar, $"d3fend.{lower}", isSafe: true))
        : Report(tag.Span, $"'{tag.Name}' is not a tactic, technique id or artifact of D3FEND; write a technique such as 'd3fend.d3-mfa', or {Spelling.OneOf(Tactics)}");

    [GeneratedRegex(@"^(?:d3-[a-z0-9]+|d3f-[A-Za-z0-9-]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
