using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Evidence;
using Merlon.Core.Programs;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

public class ValidationTests
{
    private static readonly string Rule = Exercises.Rule("r", "t1685", 1);

    private static readonly string Hash = new RuleContent().Find(Exercises.Set(Rule).Rules[0])!; // valid

    private static readonly string Other = new('0', 64);

    private static string File(string day, params IEnumerable<string> results) =>
        $"exercise: q4 {day}\ndate: {day}\nby: import\nsources: [{{ name: a, sha256: {Other} }}]\nresults:\n{string.Concat(results.Select(result => $"  - {{ {result} }}\n"))}";

    private static string Alerted(string? content = null, string technique = "T1685") => $"rule: r, content: {content ?? Hash}, technique: {technique}, test: {Exercises.Guid(1)}, host: host-1, outcome: alerted";

    private static string Missed(string? content = null) => Alerted(content).Replace("alerted", "missed", StringComparison.Ordinal);

    private static Validation Read(IEnumerable<string> files, string? rule = null, ValidationOptions? options = null, string day = "2026-11-24")
    {
        List<Diagnostic> diagnostics = [];
        var records = files.SelectMany((text, index) => RecordReader.Read($"validation/{index}.yml", Encoding.UTF8.GetBytes(text), diagnostics)).ToArray();
        Assert.Equal("", LintRuleTests.Lines(diagnostics));
        return Of(records, rule, options, day);
    }

