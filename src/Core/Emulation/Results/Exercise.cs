using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Evidence;

namespace Merlon.Core.Emulation.Results;

/// <summary>A file that an exercise was read from.</summary>
/// <param name="Name">Without its folder.</param>
/// <param name="Sha256">Of the bytes, in lower-case hexadecimal.</param>
internal sealed record ExerciseFile(string Name, string Sha256);

/// <summary>What became of one test on one host, all of its runs together.</summary>
internal sealed record ExercisedTest
{
    /// <summary>The runs, by start; at least one.</summary>
    public required ImmutableArray<Execution> Runs { get; init; }

    /// <summary>As outputs call it; null for an unknown host.</summary>
    public string? Host { get; init; }

    public required ValidationOutcome Outcome { get; init; }

    /// <summary>Why it did not run; null for one that did.</summary>
    public string? Reason { get; init; }

    /// <summary>The rules that alerted on it, or may have.</summary>
    public ImmutableArray<ExercisedRule> Alerted { get; init; } = [];

    /// <summary>The rules that name it and did not alert on it.</summary>
    public ImmutableArray<ExercisedRule> Silent { get; init; } = [];

    /// <summary>The rules of its parent or sub-techniques that alerted.</summary>
    public ImmutableArray<ExercisedRule> Related { get; init; } = [];

    public string Name => Runs[0].Name;

    public TechniqueId? Technique => Runs[0].Technique;
}

/// <summary>A line of the records.</summary>
/// <param name="Rule">Null where no rule alerted on the test and none names it.</param>
/// <param name="Test">Null where only the technique is proven.</param>
internal sealed record ExerciseResult(ExercisedRule? Rule, TechniqueId Technique, string? Test, string? Host, ValidationOutcome Outcome, string? Reason);

/// <summary>How much of a technique an exercise validated.</summary>
/// <param name="Tests">How many different tests of it there are: in the library, or else in the exercise.</param>
/// <param name="Validated">On how many of them, on some host, a rule alerted.</param>
/// <param name="Missed">How many of the others no rule alerted on.</param>
/// <param name="Rules">Those that are validated for it.</param>
internal sealed record ExercisedTechnique(TechniqueId Technique, int Tests, int Validated, int Missed, ImmutableArray<ExercisedRule> Rules);

/// <summary>An exercise: tests that ran, alerts that came, and what that shows.</summary>
internal sealed record Exercise
{
    public required string Name { get; init; }

    /// <summary>The UTC day on which it began.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The ATT&amp;CK release that techniques are called by.</summary>
    public required AttackRelease Release { get; init; }

    /// <summary>How many tests a library has of each technique; empty without a library.</summary>
    public IReadOnlyDictionary<TechniqueId, int> Library { get; init; } = FrozenDictionary<TechniqueId, int>.Empty;

    public required ImmutableArray<ExerciseFile> Sources { get; init; }

    public required ExerciseFile Alerts { get; init; }

    public required TimeSpan Window { get; init; }

    public required TimeSpan Skew { get; init; }

    /// <summary>By technique, test and host.</summary>
    public required ImmutableArray<ExercisedTest> Tests { get; init; }

    /// <summary>By technique, test, host and rule.</summary>
    public required ImmutableArray<ExerciseResult> Results { get; init; }

    /// <summary>By technique. What has none is in none.</summary>
    public ImmutableArray<ExercisedTechnique> Techniques =>
    [
        .. Tests.Where(test => test.Technique is not null).GroupBy(test => test.Technique!.Value).OrderBy(tests => tests.Key).Select(tests => // filtered
        {
            var ran = tests.Where(test => test.Outcome != ValidationOutcome.NotExecuted).GroupBy(test => test.Runs[0].Key, StringComparer.Ordinal).Select(test => test.Min(one => one.Outcome)).ToArray();
            var rules = Results.Where(result => result.Technique == tests.Key && result.Outcome == ValidationOutcome.Alerted).Select(result => result.Rule!).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal); // alerted: a rule
            return new ExercisedTechnique(tests.Key, Math.Max(tests.DistinctBy(test => test.Runs[0].Key, StringComparer.Ordinal).Count(), Library.GetValueOrDefault(tests.Key)), ran.Count(outcome => outcome == ValidationOutcome.Alerted), ran.Count(outcome => outcome is ValidationOutcome.Missed or ValidationOutcome.LoggedOnly), [.. rules]);
        }),
    ];
}
