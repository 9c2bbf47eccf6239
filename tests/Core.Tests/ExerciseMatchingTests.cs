using System.Globalization;
using CsCheck;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Evidence;
using Xunit;

namespace Merlon.Core.Tests;

public class ExerciseMatchingTests
{
    private static readonly string[] Rules = [Exercises.Rule("named", "t1685", 1), Exercises.Rule("tagged", "t1685"), Exercises.Rule("child", "t1685.001"), Exercises.Rule("both", "t1685, attack.t1059.001")];

    private static string Of(IEnumerable<string> tests, params IEnumerable<string> alerts) => Exercises.Lines(Exercises.Run(tests, alerts, Rules));

    [Fact]
    public void An_alert_of_the_rule_that_names_a_test_validates_it() =>
        Assert.Equal("named T1685 #1 host-1 alerted", Of([Exercises.Test("10:00:00", "T1685", 1)], Exercises.Alert("10:00:05", "named")));

    [Fact]
    public void A_test_that_a_rule_names_comes_before_a_later_one_of_its_technique()
    {
        var lines = Of([Exercises.Test("10:00:00", "T1685", 1), Exercises.Test("10:05:00", "T1685", 2)], Exercises.Alert("10:05:05", "named"));
        Assert.Equal("named T1685 #1 host-1 alerted\n- T1685 #2 host-1 missed", lines);
    }

    [Fact]
    public void Without_a_name_the_latest_test_of_the_technique_before_the_alert_is_it() => Assert.Equal("- T1685 #2 host-1 missed\ntagged T1685 #3 host-1 alerted\n- T1685 #4 host-1 missed",
        Of([Exercises.Test("10:00:00", "T1685", 2), Exercises.Test("10:03:00", "T1685", 3), Exercises.Test("10:06:00", "T1685", 4)], Exercises.Alert("10:04:30", "tagged")));

    [Theory]
    [InlineData("10:01:55")] // amid them
    [InlineData("10:03:31")] // after the last
    [InlineData("10:15:00")] // long after
    public void Of_22_tests_ten_seconds_apart_one_alert_validates_one_technique_and_no_test(string alert)
    {
        var tests = Enumerable.Range(2, 22).Select(test => Exercises.Test(new TimeOnly(10, 0).Add(TimeSpan.FromSeconds(10 * (test - 2))).ToString("HH:mm:ss", CultureInfo.InvariantCulture), "T1685", test));
        var exercise = Exercises.Run(tests, [Exercises.Alert(alert, "tagged")], Rules);
        var alerted = Assert.Single(exercise.Results, result => result.Outcome == ValidationOutcome.Alerted);
        Assert.Equal(("tagged", "T1685", null), (alerted.Rule!.Id, alerted.Technique.ToString(), alerted.Test));
        Assert.DoesNotContain(exercise.Tests, test => test.Outcome == ValidationOutcome.Alerted);
        Assert.Equal((22, 0, 1), exercise.Techniques.Select(one => (one.Tests, one.Validated, one.Rules.Length)).Single());
    }

    [Fact]
    public void Several_equally_good_tests_of_several_techniques_prove_nothing() => Assert.Equal(
        "both T1059.001 - host-1 ambiguous\n- T1059.001 #3 host-1 ambiguous\nboth T1685 - host-1 ambiguous\n- T1685 #2 host-1 ambiguous",
        Of([Exercises.Test("10:00:00", "T1685", 2), Exercises.Test("10:00:10", "T1059.001", 3)], Exercises.Alert("10:00:30", "both")));

    [Fact]
    public void Of_several_techniques_far_apart_the_latest_is_it() => Assert.Equal("- T1059.001 #3 host-1 missed\nboth T1685 #2 host-1 alerted",
        Of([Exercises.Test("10:00:00", "T1059.001", 3), Exercises.Test("10:05:00", "T1685", 2)], Exercises.Alert("10:06:30", "both")));

