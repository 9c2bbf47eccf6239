using System.Collections.Immutable;
using System.Globalization;

namespace Merlon.Core.Attack;

/// <summary>One release of one ATT&amp;CK domain. Its three parts are each read on first use.</summary>
internal sealed class AttackRelease(
    AttackDomain domain, string version, Lazy<TechniquePart> techniques, Lazy<GroupPart> groups, Lazy<DetectionPart> detection)
{
    public AttackDomain Domain { get; } = domain;

    /// <summary><c>19.1</c>.</summary>
    public string Version { get; } = version;

    /// <summary>What was merged over it, in order.</summary>
    public ImmutableArray<MergedBundle> Bundles { get; init; } = [];

    /// <summary>What they were merged over; null where nothing was.</summary>
    public AttackRelease? Unmerged { get; init; }

    /// <summary><c>19.1</c>, or <c>19.1 + attack/acme.json</c> with a bundle: for reports, which must not show one for the other.</summary>
    public string Name => string.Join(" + ", Bundles.Select(bundle => bundle.Path).Prepend(Version));

    /// <summary>What tells its facts from those of any other release, for hashes: paths of bundles do not count, their content does.</summary>
    public string Identity => string.Join(" + ", Bundles.Select(bundle => bundle.Sha256).Prepend($"{Domain.Name} {Version}"));

    /// <summary>Made from a bundle that says it was rebuilt from public sources, not from MITRE's own.</summary>
    public bool IsRebuilt { get; init; }

    /// <summary>The designation that every copy of the facts carries, outputs too. The year follows the release: two releases a year, 18 is 2025's second.</summary>
    public string Copyright => $"© {Year} The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.";

    /// <summary>In matrix order. Mobile has two matrices: the tactics that only the second one has come last.</summary>
    public ImmutableArray<Tactic> Tactics => techniques.Value.Tactics;

    /// <summary>Live, revoked and deprecated ones, by id.</summary>
    public ImmutableArray<Technique> Techniques => techniques.Value.Techniques;

    /// <summary>Live, revoked and deprecated ones, by id.</summary>
    public ImmutableArray<Group> Groups => groups.Value.Groups;

    /// <inheritdoc cref="Groups"/>
    public ImmutableArray<Software> Software => groups.Value.Software;

    /// <inheritdoc cref="Groups"/>
    public ImmutableArray<Campaign> Campaigns => groups.Value.Campaigns;

    /// <summary>Live ones, by id. Empty before release 18.</summary>
    public ImmutableArray<DetectionStrategy> DetectionStrategies => detection.Value.DetectionStrategies;

    /// <summary>Live ones, by id and name.</summary>
    public ImmutableArray<DataComponent> DataComponents => detection.Value.DataComponents;

    /// <summary>Of tactics and techniques.</summary>
    public ModifiedDates TechniqueDates => techniques.Value.Dates;

    /// <summary>Of groups, software and campaigns.</summary>
    public ModifiedDates GroupDates => groups.Value.Dates;

    /// <inheritdoc cref="DetectionPart.Dates"/>
    public ModifiedDates DetectionDates => detection.Value.Dates;

    private int Year => 2016 + ((Major ?? 20) + 1) / 2;

    private int? Major =>
        int.TryParse(Version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major < 1000 ? major : null;

    /// <summary>Whether its version is higher. A table may have any name for a version; then it is not.</summary>
    public bool IsNewerThan(AttackRelease other) => System.Version.TryParse(Version, out var own) && System.Version.TryParse(other.Version, out var theirs) && own > theirs;

    /// <summary>A tactic by <c>execution</c> or <c>TA0002</c>, in any case.</summary>
    public Tactic? FindTactic(string shortNameOrId) => Tactics.FirstOrDefault(tactic =>
        string.Equals(tactic.ShortName, shortNameOrId, StringComparison.OrdinalIgnoreCase) || string.Equals(tactic.Id, shortNameOrId, StringComparison.OrdinalIgnoreCase));

    /// <summary>A technique, whatever its status.</summary>
    public Technique? Find(TechniqueId id) => techniques.Value.Find(id);

    /// <summary>The last of the techniques that replaced a revoked one after another; it may be deprecated.</summary>
    /// <returns>Null when the technique isn't revoked or its chain of replacements ends in nothing.</returns>
    public Technique? FinalReplacement(TechniqueId id)
    {
        var technique = Find(id) is { IsRevoked: true } revoked ? revoked : null;
        // A chain longer than the table runs in a circle.
        for (var steps = 0; technique is { IsRevoked: true }; steps++)
            technique = technique.RevokedBy is { } next && steps < Techniques.Length ? Find(next) : null;
        return technique;
    }

    /// <inheritdoc cref="TechniquePart.ParentOf"/>
    public TechniqueId ParentOf(TechniqueId id) => techniques.Value.ParentOf(id);

    /// <inheritdoc cref="TechniquePart.Prefixes"/>
    public ImmutableArray<string> Prefixes => techniques.Value.Prefixes;

    /// <summary>The live sub-techniques of a technique, by id; those whose id does not say it come last.</summary>
    public IEnumerable<Technique> SubTechniques(TechniqueId parent) => techniques.Value.SubTechniques(parent);

    /// <summary>A group, whatever its status, by its id in any case.</summary>
    public Group? FindGroup(string id) => groups.Value.Find(id) as Group;

    /// <inheritdoc cref="FindGroup"/>
    public Software? FindSoftware(string id) => groups.Value.Find(id) as Software;

    /// <inheritdoc cref="FindGroup"/>
    public Campaign? FindCampaign(string id) => groups.Value.Find(id) as Campaign;

    /// <summary>
    /// What has this name, alias or id, in any case: live objects first, then deprecated, then revoked ones; among them groups,
    /// then software, then campaigns, by id. "Carbanak" is a group and malware: the group comes first.
    /// </summary>
    public IEnumerable<AttackObject> FindByName(string text) => groups.Value.FindByName(text);

    /// <summary>The strategy that detects a technique.</summary>
    public DetectionStrategy? FindStrategy(TechniqueId technique) => detection.Value.FindStrategy(technique);

    /// <summary>A data component by its id in any case.</summary>
    public DataComponent? FindDataComponent(string id) => detection.Value.FindDataComponent(id);
}

/// <param name="Path">From the repository root.</param>
/// <param name="Sha256"><see cref="Stix.StixBundle.Sha256"/>.</param>
internal sealed record MergedBundle(string Path, string Sha256);
