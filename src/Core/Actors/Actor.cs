using System.Collections.Immutable;
using Merlon.Core.Attack;

namespace Merlon.Core.Actors;

/// <summary>An actor as one ATT&amp;CK release knows it.</summary>
/// <param name="Techniques">What its sources and its profile list, by id, live ones only.</param>
/// <param name="SoftwareTechniques">What only its software brings, where the profile wants that on a line of its own.</param>
internal sealed record Actor(
    ActorProfile Profile, AttackRelease Release, ImmutableArray<ListedTechnique> Techniques, ImmutableArray<ListedTechnique> SoftwareTechniques)
{
    public string Name => Profile.Name;
}

/// <summary>A technique that an actor uses.</summary>
/// <param name="Sources">The ids of the groups, campaigns and software that list it, and <c>profile</c>; sorted.</param>
/// <param name="Own">The profile's own entry for it.</param>
internal sealed record ListedTechnique(Technique Technique, ImmutableArray<string> Sources, ProfileTechnique? Own)
{
    public TechniqueId Id => Technique.Id;
}
