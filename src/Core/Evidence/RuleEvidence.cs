using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>The tests that ran and the records that there are, of one tree.</summary>
internal sealed class RuleEvidence(ImmutableArray<TestResult> tests, ImmutableArray<ValidationRecord> records)
{
    // By document, since one set of documents may be linked more than once.
    private readonly ILookup<object, TestResult> _tests = tests.ToLookup(test => RuleProofs.KeyOf(test.Rule), ReferenceEqualityComparer.Instance);

    public static RuleEvidence None { get; } = new([], []);

    public ImmutableArray<TestResult> Tests => tests;

    public ImmutableArray<ValidationRecord> Records => records;

    public TestSearch Search { get; init; } = TestSearch.None;

    public bool HasTests => !tests.IsEmpty;

    public bool HasRecords => !records.IsEmpty;

    /// <summary>What it proves of rules in one release.</summary>
    /// <param name="date">The UTC day on which records hold or have expired.</param>
    public RuleProofs Judge(RuleSet rules, AttackRelease release, ValidationOptions options, DateOnly date) =>
        new(_tests, HasRecords ? Validation.Of(records, rules, release, options, date) : null);

    /// <summary>What is to be said about the records.</summary>
    public ImmutableArray<Diagnostic> FindingsOfRecords(RuleSet rules, AttackRelease release, ValidationOptions options, DateOnly date) =>
        HasRecords ? Validation.Of(records, rules, release, options, date).Diagnostics : [];
}

/// <summary>What is proved of rules beside what their text says.</summary>
/// <param name="validation">Null without records.</param>
internal sealed class RuleProofs(ILookup<object, TestResult> tests, Validation? validation)
{
    /// <summary>A test that fails, the first; null for none.</summary>
    public TestResult? FindFailed(DetectionRule rule) => tests[KeyOf(rule)].FirstOrDefault(test => test.Outcome == TestOutcome.Failed);

    /// <summary>Whether an event that the rule must match did, and no test of it fails.</summary>
    public bool IsTested(DetectionRule rule) => tests[KeyOf(rule)].Any(test => test is { ExpectsMatch: true, Outcome: TestOutcome.Passed }) && FindFailed(rule) is null;

    /// <summary>Why a rule is not tested: the end of a sentence about it.</summary>
    public string WhyUntested(DetectionRule rule)
    {
        var own = tests[KeyOf(rule)].ToArray();
        return own.FirstOrDefault(test => test.Outcome == TestOutcome.Skipped) is { } skipped ? $"its test was not evaluated{(skipped.Detail is null ? "" : $": {skipped.Detail}")}"
            : own.Length == 0 ? "has no test" : "has no test with an event that it must match";
    }

    /// <summary>The newest record that says the rule missed a test which it names; null for none.</summary>
    public ValidationRecord? FindMissed(DetectionRule rule) => validation?.Missed(rule);

    public bool IsValidated(DetectionRule rule, TechniqueId technique) => validation?.Find(rule, technique) is not null;

    /// <summary>Why the records that there are do not validate a rule; null where there is none.</summary>
    public string? WhyNotValidated(DetectionRule rule, TechniqueId technique) => validation?.WhyNot(rule, technique);

    internal static object KeyOf(DetectionRule rule) => (object?)rule.Sigma ?? rule;
}
