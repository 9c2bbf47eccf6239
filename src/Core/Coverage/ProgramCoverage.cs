using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Coverage;

/// <summary>The coverage of a program's actors in one ATT&amp;CK domain. Domains are never summed.</summary>
/// <param name="Union">Null without actors.</param>
internal sealed record ProgramCoverage(
    AttackRelease Release, Definition Definition, Claims Claims, ImmutableArray<ActorCoverage> Actors, ActorCoverage? Union)
{
    /// <param name="rules">What can alert.</param>
    /// <param name="actors">Resolved against <paramref name="release"/>.</param>
    /// <param name="evidence">What there is of tests and records of the rules.</param>
    public static ProgramCoverage Of(
        AttackRelease release, RuleSet rules, ImmutableArray<Actor> actors, Definition definition, LogSourceInventory? inventory, RuleEvidence evidence, DateOnly date)
    {
        var options = definition.ScopeOn(date);
        Claims claims = new(rules.Rules, release, definition, inventory, evidence.Judge(rules, release, definition.Validation, date), date);
        var scopes = actors.Select(actor => Scope.Of(actor, options)).ToImmutableArray();
        return new(release, definition, claims,
            [.. actors.Zip(scopes, (actor, scope) => ActorCoverage.Of(actor, actor.Name, scope, release, claims, definition, options))],
            scopes.IsEmpty ? null : ActorCoverage.Of(null, "union", Scope.Union(scopes), release, claims, definition, options));
    }

    /// <summary>As if an actor used all that is live: the whole matrix, with the exclusions that hold for every actor.</summary>
    /// <param name="date">That of <see cref="Of"/>.</param>
    public ActorCoverage Everything(DateOnly date)
    {
        var options = Definition.ScopeOn(date);
        ActorProfile profile = new() { Name = ActorChoice.EveryTechniqueName, Span = SourceSpan.StartOf(""), From = [] };
        Actor actor = new(profile, Release, [.. Release.Techniques.Where(technique => technique.IsLive).Select(technique => new ListedTechnique(technique, [], null))], []);
        return ActorCoverage.Of(null, profile.Name, Scope.Of(actor, options), Release, Claims, Definition, options);
    }
}
