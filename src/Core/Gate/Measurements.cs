using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Gate;

/// <summary>Coverage of mixtures of two sides, all on one date. The same mixture is measured once.</summary>
internal sealed class Measurements(DateOnly date)
{
    private readonly Dictionary<Mixture, ImmutableArray<ProgramCoverage>> _known = [];
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    public DateOnly Date => date;

    /// <param name="rules">Whose rules count.</param>
    /// <param name="terms">Whose release, profiles and definition they are measured by.</param>
    /// <returns>One for each of <paramref name="terms"/>' releases.</returns>
    public ImmutableArray<ProgramCoverage> Of(Side rules, Side terms) => Of(rules, Telemetry(rules, terms), terms, terms, terms);

    /// <param name="rules">Whose rules count.</param>
    /// <param name="inventory">What is collected.</param>
    /// <param name="release">Whose releases.</param>
    /// <param name="profiles">Whose profiles.</param>
    /// <param name="definition">Whose definition.</param>
    public ImmutableArray<ProgramCoverage> Of(Side rules, LogSourceInventory? inventory, Side release, Side profiles, Side definition)
    {
        // As it is measured for reports, and so known before.
        if (!rules.Coverage.IsDefault && _seen.Add(rules))
            _known.TryAdd(MixtureOf(rules, rules.Inventory, rules, rules, rules), rules.Coverage);
        return Of(MixtureOf(rules, inventory, release, profiles, definition));
    }

    private static Mixture MixtureOf(Side rules, LogSourceInventory? inventory, Side release, Side profiles, Side definition) =>
        new(rules.Rules, rules.Evidence, inventory, release.Releases, profiles.Profiles, definition.Definition);

    private ImmutableArray<ProgramCoverage> Of(Mixture mixture)
    {
        if (!_known.TryGetValue(mixture, out var coverage))
            _known[mixture] = coverage =
            [
                .. mixture.Releases.Select(release =>
                {
                    ActorResolver resolver = new(release, []);
                    return ProgramCoverage.Of(release, mixture.Rules, [.. mixture.Profiles.Select(resolver.Resolve)], mixture.Definition, mixture.Inventory, mixture.Evidence, date);
                }),
            ];
        return coverage;
    }

    /// <summary>What is collected, for one side's rules in the other's terms. An inventory that one side has and the other has not is another way to measure: no log source came or went.</summary>
    public static LogSourceInventory? Telemetry(Side rules, Side terms) =>
        rules.Inventory is null == terms.Inventory is null ? rules.Inventory : terms.Inventory;

    // Arrays are the same when they are one.
    private readonly record struct Mixture(
        RuleSet Rules, RuleEvidence Evidence, LogSourceInventory? Inventory, ImmutableArray<AttackRelease> Releases, ImmutableArray<ActorProfile> Profiles, Definition Definition);
}
