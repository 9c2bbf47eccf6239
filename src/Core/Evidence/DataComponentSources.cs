using System.Collections.Immutable;
using Merlon.Core.Attack;

namespace Merlon.Core.Evidence;

/// <summary>The Sigma log sources that yield a data component, by what the analytics of releases read for it.</summary>
internal sealed class DataComponentSources(ImmutableArray<AttackRelease> releases)
{
    // Analytics name the odd log for a component that it has little to do with: what one reference alone comes to, or fewer than a quarter, is none of its log sources.
    private const int Fewest = 2;
    private const int Share = 4;

    private readonly Lazy<ILookup<(string Component, string Platform), LogSourceReference>> _read = new(() => releases
        .SelectMany(release => release.DetectionStrategies.SelectMany(strategy => strategy.Analytics)
            .SelectMany(analytic => analytic.Platforms.SelectMany(platform => analytic.LogSources.Select(reference => (Platform: platform, Reference: reference, Component: release.FindDataComponent(reference.DataComponent)?.Name ?? "")))))
        .ToLookup(row => (row.Component.ToUpperInvariant(), row.Platform), row => row.Reference));

    /// <summary>A component's name as a release writes it; null for what is none.</summary>
    public string? NameOf(string component) => releases.SelectMany(release => release.DataComponents).FirstOrDefault(one => one.Name.Equals(component, StringComparison.OrdinalIgnoreCase))?.Name;

    /// <summary>
    /// The log sources of a component on a platform, by name. One with a category stands for just these events; one that is a whole log is
    /// there only for what no category tells.
    /// </summary>
    /// <param name="component">Its name, in any case.</param>
    /// <param name="products">What collects it. Those that are known narrow it to what they write, unless one is not known.</param>
    public ImmutableArray<WrittenLogSource> Find(string component, string platform, ImmutableArray<string> products)
    {
        var known = _read.Value[(component.ToUpperInvariant(), platform)].Where(reference => products.IsEmpty || products.Any(product => LogSourceMap.Writes(product, reference.LogSource.Name) != false))
            .Select(reference => LogSourceMap.Find(reference, platform)).Where(found => !found.IsEmpty).ToArray();
        return
        [
            .. known.SelectMany(found => found.Any(source => source.Category is not null) ? found.Where(source => source.Category is not null) : found)
                .GroupBy(source => source).Where(group => group.Count() >= Fewest && group.Count() * Share >= known.Length).Select(group => group.Key)
                .OrderBy(source => source.ToString(), StringComparer.Ordinal),
        ];
    }
}
