using System.Xml;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

public class ExerciseReportTests
{
    private static readonly string[] Rules = [Exercises.Rule("0a", "t1685", 1), Exercises.Rule("0b", "t1685", 4), Exercises.Rule("0c", "t1685.001"), Exercises.Rule("0d", "t1059.001, attack.t1003.001"), Exercises.Rule("0e", "t1053.005")];

    private static Exercise Example => Exercises.Run(
        [
            Exercises.Test("10:00:00", "T1562.001", 1), Exercises.Test("10:00:10", "T1685", 2), Exercises.Test("10:20:00", "T1685", 3), Exercises.Test("10:40:00", "T1685", 4, exit: "1"),
            Exercises.Test("11:00:00", "T1059.001", 5, "ws02.corp.example.org"), Exercises.Test("11:00:20", "T1003.001", 6, "WS02"), Exercises.Test("11:30:00", "T1053.005", 7), Exercises.Test("11:35:00", "T9999", 8),
        ],
        [
            Exercises.Alert("09:00:00", "0e"), Exercises.Alert("10:00:30", "0a"), Exercises.Alert("10:00:40", "0b"), Exercises.Alert("10:21:00", "0c"), Exercises.Alert("11:00:30", "0d", "ws02"), Exercises.Alert("11:30:30", "0e"),
        ], Rules);

    [Fact]
    public void Records_are_a_line_each() => Golden.Match(RecordWriter.Write(Example), "tests/fixtures/exercise/records.yml");

    [Fact]
    public void A_page_shows_techniques_and_tests() => Golden.Match(ExerciseMarkdown.Write(Example, id => Measure.Attack.Find(id)?.Name ?? ""), "tests/fixtures/exercise/report.md");

    [Fact]
    public void JUnit_shows_what_was_missed() => Golden.Match(ExerciseJUnit.Write(Example), "tests/fixtures/exercise/report.xml");

    [Fact]
    public void A_technique_has_its_procedures() => Assert.Equal(
        ["T1003.001 validated by 0 of 1 test, 0 missed", "T1053.005 validated by 0 of 1 test, 0 missed", "T1059.001 validated by 0 of 1 test, 0 missed", "T1685 validated by 1 of 4 tests, 1 missed"],
        Example.Techniques.Select(ExerciseMarkdown.Procedures));

    [Fact]
    public void A_test_that_did_not_run_is_one_that_there_is() => Assert.Equal("T1685 validated by 0 of 1 test, 0 missed",
        ExerciseMarkdown.Procedures(Assert.Single(Exercises.Run([Exercises.Test("10:00:00", "T1685", 1, exit: "-1")], [], []).Techniques)));

    [Fact]
    public void Names_of_tests_and_rules_obey_nobody()
    {
        const string Hostile = "a | b <img src=x> @team \u202e\u001b[31m ::error:: =cmd";
        var log = Exercises.Header + Exercises.Test("10:00:00", "T1685", 1).Replace("Test 1", Hostile, StringComparison.Ordinal);
        var exercise = Exercises.Run(log, Exercises.Alert("10:00:05", "0a"), [Exercises.Rule("0a", "t1685", 1).Replace("title: 0a", "title: \"<b> | @x \\e[1m\"", StringComparison.Ordinal)], out _);
        var page = ExerciseMarkdown.Write(exercise, _ => "");
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', page + ExerciseJUnit.Write(exercise) + RecordWriter.Write(exercise));
        Assert.DoesNotContain('\u202e', page + ExerciseJUnit.Write(exercise));
        XmlDocument xml = new();
        xml.LoadXml(ExerciseJUnit.Write(exercise));
        Assert.Equal(1, xml.SelectNodes("//testcase")!.Count);
    }

    [Fact]
    public void Hosts_have_aliases_and_nothing_of_their_names_is_written()
    {
        var log = Exercises.Header + Exercises.Test("10:10:00", "T1685", 1, "secret-b.corp") + Exercises.Test("10:00:00", "T1685", 1, "secret-a") + Exercises.Test("10:20:00", "T1685", 1, "SECRET-C");
        var exercise = Exercises.TryRun(log, Exercises.Alert("10:00:05", "0a", "secret-a"), Rules, out _, aliases: [("Secret-C.other", "dc")]);
        Assert.NotNull(exercise);
        Assert.Equal("0a T1685 #1 dc missed\n0a T1685 #1 host-1 alerted\n0a T1685 #1 host-2 missed", Exercises.Lines(exercise));
        Assert.DoesNotContain("secret", RecordWriter.Write(exercise) + ExerciseMarkdown.Write(exercise, _ => "") + ExerciseJUnit.Write(exercise), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("other", "x", "'other' is no host of the exercise")]
    [InlineData("ws01", "a b", "alias 'a b' has other signs than letters, digits, '-', '_' and '.'")]
    public void An_alias_that_cannot_be_used_is_refused(string host, string alias, string reason)
    {
        Assert.Null(Exercises.TryRun(Exercises.Header + Exercises.Test("10:00:00", "T1685", 1), Exercises.Alert("10:00:05", "0a"), Rules, out var diagnostics, aliases: [(host, alias)]));
        Assert.Contains(diagnostics, one => one.Info.Id == "MRL6049" && one.Message == reason);
    }

    [Fact]
    public void What_nothing_can_be_recorded_of_is_refused()
    {
        Assert.Null(Exercises.TryRun("{\"procedures\":[]}", Exercises.Alert("10:00:05", "0a"), Rules, out var diagnostics));
        Assert.Equal("MRL6041", diagnostics[^1].Info.Id);
        var many = Exercises.Header + string.Concat(Enumerable.Range(0, 9000).Select(test => Exercises.Test("10:00:00", "T1685", test)));
        Assert.Null(Exercises.TryRun(many, string.Concat(Enumerable.Range(0, 3000).Select(second => Exercises.Alert($"10:{second / 60 % 15:D2}:{second % 60:D2}", "0a"))), [Exercises.Rule("0a", "t1685")], out diagnostics));
        Assert.Contains("matching them takes too long", diagnostics[^1].Message, StringComparison.Ordinal);
    }
}
