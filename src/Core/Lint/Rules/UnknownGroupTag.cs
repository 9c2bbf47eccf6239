using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnknownGroupTag : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3010",
        Title = "Tag names an unknown group, software or campaign",
        Severity = Severity.Error,
        Rationale = """
            The id is mistyped, or comes from another release than the pinned one. An id that ATT&CK revoked or deprecated is
            reported as a warning, since its page is gone or no longer maintained.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (Kind(tag.Kind) is { } kind)
                switch (Find(context, tag))
                {
                    case null:
                        yield return Report(tag.Span, $"{tag.Name} is no {kind} of {context.Name}{Hint(context, tag)}");
                        break;
                    case { IsRevoked: true, RevokedBy: { } successor }:
                        yield return Stale(tag, $"{tag.Name} was revoked by {successor}");
                        break;
                    case { IsLive: false } stale:
                        yield return Stale(tag, $"{tag.Name} ({stale.Name}) is {(stale.IsRevoked ? "revoked" : "deprecated")} in {context.Name}; remove the tag or name a live {kind}");
                        break;
                }
    }

    private Diagnostic Stale(AttackTag tag, string message) => Report(tag.Span, message) with { Severity = Severity.Warning };

    private static string Hint(LintContext context, AttackTag tag) => context.Elsewhere(release => Find(release, tag) is not null);

    private static string? Kind(AttackTagKind kind) => kind switch
    {
        AttackTagKind.Group => "group",
        AttackTagKind.Software => "software",
        AttackTagKind.Campaign => "campaign",
        _ => null,
    };

    private static AttackObject? Find(LintContext context, AttackTag tag)
    {
        AttackObject? found = null;
        foreach (var release in context.Releases)
            if (Find(release, tag) is { } one && (found is null || one.IsLive))
                found = one;
        return found;
    }

    private static AttackObject? Find(AttackRelease release, AttackTag tag) => tag.Kind switch
    {
        AttackTagKind.Group => release.FindGroup(tag.Name),
        AttackTagKind.Software => release.FindSoftware(tag.Name),
        _ => release.FindCampaign(tag.Name),
    };
}
