using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors;

/// <summary>Finds the actors that somebody names.</summary>
internal static class ActorChoice
{
    public static DiagnosticInfo UnknownActor { get; } = new()
    {
        Id = "MRL4012",
        Title = "Actor is not known",
        Severity = Severity.Error,
        Rationale = """
            An actor is named by its profile's name or file name, or by the name, an alias or the id of a group, software or
            campaign of the pinned ATT&CK release, in any case.
            """,
    };

    /// <summary>All profiles when nothing is named; else for each name its profile, or one made of ATT&amp;CK's object of that name, without targets.</summary>
    /// <param name="mayLack">Whether a name that is unknown is passed over.</param>
    /// <returns>Null, with findings, when a name is unknown.</returns>
    public static ImmutableArray<ActorProfile>? Choose(
        ImmutableArray<ActorProfile> profiles, ImmutableArray<AttackRelease> releases, ImmutableArray<string> names, bool mayLack, out ImmutableArray<Diagnostic> errors)
    {
        errors = [];
        if (names.IsEmpty)
            return profiles;
        var chosen = names.Select(name => (name, Profile: Find(name, profiles) ?? Make(name, releases))).ToArray();
        errors = mayLack ? [] :
        [
            .. chosen.Where(choice => choice.Profile is null).Select(choice => Unknown(choice.name, profiles, releases)),
        ];
        return errors.IsEmpty ? [.. chosen.Select(choice => choice.Profile).OfType<ActorProfile>().DistinctBy(profile => profile.Name)] : null;
    }

    public static Diagnostic Unknown(string name, ImmutableArray<ActorProfile> profiles, ImmutableArray<AttackRelease> releases) => UnknownActor.At(SourceSpan.StartOf(""),
        $"'{name}' is no profile and no group, software or campaign of ATT&CK {releases[0].Name}{Near(name, profiles, releases)}");

    /// <summary>The group, software or campaign of this name, alias or id.</summary>
    public static AttackObject? FindObject(string name, ImmutableArray<AttackRelease> releases) => releases.SelectMany(release => release.FindByName(name)).FirstOrDefault();

    /// <summary>The name of the actor of a program that tracks nobody.</summary>
    public const string EveryTechniqueName = "every technique";

    /// <summary>What is measured where a program tracks nobody: all that is live in some releases.</summary>
    public static ActorProfile EveryTechnique(ImmutableArray<AttackRelease> releases) => new()
    {
        Name = EveryTechniqueName,
        Span = SourceSpan.StartOf(""),
        From = [],
        Techniques = [.. releases.SelectMany(release => release.Techniques).Where(technique => technique.IsLive).Select(technique => technique.Id).Distinct().Select(id => new ProfileTechnique(id, SourceSpan.StartOf(""), false, 1))],
    };

    private static ActorProfile? Find(string name, ImmutableArray<ActorProfile> profiles) => profiles.FirstOrDefault(profile =>
        Same(profile.Name, name) || Same(Path.GetFileNameWithoutExtension(profile.Span.Path), name) || Same(Path.GetFileName(profile.Span.Path), name));

    private static ActorProfile? Make(string name, ImmutableArray<AttackRelease> releases) =>
        FindObject(name, releases) is { } found
            ? new() { Name = found.Name, Span = SourceSpan.StartOf(""), From = [new(found.Id, SourceSpan.StartOf(""))] }
            : null;

    private static string Near(string name, ImmutableArray<ActorProfile> profiles, ImmutableArray<AttackRelease> releases) =>
        Spelling.Nearest(name, profiles.Select(profile => profile.Name).Concat(releases.SelectMany(release => release.Groups).SelectMany(group => group.Aliases.Prepend(group.Name)))) is { } nearest
            ? $"; did you mean '{nearest}'?" : "";

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