    private static Validation Of(IEnumerable<ValidationRecord> records, string? rule = null, ValidationOptions? options = null, string day = "2026-11-24") =>
        Validation.Of(records, Rules = Exercises.Set(rule ?? Rule), Measure.Attack, options ?? new(), DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    [ThreadStatic]
    private static RuleSet? Rules;

    private static string Say(Validation validation, string technique = "T1685")
    {
        Assert.True(TechniqueId.TryParse(technique, out var id));
        var rule = Rules!.Rules[0]; // read before
        return $"{(validation.Find(rule, id) is { } found ? $"{found.Date:yyyy-MM-dd}" : validation.WhyNot(rule, id) ?? "no record")}{(validation.Missed(rule) is { } missed ? $", missed {missed.Date:yyyy-MM-dd}" : "")}";
    }

    private static string Findings(Validation validation) => string.Join('\n', validation.Diagnostics.Select(one => $"{one.Info.Id} {one.Span.Path}:{one.Span.Line} {one.Message}"));

    [Fact]
    public void A_record_of_this_content_validates_the_technique_that_it_names()
    {
        var validation = Read([File("2026-11-20", Alerted())]);
        Assert.Equal(("2026-11-20", "no record", ""), (Say(validation), Say(validation, "T1685.001"), Findings(validation)));
    }

    [Fact]
    public void A_revoked_technique_is_the_one_that_replaced_it() => Assert.Equal("2026-11-20", Say(Read([File("2026-11-20", Alerted(technique: "T1562.001"))]), "T1562.001"));

    [Fact]
    public void A_rule_that_was_edited_after_its_record_is_not_validated()
    {
        var validation = Read([File("2026-11-20", Alerted())], Rule.Replace("f: x", "f: y", StringComparison.Ordinal));
        Assert.Equal("record of 2026-11-20 is void: the rule changed", Say(validation));
        Assert.Equal("MRL6024 validation/0.yml:6 record of 2026-11-20 is void: the rule changed; T1685 is not validated by rule r until its tests run again", Findings(validation));
        Assert.Equal("2026-11-20", Say(Read([File("2026-11-20", Alerted())], Rule.Replace("title: r", "title: other # comment", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("2026-05-28", "2026-05-28", "MRL6026")] // 180 days ago: the last day
    [InlineData("2026-05-27", "record of 2026-05-27 expired on 2026-11-23", "MRL6025")]
    [InlineData("2026-06-27", "2026-06-27", "MRL6026")]
    [InlineData("2026-06-28", "2026-06-28", null)]
    [InlineData("2026-11-25", "record of 2026-11-25 is of a day to come", "MRL6030")]
    public void Records_hold_for_a_time(string day, string said, string? finding)
    {
        var validation = Read([File(day, Alerted())]);
        Assert.Equal((said, finding), (Say(validation), validation.Diagnostics.SingleOrDefault()?.Info.Id));
    }

    [Fact]
    public void A_newer_record_leaves_void_and_old_ones_as_history()
    {
        var validation = Read([File("2026-01-02", Alerted()), File("2026-11-01", Alerted(Other)), File("2026-11-20", Alerted())]);
        Assert.Equal(("2026-11-20", ""), (Say(validation), Findings(validation)));
    }

    [Fact]
    public void Only_alerted_validates()
    {
        foreach (var outcome in ValidationOutcomes.Names.Skip(1))
            Assert.StartsWith($"record of 2026-11-20 says {outcome}", Say(Read([File("2026-11-20", Alerted().Replace("alerted", outcome, StringComparison.Ordinal))])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hand_written_record_counts_only_where_that_is_allowed()
    {
        var hand = File("2026-11-20", Alerted()).Replace("by: import", "by: hand", StringComparison.Ordinal);
        var validation = Read([hand]);
        Assert.Equal("record of 2026-11-20 was written by hand, which validation.hand does not allow", Say(validation));
        Assert.Equal("MRL6027", Assert.Single(validation.Diagnostics).Info.Id);
        Assert.Equal("2026-11-20", Say(Read([hand], options: new() { AllowsHand = true })));
        Assert.Equal($"record of 2026-11-20 has no content; that of the rule is {Hash}", Say(Read([hand.Replace($"content: {Hash}, ", "", StringComparison.Ordinal)], options: new() { AllowsHand = true })));
        Assert.Equal("2026-11-18, missed 2026-11-19", Say(Read([File("2026-11-18", Alerted()), File("2026-11-19", Missed()), hand])));
    }

    [Fact]
    public void A_miss_of_a_test_that_the_rule_names_stands_until_a_newer_record_of_that_test()
    {
        Assert.Equal("2026-11-01, missed 2026-11-20", Say(Read([File("2026-11-01", Alerted()), File("2026-11-20", Missed())])));
        Assert.Equal("2026-11-21", Say(Read([File("2026-11-20", Missed()), File("2026-11-21", Alerted())])));
        Assert.EndsWith(", missed 2026-11-20", Say(Read([File("2026-11-20", Missed()), File("2026-11-21", Alerted().Replace("alerted", "not-executed", StringComparison.Ordinal))])), StringComparison.Ordinal);
        Assert.EndsWith(", missed 2026-11-20", Say(Read([File("2026-11-20", Missed())], Rule.Replace("f: x", "f: y", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.DoesNotContain("missed 2026", Say(Read([File("2026-11-20", Missed())], Exercises.Rule("r", "t1685", 2))), StringComparison.Ordinal);
        Assert.DoesNotContain("missed 2026", Say(Read([File("2026-11-20", $"technique: T1685, test: {Exercises.Guid(1)}, outcome: missed")])), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_one_day_the_worse_tells_unless_it_is_of_other_content()
    {
        Assert.Equal("2026-11-20, missed 2026-11-20", Say(Read([File("2026-11-20", Alerted(), Missed().Replace("host-1", "host-2", StringComparison.Ordinal))])));
        Assert.Equal("2026-11-20", Say(Read([File("2026-11-20", Missed(Other)), File("2026-11-20", Alerted()).Replace("q4", "later", StringComparison.Ordinal)])));
    }

    [Fact]
    public void Records_of_nothing_here_are_findings()
    {
        var validation = Read([File("2026-11-20", Alerted().Replace("rule: r", "rule: gone", StringComparison.Ordinal), Alerted(technique: "T9999"), Alerted(), Alerted())]);
        Assert.Equal("""
            MRL6023 validation/0.yml:6 record of 2026-11-20 names rule gone, which is not here; correct or delete it
            MRL6028 validation/0.yml:7 record of 2026-11-20 names T9999, which is not a technique of ATT&CK 19.1; correct or delete it
            MRL6029 validation/0.yml:9 exercise 'q4 2026-11-20' has a result of T1685 for rule r on this test and host already, in validation/0.yml at line 8; keep one
            """.ReplaceLineEndings("\n"), Findings(validation));
        Assert.Equal("MRL6023", Assert.Single(Read([File("2026-11-20", Alerted())], Rule.Replace("condition: s", "condition: t", StringComparison.Ordinal)).Diagnostics).Info.Id);
    }

    [Fact]
    public void A_record_by_hand_without_content_is_told_what_to_write()
    {
        var validation = Read([File("2026-11-20", "rule: r, technique: T1685, outcome: alerted").Replace("by: import", "by: hand", StringComparison.Ordinal)], options: new() { AllowsHand = true });
        Assert.Equal($"MRL6024 validation/0.yml:6 record of 2026-11-20 has no content; that of the rule is {Hash}; write that as its 'content' where the rule was the same on that day", Findings(validation));
    }

    [Fact]
    public void A_technique_is_unknown_when_all_domains_lack_it()
    {
        using TemporaryRepository repository = new(("merlon.yml", "attack: { domains: [enterprise-attack, ics-attack] }\n"), ("rules/r.yml", Rule),
            ("validation/a.yml", File("2026-11-20", "technique: T0800, outcome: missed", "technique: T1685, outcome: missed", "technique: T9999, outcome: missed")));
        Assert.Equal("MRL6028 validation/a.yml:8 T9999", string.Join('\n', repository.Load().Diagnostics.Where(one => one.Info.Id.StartsWith("MRL60", StringComparison.Ordinal))
            .Select(one => $"{one.Info.Id} {one.Span.Path}:{one.Span.Line} {one.Message.Split(' ')[4].TrimEnd(',')}")));
    }

    [Fact]
    public void A_check_says_since_when_a_record_is_void()
    {
        using History work = new();
        work.Write("rules/r.yml", Rule);
        work.Write("validation/a.yml", File("2026-11-20", Alerted()));
        work.Commit("exercised");
        Assert.Equal("", Voided(work));
        work.Write("rules/r.yml", Rule.Replace("f: x", "f: y", StringComparison.Ordinal));
        Assert.Equal("record of 2026-11-20 is void: the rule changed; T1685 is not validated by rule r until its tests run again", Voided(work));
        work.Commit("changed");
        var since = work.Head[..10];
        work.Write("rules/a.yml", History.Rule("1", "t1059.001", "linux"));
        work.Commit("another one");
        Assert.Equal($"record of 2026-11-20 is void: the rule changed since {since} of 2026-11-24; T1685 is not validated by rule r until its tests run again", Voided(work));
        using var shallow = work.Clone("--depth=1");
        Assert.StartsWith("record of 2026-11-20 is void: the rule changed; ", Voided(shallow), StringComparison.Ordinal);
    }

    private static string Voided(History work) => string.Join('\n', Check.Run(new() { Directory = work.Root, Date = TemporaryRepository.Day, Base = new() }).Reported.Where(one => one.Info.Id == "MRL6024").Select(one => one.Message));

    [Fact]
    public void A_void_record_is_so_since_a_commit()
    {
        const string filter = "---\ntitle: f\nlogsource: {product: windows}\nfilter: {rules: any, s: {User: root}, condition: not s}\n";
        using TemporaryRepository repository = new(("rules/r.yml", Rule), ("other.txt", "a"));
        string Commit(string path, string text)
        {
            repository.Write(path, text);
            return repository.Commit();
        }
        string? Since()
        {
            var validation = Validation.Of(Record, Rules = repository.Load(folder: "").Rules, Measure.Attack, new(), TemporaryRepository.Day);
            using var git = Git.GitRepository.TryOpen(repository.Root, out _)!;
            return RecordHistory.FindSince(git, validation.Standings[0])?.Id;
        }
        Commit("other.txt", "b");
        Assert.Null(Since());
        Commit("rules/r.yml", Rule + "# comment\n");
        repository.Write("rules/f.yml", filter);
        Assert.Null(Since()); // nobody has committed it
        var filtered = Commit("rules/f.yml", filter);
        Commit("other.txt", "c");
        Assert.Equal(filtered, Since());
        Commit("rules/r.yml", Rule.Replace("f: x", "f: y", StringComparison.Ordinal));
        Assert.Equal(filtered, Since());
    }

    private static ImmutableArray<ValidationRecord> Record => RecordReader.Read("a.yml", Encoding.UTF8.GetBytes(File("2026-11-20", Alerted())), []);

    [Fact]
    public void Records_of_a_program_are_those_that_its_patterns_mean()
    {
        using TemporaryRepository repository = new(("merlon.yml", "validation: { records: [records/*.yml, '!records/b.yml', none/*.yml] }\n"), ("rules/r.yml", Rule), ("validation/c.yml", "x: y"),
            ("records/a.yml", File("2026-11-20", Alerted())), ("records/b.yml", "x: y"), ("records/d.yml", "x: y"));
        var files = ProgramFiles.Find(repository.Request());
        List<Diagnostic> diagnostics = [];
        Assert.Equal(["records/a.yml"], RecordFiles.Read(files, files.Config!, diagnostics).Select(record => record.Span.Path));
        Assert.Equal(["MRL8004", "MRL6022", "MRL6020"], diagnostics.Select(one => one.Info.Id).Distinct());
    }

    [Theory]
    [InlineData("results: {}", "results is a map; write a list")]
    [InlineData("notes: n", "'notes' is not a key here")]
    [InlineData("- a", "file is a list; write a map that begins with the exercise")]
    [InlineData("a: &a [*a]", "alias '*a' names no complete anchor before it")]
    public void A_broken_file_counts_for_nothing(string text, string finding)
    {
        List<Diagnostic> diagnostics = [];
        Assert.Empty(RecordReader.Read("a.yml", Encoding.UTF8.GetBytes(text.StartsWith('-') ? text : $"{File("2026-11-20", Alerted())}{text}\n".Replace("results:\n", text.StartsWith("results", StringComparison.Ordinal) ? "x:\n" : "results:\n", StringComparison.Ordinal)), diagnostics));
        Assert.Contains(diagnostics, one => one.Severity == Severity.Error && one.Message.StartsWith(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void Records_that_are_written_are_read_back()
    {
        string[] rules = [Rule, Exercises.Rule("a: {b} # \"c\"\t\u202e", "t1059.001", 3).Replace("id: a: {b} # \"c\"\t\u202e", "id: 'a: {b} # \"c\"'", StringComparison.Ordinal).Replace("title: a: {b} # \"c\"\t\u202e", "title: b", StringComparison.Ordinal)];
        var exercise = Exercises.Run([Exercises.Test("10:00:00", "T1685", 1), Exercises.Test("10:05:00", "T1685", 2, exit: "=1+1"), Exercises.Test("10:10:00", "T1059.001", 3), Exercises.Test("10:12:00", "T1059.001", 4, "ws02")],
            [Exercises.Alert("10:00:05", "r"), Exercises.Alert("10:10:05", "b")], rules);
        List<Diagnostic> diagnostics = [];
        var records = RecordReader.Read("a.yml", Encoding.UTF8.GetBytes(RecordWriter.Write(exercise)), diagnostics);
        Assert.Equal("", LintRuleTests.Lines(diagnostics));
        Assert.Equal(exercise.Results.Select(one => (one.Rule?.Id, one.Rule?.Content, one.Technique, one.Test, one.Host, one.Outcome)), records.Select(one => (one.RuleId, one.Content, one.Technique, one.Test, one.Host, one.Outcome)));
        var validation = Validation.Of(records, Exercises.Set(rules), Measure.Attack, new(), TemporaryRepository.Day);
        Assert.Empty(validation.Diagnostics);
        Assert.All(validation.Standings, standing => Assert.Equal(Standing.Current, standing.Standing));
    }
}
