using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Evidence;

/// <summary>What tests of rules find.</summary>
internal static class TestDiagnostics
{
    public static DiagnosticInfo Failed { get; } = Error("MRL6001", "Test of a rule failed",
        """
        A rule does not match an event that it must match, or matches one that it must not. The message names the selection, the
        item and the value; `merlon test --explain` shows the whole condition. A rule with a failed test is claimed and no more.
        """);

    public static DiagnosticInfo WithoutRule { get; } = Error("MRL6002", "Test belongs to no rule",
        """
        A file `<rule file>.match.json` or `<rule file>.nomatch.json` tests the rule of that file name, which lies beside it, above its
        `tests` folder or anywhere among the rules. Where the rule was renamed, rename its tests; they do not run otherwise.
        """);

    public static DiagnosticInfo Ambiguous { get; } = Error("MRL6003", "Test may belong to several rules",
        """
        Several rule files have the test's name, or the file of that name holds several rules. Put the test beside its rule, or name the
        rule by its id, name or number in the file: `<rule file>.2.match.json`.
        """);

    public static DiagnosticInfo NotEvaluated { get; } = new()
    {
        Id = "MRL6004",
        Title = "Rule with tests cannot be evaluated",
        Severity = Severity.Warning,
        Rationale = """
            Merlon cannot say whether this rule matches an event, for the reason in the message. Its tests are skipped, and it is not
            tested.
            """,
    };

    public static DiagnosticInfo BadInfo { get; } = Error("MRL6005", "Regression data of a rule cannot be used",
        """
        `regression_tests_path` names an `info.yml` from the root of the rule's repository, which lists the rule in `rule_metadata` and
        its events in `regression_tests_info`: `name`, `type`, `path`, and `match_count`, the number of events that match. Of a path that ends
        in `.evtx` the JSON beside it is read.
        """) with
    { Source = "https://github.com/SigmaHQ/sigma/tree/master/regression_data" };

    public static DiagnosticInfo MoreMatches { get; } = new()
    {
        Id = "MRL6006",
        Title = "More events match than regression data says",
        Severity = Severity.Warning,
        Rationale = """
            The rule matches more events of its regression data than `match_count` says. It has become wider, or the number is out of date.
            """,
    };

    public static DiagnosticInfo NoNegative { get; } = Error("MRL6007", "Rule has no negative test",
        """
        `tests.requireNegative` is set, and this rule has tests of events that it matches and none of events that it must not match. A rule
        that matches everything would pass. Add `<rule file>.nomatch.json` with an event that comes near.
        """);

    public static DiagnosticInfo FiredOnBenign { get; } = Error("MRL6008", "Rule matches benign events",
        """
        `merlon test --benign` found events in which nothing is wrong and which this rule matches. Exclude them in the rule, or say in
        `tests.allowed` of `merlon.yml` why the alerts are acceptable.
        """);

    public static DiagnosticInfo UnusedAllowance { get; } = new()
    {
        Id = "MRL6009",
        Title = "Allowed rule matches no benign event",
        Severity = Severity.Warning,
        Rationale = """
            An entry of `tests.allowed` lets a rule match benign events, and it matches none of those that were read, or does not exist. Take
            the entry away: it would hide the next mistake.
            """,
    };

    public static DiagnosticInfo MissingInfo { get; } = new()
    {
        Id = "MRL6010",
        Title = "Regression data of a rule is not here",
        Severity = Severity.Info,
        Rationale = """
            Rules are often copied without the events that show them to match. Such a rule is not tested, and counts for nothing where the
            gate asks for tests.
            """,
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } =
        [Failed, WithoutRule, Ambiguous, NotEvaluated, BadInfo, MoreMatches, NoNegative, FiredOnBenign, UnusedAllowance, MissingInfo];

    private static DiagnosticInfo Error(string id, string title, string rationale) =>
        new() { Id = id, Title = title, Severity = Severity.Error, Rationale = rationale };
}
