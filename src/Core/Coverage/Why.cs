using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Evidence;

namespace Merlon.Core.Coverage;

/// <summary>Why a technique is covered or not.</summary>
/// <param name="Users">The actors that use it, each with its measurement there.</param>
/// <param name="Claims">Of rules tagged with it, its parent or its sub-techniques.</param>
/// <param name="LogSources">What the release's analytics read.</param>
internal sealed record Why(
    AttackRelease Release, Technique Technique, ImmutableArray<(ActorCoverage Actor, TechniqueCoverage Coverage)> Users, ImmutableArray<Claim> Claims,
    ImmutableArray<string> LogSources, ImmutableArray<Remedy> Remedies)
{
    /// <summary>The asset groups that it endangers where it is not covered, as <see cref="Exposure.Of"/> orders them.</summary>
    public ImmutableArray<AssetGroup> Exposed { get; init; } = [];

    public static Why? Of(ProgramCoverage coverage, TechniqueId id) => Of(coverage, id, []);

    public static Why? Of(ProgramCoverage coverage, TechniqueId id, ImmutableArray<AssetGroup> assets)
    {
        var release = coverage.Release;
        var technique = release.Find(id) is { IsRevoked: true } ? release.FinalReplacement(id) : release.Find(id);
        if (technique is null)
            return null;
        var users = coverage.Actors
            .Select(actor => (actor, actor.Techniques.Concat(actor.Pre).Concat(actor.Excluded).FirstOrDefault(one => one.Id == technique.Id)!))
            .Where(user => user.Item2 is not null).ToImmutableArray();
        ImmutableArray<Claim> claims = [.. Gap.Neighbours(technique.Id, release).SelectMany(coverage.Claims.On)];
        var own = claims.Where(claim => claim.Technique.Id == technique.Id);
        return new(release, technique, users, claims, Gap.LogSourcesOf(technique.Id, technique.Platforms, release, inventory: null),
            [.. own.Any(claim => claim.Proves(coverage.Definition.Level)) ? [] : own.Select(claim => claim.Lacks).OfType<Lack>().Select(lack => lack.Text).Distinct().Select(lack => Remedy.Of(lack, technique, coverage))])
        {
            Exposed = coverage.Union?.Techniques.FirstOrDefault(one => one.Id == technique.Id) is { } measured ? Exposure.Of(measured, assets) : [],
        };
    }
}

/// <summary>A lack whose end would raise a technique.</summary>
/// <param name="Opens">Other techniques of the actors that are gaps, and that rules with the same lack claim.</param>
internal sealed record Remedy(string Lack, ImmutableArray<TechniqueId> Opens)
{
    public static Remedy Of(string lack, Technique technique, ProgramCoverage coverage) => new(lack,
    [
        .. (coverage.Union?.Gaps ?? []).Where(gap => gap.Id != technique.Id && gap.Claims.Any(claim => claim.Lacks?.Text == lack)).Select(gap => gap.Id),
    ]);
}
