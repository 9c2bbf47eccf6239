using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>What rules are measured by, made once for all commits that share it: a configuration and the scopes of its actors.</summary>
internal sealed class TrendBasis
{
    private readonly ImmutableArray<(AttackRelease Release, ImmutableArray<(ActorProfile? Profile, Scope Scope)> Scopes)> _domains;
    private readonly ScopeOptions _options;

    private TrendBasis(ProgramFiles files, MerlonConfig config, ImmutableArray<ActorProfile> profiles, DateOnly date)
    {
        (Files, Config, _options) = (files, config, config.Definition.ScopeOn(date));
        Hash = config.Definition.HashWith(config.Releases.Select(release => release.Identity));
        _domains = [.. config.Releases.Select(release => (release, ScopesIn(release, profiles)))];
    }

    /// <summary>Where it was read.</summary>
    public ProgramFiles Files { get; }

    public MerlonConfig Config { get; }

    /// <inheritdoc cref="Snapshot.DefinitionHash"/>
    public string Hash { get; }

    /// <returns>Null, with findings, when the configuration or an actor that was asked for cannot be used.</returns>
    /// <param name="isPast">Whether an actor that was asked for may be unknown, as before it was tracked, and no profile may be lost.</param>
    public static TrendBasis? TryRead(CheckRequest request, ProgramFiles files, bool isPast, out ImmutableArray<Diagnostic> found)
    {
        found = files.Diagnostics;
        if (files.Config is not { } config)
            return null;
        List<Diagnostic> diagnostics = [];
        var profiles = Snapshot.ReadProfiles(files, config, diagnostics, []);
        found = [.. diagnostics];
        // Nobody sees that the line of the union has lost one of its actors.
        if (isPast && profiles.Length < files.Profiles.Length)
            return null;
        if (ActorChoice.Choose(profiles, config.Releases, request.Overrides.Actors, isPast, out var unknown) is not { } chosen)
        {
            found = unknown;
            return null;
        }
        return new(files, config, chosen.IsEmpty && request.Overrides.Actors.IsEmpty ? [ActorChoice.EveryTechnique(config.Releases)] : chosen, request.Date);
    }

    public ImmutableArray<TrendNumber> Measure(RuleSet rules, RuleEvidence evidence)
    {
        var numbers = ImmutableArray.CreateBuilder<TrendNumber>();
        foreach (var (release, scopes) in _domains)
        {
            Claims claims = new(rules.Rules, release, Config.Definition, Config.Inventory, evidence.Judge(rules, release, Config.Definition.Validation, _options.Date), _options.Date);
            foreach (var (profile, scope) in scopes)
                numbers.Add(new(profile, release.Domain, ActorCoverage.Of(null, "", scope, release, claims, Config.Definition, _options).Covered));
        }
        return numbers.ToImmutable();
    }

    private ImmutableArray<(ActorProfile?, Scope)> ScopesIn(AttackRelease release, ImmutableArray<ActorProfile> profiles)
    {
        ActorResolver resolver = new(release, []);
        var scopes = profiles.Select(profile => Scope.Of(resolver.Resolve(profile), _options)).ToImmutableArray();
        return [.. profiles.Zip(scopes, (profile, scope) => ((ActorProfile?)profile, scope)), .. scopes.Length > 1 ? [(null, Scope.Union(scopes))] : Array.Empty<(ActorProfile?, Scope)>()];
    }
}
