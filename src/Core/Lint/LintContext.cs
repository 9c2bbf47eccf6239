using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint;

/// <summary>What rules are checked against.</summary>
/// <param name="releases">The pinned release of each configured domain. A tag is fine when any of them has it.</param>
internal sealed class LintContext(ImmutableArray<AttackRelease> releases)
{
    public ImmutableArray<AttackRelease> Releases { get; } = releases;

    /// <summary>The UTC day on which the age of a rule is told.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Releases that a finding may point to when the pinned ones lack something. They are read only then.</summary>
    public ImmutableArray<AttackRelease> Others { get; init; } = AttackReleases.Embedded;

    /// <summary>What a rule of another release is brought to; itself for the program's own.</summary>
    public LintContext Pinned => _pinned ?? this;

    private LintContext? _pinned;

    private readonly Dictionary<string, LintContext> _others = [];

    /// <summary>What a rule is checked against: the releases of its source, or the one that it names, where that is embedded.</summary>
    public LintContext For(DetectionRule rule)
    {
        if (rule is { Release: null, Source.HasOwnRelease: false })
            return this;
        var own = SourceReleases.Of(rule, Releases);
        var key = string.Join(' ', own.Select(release => release.Identity));
        if (key == string.Join(' ', Releases.Select(release => release.Identity)))
            return this;
        return _others.TryGetValue(key, out var known) ? known : _others[key] = new(own) { Date = Date, Others = Others, _pinned = this };
    }

    /// <summary><c>ATT&amp;CK 19.1</c>; with the domains where enterprise is not the only one.</summary>
    public string Name => Releases is [{ Domain: AttackDomain.Enterprise } only] ? $"ATT&CK {only.Name}"
        : string.Join(" and ", Releases.Select(release => $"{release.Domain.Name} {release.Name}"));

    /// <summary>A technique of the pinned releases: a live one before any other.</summary>
    public Technique? Find(TechniqueId id)
    {
        Technique? found = null;
        foreach (var release in Releases)
            if (release.Find(id) is { } technique && (found is null || technique.IsLive))
                found = technique;
        return found;
    }

    /// <summary>What a sub-technique belongs to.</summary>
    public TechniqueId ParentOf(TechniqueId id)
    {
        foreach (var release in Releases)
            if (release.ParentOf(id) is var parent && parent != id.Parent)
                return parent;
        return id.Parent;
    }

    /// <summary>The last replacement of a revoked technique; null where it has none.</summary>
    public Technique? FinalReplacement(TechniqueId id)
    {
        foreach (var release in Releases)
            if (release.FinalReplacement(id) is { } replacement)
                return replacement;
        return null;
    }

    /// <summary>Sub-techniques of the last replacement that may be meant instead of it; empty where the release decides.</summary>
    public ImmutableArray<Technique> Alternatives(TechniqueId id)
    {
        foreach (var release in Releases)
            if (release.FinalReplacement(id) is not null)
                return Replacements.Alternatives(release, id, Others);
        return [];
    }

    /// <summary>The technique that a tag means today: itself, or what replaced it; null when neither is live.</summary>
    public Technique? FindLive(TechniqueId id)
    {
        var technique = Find(id) is { IsRevoked: true } ? FinalReplacement(id) : Find(id);
        return technique is { IsLive: true } ? technique : null;
    }

    public bool HasTactic(string shortName)
    {
        foreach (var release in Releases)
            if (HasTactic(release, shortName))
                return true;
        return false;
    }

    public static bool HasTactic(AttackRelease release, string name)
    {
        foreach (var tactic in release.Tactics)
            if (tactic.ShortName == name || tactic.Id == name)
                return true;
        return false;
    }

    /// <summary>The releases of the configured domains, other than the pinned ones, that have something.</summary>
    private ImmutableArray<AttackRelease> OtherReleases(Func<AttackRelease, bool> has) =>
        [.. Others.Where(other => Releases.Any(release => release.Domain == other.Domain) && !Releases.Any(release => release.Domain == other.Domain && release.Version == other.Version) && has(other))];

    // A method of its own: a closure over the tag would be made for every tag.
    public ImmutableArray<AttackRelease> OtherReleasesWithTactic(string shortName) => OtherReleases(release => HasTactic(release, shortName));

    /// <summary>Where else something is that the pinned releases lack, for the end of a message: <c>; 19.1 has it</c>, or nothing.</summary>
    public string Elsewhere(Func<AttackRelease, bool> has)
    {
        var versions = OtherReleases(has).Select(release => release.Version).Distinct().ToArray();
        if (versions.Length > 0)
            return $"; {string.Join(" and ", versions)} {(versions.Length == 1 ? "has" : "have")} it";
        var domains = Others.Where(other => Releases.All(release => release.Domain != other.Domain) && has(other)).Select(other => other.Domain.Name).Distinct().ToArray();
        return domains.Length > 0 ? $"; {Spelling.OneOf(domains)} has it, which is not among the configured domains" : "";
    }
}
