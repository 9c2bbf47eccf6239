using Merlon.Core.Attack;
using Merlon.Core.Coverage;

namespace Merlon.Core.Report;

/// <summary>The layers that Merlon makes. A layer is published: actors whose TLP is amber or red stand in it under their alias, unless it is private.</summary>
internal static class Layers
{
    /// <summary>The techniques that rules reach at the definition's level: one rule, or two and more.</summary>
    public static Layer Coverage(ProgramCoverage coverage, string program) => Base(coverage, $"{program}: coverage", "Techniques with rules that reach the level of the definition.") with
    {
        Gradient = ["#ffffff", "#a1d99b", "#31a354"],
        Legend = [("1 rule", "#a1d99b"), ("2 or more rules", "#31a354")],
        Techniques =
        [
            .. coverage.Release.Techniques.Where(technique => technique.IsLive)
                .Select(technique => (technique, Rules: coverage.Claims.On(technique.Id).Where(claim => claim.Proves(coverage.Definition.Level)).ToArray()))
                .Where(row => row.Rules.Length > 0)
                .Select(row => new LayerTechnique(row.technique, row.Rules.Length == 1 ? 50 : 100, $"{row.Rules.Length} detection rule(s)\n{string.Join('\n', row.Rules.Select(claim => claim.Rule.Title))}")),
        ],
    };

    /// <summary>What an actor uses, within scope and PRE.</summary>
    public static Layer Actor(ProgramCoverage coverage, ActorCoverage actor, bool isPrivate)
    {
        var name = NameOf(actor, isPrivate);
        return Base(coverage, $"Used by {name}", $"Techniques that {name} uses.") with
        {
            Gradient = ["#ffffff", "#fc3b3b"],
            Legend = [($"Used by {name}", "#fc3b3b")],
            Techniques = [.. actor.Techniques.Concat(actor.Pre).OrderBy(technique => technique.Id).Select(technique => new LayerTechnique(technique.Technique, 100, $"Used by {name}"))],
        };
    }

    /// <summary>What an actor uses and is not covered: 100, or 50 where some of the sub-techniques are.</summary>
    public static Layer Gap(ProgramCoverage coverage, ActorCoverage actor, bool isPrivate)
    {
        var name = NameOf(actor, isPrivate);
        return Base(coverage, $"Gaps against {name}", $"Techniques that {name} uses and that are not covered.") with
        {
            Gradient = ["#ffffff", "#fdae6b", "#e6550d"],
            Legend = [("partial", "#fdae6b"), ("gap", "#e6550d")],
            Techniques =
            [
                .. actor.Gaps.Select(gap => gap.Partial is { } partial
                    ? new LayerTechnique(gap.Technique, 50, $"{partial.Covered} of {partial.Of} sub-techniques are covered")
                    : new LayerTechnique(gap.Technique, 100, gap.Scoped.Accepted is null ? "not covered" : "accepted gap")),
            ],
        };
    }

    private static Layer Base(ProgramCoverage coverage, string name, string description) => new()
    {
        Name = name,
        Description = $"{description} {coverage.Release.Copyright}",
        Release = coverage.Release,
        Techniques = [],
        Gradient = [],
        Legend = [],
        Platforms = coverage.Definition.Platforms,
        Metadata =
        [
            ("definition", $"{coverage.Definition.Level.Name}, {coverage.Definition.RollUp}, PRE {coverage.Definition.Pre}"),
            ("ATT&CK release", $"{coverage.Release.Domain.Name} {coverage.Release.Name}"),
            ("made by", $"Merlon {JsonReport.Version}"),
        ],
    };

    private static string NameOf(ActorCoverage actor, bool isPrivate) =>
        isPrivate || actor.Actor is null ? actor.Name : actor.Actor.Profile.PublicName;
}
