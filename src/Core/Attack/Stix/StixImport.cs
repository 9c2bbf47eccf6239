using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Attack.Stix;

/// <summary>Makes a release of bundles.</summary>
internal static class StixImport
{
    /// <summary>
    /// Builds a release from bundles, or merges them over one. Of two versions of an object or relationship the newer one counts, of equally
    /// new ones the later bundle's; it replaces the one in <paramref name="over"/>, which keeps days only, if it is of a later day. A relationship that a bundle lacks stays as it is in
    /// <paramref name="over"/>; one that a bundle revokes or deprecates goes.
    /// </summary>
    /// <param name="domain">Told by the bundles where it is null: by their matrices, or else by their techniques.</param>
    /// <param name="version">Where it is null: that of <paramref name="over"/>, or else what the bundle's <c>x-mitre-collection</c> says; STIX 2.0 bundles have none.</param>
    /// <returns>The release with warnings, or null with an error.</returns>
    public static (AttackRelease? Release, ImmutableArray<Diagnostic> Diagnostics) ToRelease(
        IEnumerable<StixBundle> bundles, AttackDomain? domain, string? version, AttackRelease? over = null)
    {
        ImmutableArray<StixBundle> all = [.. bundles];
        if (all.FirstOrDefault(bundle => bundle.Pages == StixPages.Earlier) is { } page && !all.Any(bundle => bundle.Pages.HasFlag(StixPages.Last)))
            return (null, [Error([page], "it is one page of a TAXII server's answer and says that more follow ('more'); name all pages together")]);
        var collections = all.SelectMany(bundle => bundle.Objects).Where(one => one is { Type: StixType.Collection, Version.Length: > 0 }).OrderBy(one => one.Modified);
        if ((domain ?? over?.Domain ?? Infer(all)) is not { } known)
            return (null, [Error(all, "its objects are of no domain of ATT&CK, or of several: name the one wanted with --domain")]);
        if ((version ?? over?.Version ?? collections.LastOrDefault()?.Version) is not { Length: > 0 } named)
            return (null, [Error(all, "it names no release, as STIX 2.0 bundles don't: give the version with --release")]);
        StixGraph graph = new(known, all, over);
        StixPicks picks = new(graph);
        var techniques = StixTechniques.Of(graph, picks);
        if (!techniques.Techniques.Any(technique => technique.IsLive))
            return (null, [Error(all, $"it has no live technique of {known.Name}")]);
        var (groups, detection) = (StixGroups.Of(graph, picks), StixDetection.Of(graph, picks));
        AttackRelease release = new(known, named, new(techniques), new(groups), new(detection))
        {
            Unmerged = over?.Unmerged ?? over,
            Bundles = over is null ? [] : [.. over.Bundles, .. all.Select(bundle => new MergedBundle(bundle.Path, bundle.Sha256))],
            IsRebuilt = over?.IsRebuilt == true || all.SelectMany(bundle => bundle.Objects).Any(one => one.IsRebuilt),
        };
        return (release, picks.Diagnostics);
    }

    private static AttackDomain? Infer(ImmutableArray<StixBundle> bundles)
    {
        ImmutableArray<AttackDomain> matrices = [.. bundles.SelectMany(bundle => bundle.Matrices).Distinct()];
        ImmutableArray<AttackDomain> domains = matrices.IsEmpty
            ? [.. bundles.SelectMany(bundle => bundle.Objects).Where(one => one.Type == StixType.Technique).SelectMany(one => one.Domains).Distinct()]
            : matrices;
        return domains is [var domain] ? domain : null;
    }

    private static Diagnostic Error(ImmutableArray<StixBundle> bundles, string message) =>
        AttackDiagnostics.UnreadableBundle.At(SourceSpan.StartOf(bundles is [var first, ..] ? first.Path : ""), $"STIX bundle cannot be read: {message}");
}