    [Fact]
    public void A_test_that_may_have_begun_before_the_alert_is_as_good_as_the_one_that_did() => Assert.Equal("tagged T1685 - host-1 alerted\n- T1685 #2 host-1 ambiguous\n- T1685 #3 host-1 ambiguous",
        Of([Exercises.Test("10:00:00", "T1685", 2), Exercises.Test("10:02:00", "T1685", 3)], Exercises.Alert("10:01:30", "tagged")));

    [Theory]
    [InlineData("child", "T1685")]
    [InlineData("tagged", "T1685.001")]
    public void A_rule_of_the_parent_or_a_sub_technique_is_related_and_proves_nothing(string rule, string technique)
    {
        var exercise = Exercises.Run([Exercises.Test("10:00:00", technique, 2)], [Exercises.Alert("10:00:05", rule)], Rules);
        Assert.Equal($"- {technique} #2 host-1 missed", Exercises.Lines(exercise));
        Assert.Equal([rule], exercise.Tests[0].Related.Select(one => one.Id));
    }

    [Fact]
    public void A_sibling_is_not_related()
    {
        var exercise = Exercises.Run([Exercises.Test("10:00:00", "T1685.002", 2)], [Exercises.Alert("10:00:05", "child")], Rules);
        Assert.Empty(exercise.Tests[0].Related);
    }

    [Fact]
    public void A_technique_of_an_older_release_is_the_one_that_replaced_it() =>
        Assert.Equal("tagged T1685 #2 host-1 alerted", Of([Exercises.Test("10:00:00", "T1562.001", 2)], Exercises.Alert("10:00:05", "tagged")));

    [Theory]
    [InlineData("09:59:00", "alerted")] // as early as clocks may differ
    [InlineData("09:58:59", "missed")] // noise, and not within the exercise
    [InlineData("10:15:00", "alerted")]
    [InlineData("10:15:01", "late")]
    [InlineData("11:00:00", "late")]
    [InlineData("11:00:01", "missed")]
    public void An_alert_counts_from_the_skew_before_the_test_to_the_window_after_it(string alert, string outcome) =>
        Assert.Equal($"named T1685 #1 host-1 {outcome}", Of([Exercises.Test("10:00:00", "T1685", 1)], Exercises.Alert(alert, "named")));

    [Fact]
    public void Window_and_skew_are_those_of_the_configuration()
    {
        ValidationOptions options = new() { Window = TimeSpan.FromMinutes(1), Skew = TimeSpan.Zero };
        string Outcome(string alert) => Exercises.Lines(Exercises.Run([Exercises.Test("10:00:00", "T1685", 1)], [Exercises.Alert(alert, "named")], Rules, options)).Split(' ')[^1];
        Assert.Equal("missed", Outcome("09:59:59"));
        Assert.Equal("alerted", Outcome("10:00:00"));
        Assert.Equal("alerted", Outcome("10:01:00"));
        Assert.Equal("late", Outcome("10:01:01"));
    }

    [Theory]
    [InlineData("09:30:00", "alerted")] // longer ago than the exercise took
    [InlineData("09:45:00", "noisy")]
    [InlineData("09:58:59", "noisy")]
    [InlineData("09:59:00", "alerted")] // of the test itself, by another clock
    public void A_rule_that_alerted_before_the_exercise_is_noisy_there(string before, string outcome) => Assert.Equal($"named T1685 #1 host-1 {outcome}",
        Of([Exercises.Test("10:00:00", "T1685", 1)], Exercises.Alert(before, "named"), Exercises.Alert("10:00:05", "named")));

    [Fact]
    public void Noise_on_one_host_says_nothing_of_another() => Assert.Equal("named T1685 #1 host-1 noisy\nnamed T1685 #1 host-2 alerted",
        Of([Exercises.Test("10:00:00", "T1685", 1), Exercises.Test("10:02:00", "T1685", 1, "ws02")], Exercises.Alert("09:55:00", "named"), Exercises.Alert("10:00:05", "named"), Exercises.Alert("10:02:05", "named", "ws02")));

