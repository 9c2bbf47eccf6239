using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class MalformedStpTag : TagLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2418",
        Title = "Malformed Summiting the Pyramid tag",
        Severity = Severity.Warning,
        Rationale = """
            `stp` scores a rule by Summiting the Pyramid: a level from 1 to 5, then where its data comes from, `a` for application,
            `u` for user mode, `k` for kernel mode, or nothing: `stp.3k`.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.SigmaHq | Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "stp" || IsLevel(tag.Name) ? null
        : Report(tag.Span, $"'{tag.Name}' is not a Summiting the Pyramid score; write 1 to 5 and then a, u, k or nothing, such as 'stp.3k'",
            tag.Name.ToLowerInvariant() is var lower && IsLevel(lower) ? TextFix.Replace(tag.Item.Scalar, $"stp.{lower}", isSafe: true) : null);

    private static bool IsLevel(string name) => name is [>= '1' and <= '5'] or [>= '1' and <= '5', 'a' or 'u' or 'k'];
}
