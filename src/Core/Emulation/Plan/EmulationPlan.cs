using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Sources;

namespace Merlon.Core.Emulation.Plan;

/// <summary>How a test's technique relates to the one that it is planned for. All but <see cref="Exact"/> are approximate.</summary>
internal enum TestMatch
{
    Exact,
    /// <summary>The test is for the technique that this one is a sub-technique of.</summary>
    Parent,
    /// <summary>The test is for a sub-technique.</summary>
    Child,
    /// <summary>The test is for something else: a rule that is tagged with the technique says that it alerts on it.</summary>
    Other,
}

internal static class TestMatches
{
    extension(TestMatch match)
    {
        /// <summary>The word in outputs.</summary>
        public string Name => match switch
        {
            TestMatch.Exact => "exact",
            TestMatch.Parent => "parent",
            TestMatch.Child => "child",
            _ => "other",
        };
    }
}

/// <summary>Why a test is not in a plan.</summary>
internal enum Unsuitable
{
    /// <summary>Only a person can do it.</summary>
    Manual,
    /// <summary>It runs on none of the platforms.</summary>
    Platform,
    /// <summary>It needs elevation where none is wanted, or none where it is.</summary>
    Elevation,
    /// <summary>It needs a download.</summary>
    Download,
    /// <summary>The library does not say one of these: an index has no more than names.</summary>
    Unstated,
}

internal static class UnsuitableNames
{
    extension(Unsuitable reason)
    {
        /// <summary>The word in outputs.</summary>
        public string Name => reason switch
        {
            Unsuitable.Manual => "manual",
            Unsuitable.Platform => "platform",
            Unsuitable.Elevation => "elevation",
            Unsuitable.Download => "download",
            _ => "unstated",
        };
    }
}

/// <summary>A technique that a test is planned for.</summary>
/// <param name="IsNamed">Whether a rule that claims the technique names the test.</param>
/// <param name="Actors">Who uses the technique, of those that were chosen.</param>
internal sealed record PlannedFor(Technique Technique, TestMatch Match, bool IsNamed, ImmutableArray<string> Actors);

/// <summary>A rule that should alert on a test.</summary>
/// <param name="IsNamed">Whether the rule names the test; otherwise it claims a technique that the test is for, on a platform that the test runs on.</param>
/// <param name="Level">Its best for these techniques. One that is not deployable need not alert.</param>
internal sealed record ExpectedRule(DetectionRule Rule, bool IsNamed, Level Level);

/// <summary>A test in its place in a plan.</summary>
/// <param name="Order">From 1.</param>
/// <param name="Technique">The test's technique in the pinned release; null where it has none.</param>
/// <param name="For">At least one, by id.</param>
/// <param name="Rules">Those that name the test first, then by path and line.</param>
internal sealed record PlannedTest(int Order, EmulationTest Test, Technique? Technique, ImmutableArray<PlannedFor> For, ImmutableArray<ExpectedRule> Rules)
{
    public bool IsApproximate => For.All(one => one.Match != TestMatch.Exact);
}

/// <summary>A technique that no test is planned for.</summary>
/// <param name="Reasons">Of how many tests each is the reason, in the order of the enumeration; empty where no library has a test.</param>
internal sealed record NotPlanned(Technique Technique, ImmutableArray<string> Actors, ImmutableArray<(Unsuitable Reason, int Tests)> Reasons);

/// <summary>Which tests to run for the actors, in which order, and who should notice. A plan is text: nothing of it is executed here.</summary>
internal sealed record EmulationPlan
{
    public required PlanOptions Options { get; init; }

    /// <summary>In the order of running.</summary>
    public required ImmutableArray<PlannedTest> Tests { get; init; }

    /// <summary>By id, domain by domain.</summary>
    public required ImmutableArray<NotPlanned> NotPlanned { get; init; }

    /// <summary>How many techniques were asked for.</summary>
    public required int Techniques { get; init; }

    /// <summary>How many suitable tests <see cref="PlanOptions.MaxPerTechnique"/> left out.</summary>
    public required int Beyond { get; init; }

    /// <summary>How many tests each library has, in the order of the enumeration.</summary>
    public required ImmutableArray<(LibraryKind Kind, int Tests)> Libraries { get; init; }

    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    public IEnumerable<PlannedTest> Of(LibraryKind kind) => Tests.Where(test => test.Test.Library == kind);

    /// <param name="coverage">One for each domain.</param>
    /// <param name="rules">All that could alert: they say which tests are theirs.</param>
    public static EmulationPlan Of(ImmutableArray<ProgramCoverage> coverage, ImmutableArray<DetectionRule> rules, ImmutableArray<EmulationLibrary> libraries, PlanOptions options)
    {
        var tests = libraries.SelectMany(library => library.Tests).ToImmutableArray();
        NamedTests named = new(rules);
        TestTechniques techniques = new(tests, [.. coverage.Select(one => one.Release)]);
        var planners = coverage.Select(one => new Planner(one, techniques, named, options)).ToImmutableArray();
        foreach (var planner in planners)
            planner.Choose();
        return new()
        {
            Options = options,
            Tests = [.. planners.SelectMany(planner => planner.Tests).GroupBy(test => (test.Test.Library, test.Test.Id)).Select(Together).Index().Select(pair => pair.Item with { Order = pair.Index + 1 })],
            NotPlanned = [.. planners.SelectMany(planner => planner.NotPlanned)],
            Techniques = planners.Sum(planner => planner.Techniques),
            Beyond = planners.Sum(planner => planner.Beyond),
            Libraries = [.. libraries.Select(library => (library.Kind, library.Tests.Length)).OrderBy(row => row.Kind)],
            Diagnostics =
            [
                .. libraries.SelectMany(library => library.Diagnostics), .. techniques.Diagnostics,
                .. libraries.Any(library => library.Kind == LibraryKind.AtomicRedTeam) ? named.Missing(tests) : [],
            ],
        };
    }

    // A rule may name a test of another domain.
    private static PlannedTest Together(IEnumerable<PlannedTest> same)
    {
        var all = same.ToArray();
        return all[0] with { For = [.. all.SelectMany(test => test.For)], Rules = [.. all.SelectMany(test => test.Rules).DistinctBy(rule => rule.Rule)] };
    }
}
