using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;
using Merlon.Core.Gate;
using Merlon.Core.Programs;

namespace Merlon.Core.Report.Html;

/// <summary>One domain of a page: what its script needs to measure for any choice of actors, level and platforms as <see cref="ActorCoverage"/> does.</summary>
internal sealed class ReportDomain
{
    private const int AnyPlatform = -1;

    private readonly ProgramCoverage _coverage;
    private readonly Snapshot _snapshot;
    private readonly ReportTable _table;
    private readonly bool _isPrivate;
    private readonly ImmutableArray<Technique> _techniques;
    private readonly Dictionary<TechniqueId, int> _positions;
    private readonly ImmutableArray<string> _platforms;
    // Lists of platforms, by their names with a line end between them; most techniques and rules share one.
    private readonly Dictionary<string, int> _sets = new(StringComparer.Ordinal);

    private ReportDomain(ProgramCoverage coverage, Snapshot snapshot, ReportTable table, bool isPrivate)
    {
        (_coverage, _snapshot, _table, _isPrivate) = (coverage, snapshot, table, isPrivate);
        _techniques = [.. coverage.Release.Techniques.Where(technique => technique.IsLive)];
        _positions = _techniques.Index().ToDictionary(pair => pair.Item.Id, pair => pair.Index);
        _platforms = [.. _techniques.SelectMany(technique => technique.Platforms).Distinct().Order(StringComparer.Ordinal)];
    }

    public static void Write(Utf8JsonWriter json, ProgramCoverage coverage, Snapshot snapshot, ReportTable table, bool isPrivate) => new ReportDomain(coverage, snapshot, table, isPrivate).Write(json);