    [Theory]
    [InlineData("WS01", true)]
    [InlineData("ws01.corp.example.org", true)]
    [InlineData("Ws01.other", true)]
    [InlineData("ws011", false)]
    [InlineData("ws02", false)]
    [InlineData(null, true)] // one host
    public void Hosts_are_equal_by_their_first_label_in_any_case(string? host, bool isIt) =>
        Assert.Equal($"named T1685 #1 host-1 {(isIt ? "alerted" : "missed")}", Of([Exercises.Test("10:00:00", "T1685", 1)], Exercises.Alert("10:00:05", "named", host)));

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("fe80::1", "fe80::2", false)]
    public void An_address_is_a_name_as_a_whole(string test, string alert, bool isIt) =>
        Assert.EndsWith(isIt ? "alerted" : "missed", Of([Exercises.Test("10:00:00", "T1685", 1, test)], Exercises.Alert("10:00:05", "named", alert)), StringComparison.Ordinal);

    [Fact]
    public void An_alert_without_a_host_matches_nothing_where_there_were_several()
    {
        var exercise = Exercises.Run(Exercises.Header + Exercises.Test("10:00:00", "T1685", 1) + Exercises.Test("10:10:00", "T1685", 1, "ws02"), Exercises.Alert("10:00:05", "named", null), Rules, out var diagnostics);
        Assert.Equal("named T1685 #1 host-1 missed\nnamed T1685 #1 host-2 missed", Exercises.Lines(exercise));
        Assert.Contains(diagnostics, diagnostic => diagnostic.Info.Id == "MRL6048");
    }

    [Fact]
    public void A_miss_is_recorded_of_the_rule_that_names_the_test_whoever_else_alerted() =>
        Assert.Equal("named T1685 #1 host-1 missed\ntagged T1685 #1 host-1 alerted", Of([Exercises.Test("10:00:00", "T1685", 1)], Exercises.Alert("10:00:05", "tagged")));

    [Fact]
    public void A_test_that_ran_twice_counts_by_its_better_run() =>
        Assert.Equal("named T1685 #1 host-1 alerted", Of([Exercises.Test("10:00:00", "T1685", 1), Exercises.Test("12:00:00", "T1685", 1)], Exercises.Alert("12:00:05", "named")));

    [Fact]
    public void A_test_that_failed_is_not_missed_and_can_be_alerted_on()
    {
        string[] tests = [Exercises.Test("10:00:00", "T1685", 1, exit: "1")];
        Assert.Equal("named T1685 #1 host-1 not-executed exit code 1", Of(tests));
        Assert.Equal("named T1685 #1 host-1 alerted", Of(tests, Exercises.Alert("10:00:05", "named")));
    }

    [Theory]
    [InlineData("blocked", "blocked")]
    [InlineData("logged-only", "logged-only")]
    public void What_is_no_alert_says_what_became_of_a_test(string outcome, string recorded)
    {
        var mark = $$""","outcome":"{{outcome}}","test":"{{Exercises.Guid(1)}}" """;
        string[] tests = [Exercises.Test("10:00:00", "T1685", 1)];
        Assert.Equal($"named T1685 #1 host-1 {recorded}", Of(tests, Exercises.Alert("10:00:05", "", more: mark)));
        Assert.Equal($"named T1685 #1 host-1 {recorded}", Of(tests, Exercises.Alert("10:00:05", "named", more: $$""","outcome":"{{outcome}}" """)));
        Assert.Equal("named T1685 #1 host-1 alerted", Of(tests, Exercises.Alert("10:00:05", "", more: mark), Exercises.Alert("10:00:06", "named")));
    }

    [Fact]
    public void Rules_are_named_by_id_or_exact_title_and_others_are_findings()
    {
        string[] rules = [.. Rules, Exercises.Rule("x1", "t1685").Replace("title: x1", "title: One, Two", StringComparison.Ordinal), Measure.RuleText("t1685", title: "no id"), Exercises.Rule("x2", "t1685").Replace("title: x2", "title: twin", StringComparison.Ordinal), Exercises.Rule("x3", "t1685").Replace("title: x3", "title: twin", StringComparison.Ordinal)];
        string[] names = ["One, Two", "one, two", "no id", "twin", "X2"];
        var alerts = string.Concat(names.Select(name => Exercises.Alert("10:00:05", name)));
        var exercise = Exercises.Run(Exercises.Header + Exercises.Test("10:00:00", "T1685", 2), alerts, rules, out var diagnostics);
        Assert.Equal("x1 T1685 #2 host-1 alerted\nx2 T1685 #2 host-1 alerted", Exercises.Lines(exercise));
        Assert.Equal(
            """
            2:1 MRL6043 'one, two' is neither the id nor the exact title of a rule here; its alert validates nothing
            3:1 MRL6044 rule 'no id' in 5.yml has no id, and a record needs one; give it one
            4:1 MRL6043 2 rules are called 'twin'; export the id of the rule instead
            """.ReplaceLineEndings("\n"), string.Join('\n', diagnostics.Where(one => one.Info.Id != "MRL6047").Select(one => $"{one.Span.Line}:{one.Span.Column} {one.Info.Id} {one.Message}")));
    }

    private static readonly Gen<(string[] Tests, string[] Alerts)> Any = Gen.Select(
        Gen.Select(Gen.Int[0, 3600], FixerTests.OneOf("T1685", "T1685.001", "T1059.001", "T1003"), Gen.Int[1, 5], FixerTests.OneOf("ws01", "WS01.x", "ws02"), FixerTests.OneOf("0", "1", ""))
            .Select(one => Exercises.Test(At(one.Item1), one.Item2, one.Item3, one.Item4, one.Item5)).Array[1, 12],
        Gen.Select(Gen.Int[0, 5400], FixerTests.OneOf("named", "tagged", "child", "both"), FixerTests.OneOf<string?>("ws01", "ws02", "ws03", null))
            .Select(one => Exercises.Alert(At(one.Item1), one.Item2, one.Item3)).Array[0, 12]);

    private static string At(int second) => new TimeOnly(10, 0).Add(TimeSpan.FromSeconds(second)).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    [Fact]
    public void No_order_of_tests_or_alerts_changes_anything() => Gen.Select(Any, Gen.Int).Sample((one, seed) =>
    {
        Random random = new(seed);
        var (tests, alerts) = (one.Tests.OrderBy(_ => random.Next()).ToArray(), one.Alerts.OrderBy(_ => random.Next()).ToArray());
        return Of(one.Tests, one.Alerts) == Of(tests, alerts);
    }, iter: 200);

    [Fact]
    public void An_alert_belongs_to_at_most_one_test() => Any.Sample(one =>
    {
        foreach (var alert in one.Alerts)
        {
            var exercise = Exercises.Run(one.Tests, [alert], Rules);
            var proven = exercise.Results.Where(result => result.Outcome is ValidationOutcome.Alerted or ValidationOutcome.Late).ToArray();
            Assert.True(proven.Length <= 1, Exercises.Lines(exercise));
            Assert.True(exercise.Tests.Count(test => test.Outcome is ValidationOutcome.Alerted or ValidationOutcome.Late) <= 1);
        }
    }, iter: 100);

    [Fact]
    public void Alerts_of_one_rule_change_nothing_of_another_one() => Any.Sample(one =>
    {
        static string OfTagged(Exercise exercise) => string.Join('\n', exercise.Results.Where(result => result.Rule?.Id == "tagged"));
        var alone = Exercises.Run(one.Tests, one.Alerts.Where(alert => alert.Contains("\"tagged\"", StringComparison.Ordinal)), Rules);
        return OfTagged(alone) == OfTagged(Exercises.Run(one.Tests, one.Alerts, Rules)) || alone.Results.Length == 0;
    }, iter: 200);
}
