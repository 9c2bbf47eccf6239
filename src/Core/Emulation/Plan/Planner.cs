using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Emulation.Library;

namespace Merlon.Core.Emulation.Plan;

/// <summary>
/// Chooses tests for the techniques of one domain. First come those that a rule names which claims the technique, then those for exactly the
/// technique; only where there is neither, those for its parent or its sub-techniques. Of the same rank come first those that some rule should alert
/// on, then those without a download, then by library, path and line.
/// </summary>
internal sealed class Planner(ProgramCoverage coverage, TestTechniques tests, NamedTests named, PlanOptions options)
{
    // The blind see nothing, and what is destroyed runs nothing: what impairs defences, and what has an impact, comes last.
    private static readonly ImmutableArray<string> LastTactics = ["defense-impairment", "impact"];

    private readonly Suitability _suitability = new(options, coverage.Definition);
    private readonly Expectations _expectations = new(coverage, named);
    private readonly Dictionary<EmulationTest, List<PlannedFor>> _planned = new(ReferenceEqualityComparer.Instance);
    private readonly List<NotPlanned> _notPlanned = [];

    /// <summary>How many techniques were asked for.</summary>
    public int Techniques { get; private set; }

    /// <summary>How many suitable tests were too many.</summary>
    public int Beyond { get; private set; }

    public IEnumerable<NotPlanned> NotPlanned => _notPlanned;

    /// <summary>In the order of the kill chain by the tests' own techniques, then by id, library, path and line. They have no number yet.</summary>
    public IEnumerable<PlannedTest> Tests => _planned
        .Select(pair => (Test: pair.Key, For: pair.Value, Technique: TestTechniques.Of(pair.Key, coverage.Release)))
        .OrderBy(row => RankOf(row.Technique))
        .ThenBy(row => row.Technique?.Id)
        .ThenBy(row => row.Test, TestOrder.Instance)
        .Select(row => new PlannedTest(0, row.Test, row.Technique, [.. row.For.OrderBy(one => one.Technique.Id)],
            _expectations.Of(row.Test, [.. row.For.Select(one => one.Technique.Id), .. row.Technique is { } own ? new[] { own.Id } : []])));

    public void Choose()
    {
        foreach (var technique in coverage.Union?.Techniques.Where(IsAskedFor) ?? [])
        {
            Techniques++;
            Choose(technique, [.. coverage.Actors.Where(actor => actor.Techniques.Any(own => own.Id == technique.Id)).Select(actor => actor.Name)]);
        }
    }

    private bool IsAskedFor(TechniqueCoverage technique) => options.Scope switch
    {
        PlanScope.Gaps => !technique.IsCovered,
        PlanScope.Claimed => technique.Level >= Level.Claimed,
        _ => true,
    };

    private void Choose(TechniqueCoverage technique, ImmutableArray<string> actors)
    {
        var candidates = Candidates(technique).ToArray();
        Unsuitable? WhyNot((EmulationTest Test, TestMatch Match, bool IsNamed) one) =>
            _suitability.WhyNot(one.Test) ?? (one.Match is TestMatch.Parent or TestMatch.Child && !one.IsNamed && IsElsewhere(one.Test, technique.Technique) ? Unsuitable.Platform : null);
        var suitable = candidates.Where(one => WhyNot(one) is null).ToArray();
        var own = suitable.Where(one => one.IsNamed || one.Match == TestMatch.Exact).ToArray();
        var ranked = (own.Length > 0 ? own : suitable)
            .OrderByDescending(one => one.IsNamed)
            .ThenBy(one => one.Match)
            .ThenByDescending(one => !_expectations.Of(one.Test, [technique.Id]).IsEmpty)
            .ThenBy(one => one.Test.NeedsDownload == true)
            .ThenBy(one => one.Test, TestOrder.Instance).ToArray();
        Beyond += Math.Max(0, ranked.Length - options.MaxPerTechnique);
        foreach (var (test, match, isNamed) in ranked.Take(options.MaxPerTechnique))
        {
            if (!_planned.TryGetValue(test, out var list))
                _planned.Add(test, list = []);
            list.Add(new(technique.Technique, match, isNamed, actors));
        }
        if (ranked.Length == 0)
            _notPlanned.Add(new(technique.Technique, actors,
            [
                .. candidates.Select(WhyNot).OfType<Unsuitable>().CountBy(reason => reason).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)),
            ]));
    }

    // What a test of its parent does where the technique does not exist shows nothing of it.
    private static bool IsElsewhere(EmulationTest test, Technique technique) => test.Platforms is { } platforms && !platforms.Any(technique.Platforms.Contains);

    // Each test once.
    private IEnumerable<(EmulationTest Test, TestMatch Match, bool IsNamed)> Candidates(TechniqueCoverage technique)
    {
        var claiming = technique.Claims.Where(claim => claim.Level >= Level.Claimed).Select(claim => claim.Rule).ToHashSet();
        var near = Gap.Neighbours(technique.Id, coverage.Release).SelectMany(id => tests.On(id, coverage.Release).Select(test => (test, Match: Match(technique.Id, id)))).ToArray();
        var seen = near.Select(pair => pair.test).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var (test, match) in near)
            yield return (test, match, named.By(test).Any(claiming.Contains));
        foreach (var test in tests.All.Where(test => !seen.Contains(test) && named.By(test).Any(claiming.Contains)))
            yield return (test, TestMatch.Other, true);
    }

    private static TestMatch Match(TechniqueId wanted, TechniqueId test) => wanted == test ? TestMatch.Exact : wanted.IsSubTechnique ? TestMatch.Parent : TestMatch.Child;

    private int RankOf(Technique? technique)
    {
        var order = coverage.Release.Tactics.Select(tactic => tactic.ShortName).ToList();
        if (technique is not { Tactics: [var first, ..] })
            return order.Count;
        return technique.Tactics.Max(LastTactics.IndexOf) is >= 0 and var last ? order.Count + 1 + last : order.IndexOf(first);
    }
}

/// <summary>By library, path and line.</summary>
internal sealed class TestOrder : IComparer<EmulationTest>
{
    public static TestOrder Instance { get; } = new();

    public int Compare(EmulationTest? x, EmulationTest? y) =>
        x is null || y is null ? (x is null ? 0 : 1) - (y is null ? 0 : 1)
        : x.Library != y.Library ? x.Library.CompareTo(y.Library)
        : string.CompareOrdinal(x.File, y.File) is not 0 and var byFile ? byFile
        : x.Span.Line != y.Span.Line ? x.Span.Line.CompareTo(y.Span.Line)
        : string.CompareOrdinal(x.Id, y.Id);
}
