using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Evidence;

namespace Merlon.Core.Coverage;

/// <summary>Whom a technique that is not covered endangers.</summary>
internal static class Exposure
{
    /// <summary>The asset groups on a platform in scope on which a technique is not covered: the gravest first, then by number and name. A group that names no platform is not known to be one.</summary>
    public static ImmutableArray<AssetGroup> Of(TechniqueCoverage technique, ImmutableArray<AssetGroup> assets)
    {
        var open = technique.Scoped.Platforms.Except(technique.Platforms).ToArray();
        return
        [
            .. assets.Where(group => group.Platforms.Any(open.Contains)).OrderByDescending(group => group.Criticality)
                .ThenByDescending(group => group.Number ?? -1).ThenBy(group => group.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary><c>300 servers (critical), 1,240 workstations (high)</c>; empty for nobody.</summary>
    public static string TextOf(IEnumerable<AssetGroup> groups) => string.Join(", ", groups.Select(TextOf));

    private static string TextOf(AssetGroup group) =>
        (group.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number:N0} ") : "") + group.Name + (group.Criticality == Criticality.Unknown ? "" : $" ({Word(group.Criticality)})");

    /// <summary>As assets.yml writes it.</summary>
    public static string Word(Criticality criticality) => criticality.ToString().ToLowerInvariant();
}
