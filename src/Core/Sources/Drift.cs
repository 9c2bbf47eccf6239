using System.Collections.Immutable;

namespace Merlon.Core.Sources;

/// <summary>How the rules in git and those that SIEMs run differ.</summary>
internal sealed record Drift
{
    /// <summary>What was read with <c>deploys: sigma</c>, in the order of the configuration.</summary>
    public required ImmutableArray<RuleFile> Inventories { get; init; }

    /// <summary>Sigma rules that alert and that no inventory has enabled, by path and position.</summary>
    public ImmutableArray<DetectionRule> NotDeployed { get; private init; } = [];

    /// <summary>What inventories have enabled and no Sigma rule stands for, in the order of the configuration.</summary>
    public ImmutableArray<DetectionRule> NotInGit { get; private init; } = [];

    /// <summary>Sigma rules that are retired or not valid in git and enabled in an inventory.</summary>
    public ImmutableArray<DetectionRule> StillRunning { get; private init; } = [];

    /// <summary>Enabled searches whose techniques are not those of their Sigma rule.</summary>
    public ImmutableArray<TagDifference> Differing { get; private init; } = [];

    /// <summary>How many Sigma rules are enabled in an inventory.</summary>
    public int Deployed { get; private init; }

    /// <returns>Null where no source says what runs.</returns>
    public static Drift? Of(RuleSet rules)
    {
        ImmutableArray<RuleFile> inventories = [.. rules.Read.Where(file => file.Source.DeploysSigma)];
        if (inventories.IsEmpty)
            return null;
        var sigma = rules.Rules.Where(rule => rule.Sigma is not null).ToArray();
        var running = sigma.Where(rule => rule.StateAnywhere == RuleState.Deployed).ToArray();
        return new()
        {
            Inventories = inventories,
            Deployed = running.Length,
            NotDeployed = [.. sigma.Where(rule => IsWanted(rule) && rule.StateAnywhere != RuleState.Deployed)],
            NotInGit = [.. rules.Rules.Where(rule => rule is { State: RuleState.Deployed, Source.DeploysSigma: true })],
            StillRunning = [.. running.Where(rule => !IsWanted(rule))],
            Differing = [.. running.SelectMany(rule => rule.Places.Where(place => place.State == RuleState.Deployed).Select(place => TagDifference.Of(rule, place)).OfType<TagDifference>())],
        };
    }

    private static bool IsWanted(DetectionRule rule) => rule is { Defect: null, SilencedBy: null, Status: not ("deprecated" or "unsupported") };
}

/// <summary>Techniques that only one of a rule's two places names, by id.</summary>
/// <param name="Place">In the inventory.</param>
internal sealed record TagDifference(DetectionRule Rule, DetectionRule Place, ImmutableArray<string> OnlyInGit, ImmutableArray<string> OnlyInPlace)
{
    /// <returns>Null where they agree, and where the inventory names none: not every export does.</returns>
    public static TagDifference? Of(DetectionRule rule, DetectionRule place)
    {
        var (own, there) = (Names(rule), Names(place));
        return there.Count == 0 || own.SetEquals(there) ? null : new(rule, place, [.. own.Except(there)], [.. there.Except(own)]);
    }

    private static SortedSet<string> Names(DetectionRule rule) => new(rule.Techniques.Select(tag => tag.Name), StringComparer.Ordinal);
}
