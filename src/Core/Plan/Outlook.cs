using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;

namespace Merlon.Core.Plan;

/// <summary>What would be covered once some techniques have rules: by the roll-up of the definition, as if it had been measured.</summary>
internal sealed class Outlook
{
    private readonly ProgramCoverage _coverage;
    private readonly HashSet<TechniqueId> _covered;
    private readonly Dictionary<TechniqueId, ImmutableArray<TechniqueId>> _subs = [];

    public Outlook(ProgramCoverage coverage, DateOnly date)
    {
        _coverage = coverage;
        var options = coverage.Definition.ScopeOn(date);
        _covered = [.. (coverage.Union?.Techniques ?? []).Where(technique => technique.IsCovered).Select(technique => technique.Id)];
        foreach (var gap in coverage.Union?.Gaps ?? [])
            _subs[gap.Id] = [.. TechniqueCoverage.SubsInScope(gap.Scoped, coverage.Release, options).Select(sub => sub.Id)];
    }

    /// <summary>The sub-techniques of a gap that are not covered and that, all together, would close it; empty where nothing of the kind does.</summary>
    public ImmutableArray<TechniqueId> OpenSubs(TechniqueId gap) => IsEasy ? [] : [.. Subs(gap).Where(sub => !Reaches(sub))];

    /// <summary>The sub-techniques of a gap of which any one would close it.</summary>
    public ImmutableArray<TechniqueId> EnoughSubs(TechniqueId gap) => IsEasy ? Subs(gap) : [];

    /// <summary>Whether a technique of the union is covered when these have rules too.</summary>
    public bool IsCovered(TechniqueId id, IReadOnlySet<TechniqueId> with) =>
        _covered.Contains(id) || with.Contains(id)
        || (Subs(id) is { IsEmpty: false } subs && (IsEasy ? subs.Any(with.Contains) : subs.All(sub => with.Contains(sub) || Reaches(sub))));

    /// <summary>An actor's, or the union's, coverage when these have rules too.</summary>
    public Ratio Of(ActorCoverage actor, IReadOnlySet<TechniqueId> with) =>
        new(actor.Techniques.Count(technique => technique.IsCovered || IsCovered(technique.Id, with)), actor.Techniques.Length);

    // A part of its sub-techniques makes a technique deployable and no more.
    private bool IsEasy => TechniqueCoverage.IsEnough(_coverage.Definition, _coverage.Definition.Level);

    private bool Reaches(TechniqueId id) => _coverage.Claims.Reaches(id, _coverage.Definition.Level);

    private ImmutableArray<TechniqueId> Subs(TechniqueId id) => _subs.GetValueOrDefault(id, []);
}
