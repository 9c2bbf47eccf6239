using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>Who uses the techniques of a release, and with what.</summary>
internal sealed class GroupPart(IEnumerable<Group> groups, IEnumerable<Software> software, IEnumerable<Campaign> campaigns, ModifiedDates? dates = null)
{
    public ModifiedDates Dates { get; } = dates ?? ModifiedDates.Unknown;

    private Dictionary<string, AttackObject> ById => field ??= Objects.ToDictionary(one => one.Id, StringComparer.OrdinalIgnoreCase);

    public ImmutableArray<Group> Groups { get; } = InOrder(groups);

    public ImmutableArray<Software> Software { get; } = InOrder(software);

    public ImmutableArray<Campaign> Campaigns { get; } = InOrder(campaigns);

    public AttackObject? Find(string id) => ById.GetValueOrDefault(id);

    public IEnumerable<AttackObject> FindByName(string text) =>
        Objects.Where(one => one.IsCalled(text)).OrderBy(one => one.Status);

    private IEnumerable<AttackObject> Objects => [.. Groups, .. Software, .. Campaigns];

    private static ImmutableArray<T> InOrder<T>(IEnumerable<T> objects) where T : AttackObject =>
        [.. objects.OrderBy(one => one.Id, StringComparer.Ordinal)];
}