    private void Write(Utf8JsonWriter json)
    {
        var release = _coverage.Release;
        json.WriteStartObject();
        json.WriteString("name", release.Domain.Name);
        json.WriteString("release", _table.Shown(release.Domain == AttackDomain.Enterprise ? $"ATT&CK {release.Name}" : $"ATT&CK {release.Name} {release.Domain.Name}"));
        json.WriteString("copyright", release.Copyright);
        JsonReport.WriteStrings(json, "platforms", _platforms);
        WriteNumbers(json, "scope", _coverage.Definition.Platforms.Select(platform => _platforms.IndexOf(platform)).Where(position => position >= 0));
        WriteNumbers(json, "unowned", _coverage.Definition.Unowned.Select(platform => _platforms.IndexOf(platform)).Where(position => position >= 0));
        json.WriteBoolean("isScoped", !_coverage.Definition.Platforms.IsEmpty);
        WriteAll(json, "tactics", release.Tactics, tactic => JsonReport.WriteStrings(json, [tactic.Id, tactic.Name]));
        WriteAll(json, "techniques", _techniques, technique => Write(json, technique, release));
        WriteAll(json, "claims", _techniques, technique => WriteClaims(json, technique));
        WriteAll(json, "actors", _coverage.Actors, actor => Write(json, actor));
        json.WriteNumber("target", (_coverage.Union is { } union ? Floors.TargetOf(union, _snapshot.Config.Targets)?.Percent : null) ?? -1);
        WriteAll(json, "assets", _snapshot.Config.Assets, asset => WriteNumbers(json, [(int)asset.Criticality, SetOf([.. asset.Platforms.Where(platform => _platforms.Contains(platform))])]));
        WriteAll(json, "sets", [.. _sets.Keys], names => WriteNumbers(json, names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => _platforms.IndexOf(name))));
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, Technique technique, AttackRelease release)
    {
        json.WriteStartArray();
        json.WriteStringValue(technique.Id.ToString());
        json.WriteStringValue(_table.Shown(technique.Name));
        WriteNumbers(json, technique.Tactics.Select(name => IndexOf(release.Tactics, name)));
        json.WriteNumberValue(SetOf(technique.Platforms));
        json.WriteNumberValue(technique.Id.IsSubTechnique ? _positions.GetValueOrDefault(release.ParentOf(technique.Id), -1) : -1);
        WriteNumbers(json, technique.Id.IsSubTechnique ? [] : release.SubTechniques(technique.Id).Select(sub => _positions[sub.Id]));
        WriteNumbers(json, Gap.LogSourcesOf(technique.Id, technique.Platforms, release, inventory: null).Select(source => _table.Text(source)));
        WriteNumbers(json, CollectedOn(technique, release));
        json.WriteEndArray();
    }

    // Where something that an analytic of the technique reads is collected. An analytic without a platform is one of any.
    private IEnumerable<int> CollectedOn(Technique technique, AttackRelease release) => _snapshot.Config.Inventory is not { } inventory ? []
        : Gap.References(technique.Id, technique.Platforms, release).Where(pair => inventory.IsCollected(pair.Reference, pair.Platform) == true)
            .Select(pair => pair.Platform == "None" ? AnyPlatform : _platforms.IndexOf(pair.Platform)).Distinct();

    // By path and line: the page sorts by level, which depends on what is chosen there.
    private void WriteClaims(Utf8JsonWriter json, Technique technique)
    {
        json.WriteStartArray();
        foreach (var claim in _coverage.Claims.On(technique.Id).OrderBy(claim => claim.Rule.Span.Path, StringComparer.Ordinal).ThenBy(claim => claim.Tag.Span.Line))
        {
            json.WriteStartArray();
            WriteValues(json, [_table.Rule(claim.Rule), claim.Tag.Span.Line, claim.Tag.Span.Column, _table.Text(claim.Tag.Name), Bits(claim.Proofs), SetOf(Platforms.Shared(Platforms.Watched(claim.Rule), technique.Platforms))]);
            var lacks = claim.Obstacle is { } obstacle ? [obstacle] : new[] { null, claim.Untested, claim.Unvalidated, claim.Undeployed };
            WriteValues(json, lacks.Select(lack => _table.Text(lack?.Text)));
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, ActorCoverage actor)
    {
        // What a profile says beside its techniques stays with those who may read it.
        var isTold = _isPrivate || actor.Actor is not { Profile.IsPublic: false };
        json.WriteStartObject();
        json.WriteString("name", _table.Shown(_table.Names.Of(actor.Name)));
        json.WriteNumber("target", Floors.TargetOf(actor, _snapshot.Config.Targets)?.Percent ?? -1);
        json.WriteStartArray("uses");
        foreach (var (place, one) in actor.Techniques.Select(one => (0, one)).Concat(actor.Pre.Select(one => (1, one))).Concat(actor.Excluded.Select(one => (2, one))).Concat(actor.Software.Select(one => (3, one))))
            WriteUse(json, place, one, isTold);
        foreach (var one in actor.OutOfScope)
            WriteNumbers(json, [_positions[one.Id], 4]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteUse(Utf8JsonWriter json, int place, TechniqueCoverage one, bool isTold)
    {
        json.WriteStartArray();
        WriteValues(json, [_positions[one.Id], place, one.Scoped.IsRequired ? 1 : 0, one.Scoped.Weight]);
        json.WriteNumberValue(one.Scoped.Accepted is null ? 0 : 1);
        json.WriteNumberValue(isTold ? _table.Text(one.Scoped.Accepted?.Reason) : -1);
        WriteNumbers(json, isTold ? one.Scoped.Listed.Sources.Select(source => _table.Text(source)) : []);
        json.WriteEndArray();
    }

    private int SetOf(ImmutableArray<string> platforms)
    {
        var names = string.Join('\n', platforms);
        if (!_sets.TryGetValue(names, out var position))
            _sets[names] = position = _sets.Count;
        return position;
    }

    private static int Bits(ProofSet proofs) => Levels.Proofs.Where(proofs.Has).Sum(level => 1 << (int)level);

    private static int IndexOf(ImmutableArray<Tactic> tactics, string shortName) => tactics.Select(tactic => tactic.ShortName).ToList().IndexOf(shortName);

    private static void WriteAll<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WritePropertyName(name);
        WriteNumbers(json, numbers);
    }

    private static void WriteNumbers(Utf8JsonWriter json, IEnumerable<int> numbers)
    {
        json.WriteStartArray();
        WriteValues(json, numbers);
        json.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter json, IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
            json.WriteNumberValue(number);
    }
}
