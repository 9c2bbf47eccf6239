using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Git;
using Merlon.Core.Matching;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>How tests of rules ended.</summary>
/// <param name="Tests">By rule, in the order of the rules, and by file and event.</param>
/// <param name="Diagnostics">With the severities that their ids have, in no order.</param>
/// <param name="WithoutTests">Rules that could have been tested, none of them chosen away.</param>
internal sealed record RuleTestReport(ImmutableArray<TestedEvent> Tests, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<DetectionRule> WithoutTests)
{
    public TestSearch Search { get; init; } = TestSearch.None;

    public ImmutableArray<TestResult> Results => [.. Tests.Select(test => test.Result)];
}

/// <summary>Which tests to run, and how.</summary>
internal sealed record RuleTestChoice
{
    /// <summary>Null for all.</summary>
    public Func<RuleTest, bool>? Includes { get; init; }

    /// <summary>Whether each result says what every part of its rule made of the event.</summary>
    public bool Explains { get; init; }

    /// <summary>Told how many of how many rules with tests are done, one call at a time.</summary>
    public Action<int, int>? Progress { get; init; }
}

/// <summary>Finds and runs the tests of rules in a tree: the working tree, or a commit's.</summary>
internal static class RuleTests
{
    public static RuleTestReport Run(RuleSet rules, ISourceTree tree, TestOptions options, RuleTestChoice? choice = null)
    {
        choice ??= new();
        TestFiles files = new(rules, tree, options);
        var tests = files.Find();
        var groups = tests.Where(test => choice.Includes?.Invoke(test) != false).GroupBy(test => test.Rule).ToArray();
        var testers = new RuleTester[groups.Length];
        var done = 0;
        Lock gate = new();
        try
        {
            Parallel.For(0, groups.Length, index =>
            {
                testers[index] = Run(groups[index], tree, options.Mappings, choice.Explains, gate);
                if (choice.Progress is { } progress)
                    lock (gate)
                        progress(++done, groups.Length);
            });
        }
        // What a tree cannot give is told where one is read, whoever reads it.
        catch (AggregateException several) when (several.InnerExceptions.OfType<GitFailure>().FirstOrDefault() is { } failure)
        {
            throw failure;
        }
        var tested = tests.Select(test => test.Rule).ToHashSet();
        return new(
            [.. testers.SelectMany(tester => tester.Tested)],
            [
                .. choice.Includes is null ? files.Diagnostics : [], .. testers.SelectMany(tester => tester.Diagnostics),
                .. options.RequiresNegative ? groups.Where(group => group.All(test => test.ExpectsMatch)).Select(group => NoNegative(group.Key)) : [],
            ],
            [.. rules.Rules.Where(rule => rule is { Defect: null, Sigma: not null } && !tested.Contains(rule))])
        {
            Search = files.Search,
        };
    }

    // Trees are not for several threads at once; what is read is dropped when it is compared.
    private static RuleTester Run(IGrouping<DetectionRule, RuleTest> tests, ISourceTree tree, FieldMappings mappings, bool explains, Lock gate)
    {
        var rule = tests.Key;
        RuleTester tester = new(rule, mappings, explains);
        foreach (var test in tests)
        {
            byte[]? bytes;
            Diagnostic? error;
            lock (gate)
                bytes = tree.TryRead(test.Path, EventLimits.MaxFileBytes, out error);
            if (bytes is not null)
                tester.Run(test, bytes);
            else
                tester.Fail(test, [error!]); // TryRead gives bytes or an error
        }
        tester.End();
        return tester;
    }

    private static Diagnostic NoNegative(DetectionRule rule) =>
        TestDiagnostics.NoNegative.At(rule.Span, $"'{rule.Title}' has no test of an event that it must not match; add '{rule.Span.Path[(rule.Span.Path.LastIndexOf('/') + 1)..]}{TestFileName.NoMatch}' or set 'tests.requireNegative' to false");
}
