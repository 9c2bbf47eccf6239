using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Programs;

/// <summary>The releases that somebody wants to look at: those that are named, or else the program's with its bundles, where there is a program.</summary>
internal static class ShownReleases
{
    /// <param name="name">As <see cref="NamedReleases.Find"/> takes it; null where nobody named one.</param>
    /// <param name="domain">The only domain that is wanted; null for all.</param>
    /// <param name="directory">Full path.</param>
    /// <returns>The program's domains before others; nothing, with findings, when there is none.</returns>
    public static ImmutableArray<AttackRelease> Find(string? name, AttackDomain? domain, string directory, out ImmutableArray<Diagnostic> errors)
    {
        if (name is not null)
            return NamedReleases.Find(name, domain, directory, out errors);
        // A release is of no day.
        var files = ProgramFiles.Find(new() { Directory = directory, Date = default, NeedsRules = false, NeedsActors = false });
        if (files.Config is null && files.ConfigPath is not null)
        {
            errors = files.Diagnostics;
            return [];
        }
        var own = (files.Config?.Releases ?? []).Where(release => (domain ?? release.Domain) == release.Domain).ToImmutableArray();
        var others = NamedReleases.Find(ReleaseLoader.DefaultVersion, domain, directory, out errors);
        return [.. own, .. others.Where(other => own.All(release => release.Domain != other.Domain))];
    }
}
