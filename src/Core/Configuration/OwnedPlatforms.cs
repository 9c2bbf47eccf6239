using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Leaves platforms that no asset group has out of a definition's scope.</summary>
internal static class OwnedPlatforms
{
    /// <summary>Those that some group has, sorted. PRE and None are no platforms to own. Empty where no group names a platform: then nothing is known.</summary>
    public static ImmutableArray<string> Of(ImmutableArray<AssetGroup> assets) =>
        [.. assets.SelectMany(group => group.Platforms).Where(CanBeOwned).Distinct().Order(StringComparer.Ordinal)];

    /// <param name="platforms">Every platform of the releases.</param>
    /// <param name="written">Where <c>coverage.assets</c> stands; null without it.</param>
    public static Definition Narrow(Definition definition, ImmutableArray<AssetGroup> assets, ImmutableArray<string> platforms, YamlScalar? written, List<Diagnostic> diagnostics)
    {
        var owned = Of(assets);
        ImmutableArray<string> wanted = [.. (definition.Platforms.IsEmpty ? platforms : definition.Platforms).Where(CanBeOwned)];
        ImmutableArray<string> unowned = [.. wanted.Except(owned).Order(StringComparer.Ordinal)];
        if (owned.IsEmpty || unowned.IsEmpty || written is null)
            return definition;
        // No platform at all would read as every one.
        if (unowned.Length == wanted.Length)
            diagnostics.Add(ConfigurationDiagnostics.BadValue.At(written.Span, $"'{written.Value}' has no group on {string.Join(", ", wanted)}, so nothing would be measured; add one, or change coverage.platforms"));
        return definition with { Platforms = [.. wanted.Intersect(owned)], Unowned = unowned };
    }

    private static bool CanBeOwned(string platform) => platform is not (Scope.PrePlatform or "None");
}
