using Merlon.Core.Evidence;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

public class RuleTestsTests
{
    private const string Id = "11111111-0000-4000-8000-000000000001";

    internal static string Rule(string title = "Whoami", string id = Id, string image = "\\whoami.exe", string more = "") => $$"""
        title: {{title}}
        id: {{id}}
        status: test
        {{more}}
        logsource: { category: process_creation, product: windows }
        detection:
            selection_img:
                Image|endswith: '{{image}}'
            filter_main_parent:
                ParentImage|endswith: '\agent.exe'
            condition: selection_img and not 1 of filter_main_*
        """;

    internal static string Event(string image = "C:\\\\whoami.exe", string parent = "C:\\\\cmd.exe") => $$"""{"Image": "{{image}}", "ParentImage": "{{parent}}"}""";

    internal static TestRunResult Run(TemporaryRepository repository, TestRequest? request = null, params string[] paths) =>
        TestRun.Run(repository.Request() with { Paths = [.. paths.Select(repository.PathOf)] }, request ?? new());

    private static string Said(TestRunResult result) => string.Join('\n', result.Tests.Select(test =>
        $"{test.Result.Rule.Title} {test.Path}:{test.Result.Span.Line} {test.Result.Event} {(test.Result.ExpectsMatch ? "match" : "no-match")} {TestText.OutcomeName(test.Result.Outcome)}"));

    private static string Lines(TestRunResult result) => LintRuleTests.Lines(result.Diagnostics).TrimEnd('\n');

    [Theory]
    [InlineData("rules/w/a.match.json")]
    [InlineData("rules/w/a.yml.match.json")]
    [InlineData("rules/w/a.sysmon.match.json")]
    [InlineData("rules/w/tests/a.match.json")]
    [InlineData("tests/a.match.json")]
    [InlineData("tests/deep/er/a.match.json")]
    public void A_test_is_found_by_the_name_of_its_rule(string path)
    {
        using TemporaryRepository repository = new(("rules/w/a.yml", Rule()), (path, Event()));
        var result = Run(repository);
        Assert.Equal($"Whoami {path}:1 0 match passed", Said(result));
        Assert.Equal("", Lines(result));
        Assert.Empty(result.WithoutTests);
    }

    [Fact]
    public void A_path_without_any_rule_or_test_does_not_pass()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule()), ("rules/a.match.json", Event()), ("docs/b.md", "x"), ("rules/c.yml", "a: &a [*a]"));
        var result = Run(repository, null, "rules", "docs");
        Assert.Null(result.Rules);
        Assert.Equal("'docs' holds neither a rule nor a test of one; name files or folders of either", Assert.Single(result.Diagnostics).Message);
        Assert.NotNull(Run(repository, null, "rules/c.yml").Rules);
        Assert.NotNull(Run(repository, null, "rules/a.yml", "rules/a.match.json").Rules);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("[{0},\n{1}]")]
    [InlineData("{0}\n{1}\n")]
    [InlineData("{0} {1}")]
    public void Events_are_one_value_a_list_lines_or_one_after_another(string form)
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule()), ("rules/a.match.json", form.Replace("{0}", Event(), StringComparison.Ordinal).Replace("{1}", Event("D:\\\\whoami.exe"), StringComparison.Ordinal)));
        var result = Run(repository);
        Assert.Equal(form.Contains("{1}", StringComparison.Ordinal) ? 2 : 1, result.Count(TestOutcome.Passed));
        Assert.False(result.HasErrors);
    }

    [Fact]
    public void A_failed_test_names_the_selection_the_item_and_the_value()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule()), ("rules/a.match.json", $"{Event()}\n{Event("C:\\\\hostname.exe")}\n"), ("rules/a.nomatch.json", Event()));
        var result = Run(repository);
        Assert.Equal((1, 2), (result.Count(TestOutcome.Passed), result.Count(TestOutcome.Failed)));
        Assert.Contains("rules/a.match.json(2,1)", TestText.Write(result, isColoured: false), StringComparison.Ordinal);
        Assert.Contains(@"'Whoami' must match this event and does not: selection_img: Image ends with '\whoami.exe', but the event has 'C:\hostname.exe'", Lines(result), StringComparison.Ordinal);
        Assert.Contains("'Whoami' must not match this event and does: ", Lines(result), StringComparison.Ordinal);
        Assert.All(result.Diagnostics, diagnostic => Assert.Equal("MRL6001", diagnostic.Info.Id));
    }

    [Fact]
    public void An_event_of_another_log_is_not_seen()
    {
        const string Other = """{"Event": {"System": {"EventID": 4104, "Channel": "Microsoft-Windows-PowerShell/Operational"}, "EventData": {"Image": "C:\\whoami.exe"}}}""";
        using TemporaryRepository repository = new(("rules/a.yml", Rule()), ("rules/a.match.json", Other), ("rules/a.nomatch.json", Other));
        var result = Run(repository);
        Assert.Equal("Whoami rules/a.match.json:1 0 match failed\nWhoami rules/a.nomatch.json:1 0 no-match passed", Said(result));
        Assert.Contains("the log source windows/process_creation has no such event (product windows, channel Microsoft-Windows-PowerShell/Operational, event id 4104)", Lines(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_belongs_to_no_rule_or_to_two_is_an_error()
    {
        using TemporaryRepository repository = new(("rules/x/whoami.yml", Rule()), ("rules/y/whoami.yml", Rule(id: Id.Replace('1', '2'))),
            ("tests/whoami.match.json", Event()), ("rules/y/tests/whoami.match.json", Event()), ("tests/whoamy.match.json", Event()), ("tests/x/whoami.nomatch.json", Event("a")));
        var result = Run(repository);
        Assert.Equal("Whoami tests/x/whoami.nomatch.json:1 0 no-match passed\nWhoami rules/y/tests/whoami.match.json:1 0 match passed", Said(result));
        Assert.Equal(["MRL6003", "MRL6002"], result.Diagnostics.Select(diagnostic => diagnostic.Info.Id));
        Assert.Contains("did you mean 'whoami'?", Lines(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_of_a_file_of_several_rules_says_which()
    {
        var two = $"{Rule()}\n---\n{Rule("Second", "11111111-0000-4000-8000-000000000002", "\\b.exe", "name: second")}\n";
        using TemporaryRepository repository = new(("rules/a.yml", two), ("rules/a.1.match.json", Event()), ("rules/a.second.match.json", Event("C:\\\\b.exe")),
            ("rules/a.11111111-0000-4000-8000-000000000002.nomatch.json", Event()), ("rules/a.match.json", Event()), ("rules/a.secnd.match.json", Event()));
        var result = Run(repository);
        Assert.Equal(3, result.Count(TestOutcome.Passed));
        Assert.Equal(["rules/a.match.json", "rules/a.secnd.match.json"], result.Diagnostics.Select(diagnostic => diagnostic.Span.Path));
        Assert.All(result.Diagnostics, diagnostic => Assert.Equal("MRL6003", diagnostic.Info.Id));
        Assert.Contains("did you mean 'second'?", Lines(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_of_a_rule_that_the_program_leaves_out_is_no_error()
    {
        using TemporaryRepository repository = new(("merlon.yml", "rules: [rules/**/*.yml, '!rules/drafts/**']\n"), ("rules/a.yml", Rule()), ("rules/drafts/b.yml", Rule()), ("rules/drafts/b.match.json", Event()));
        Assert.Equal("", Lines(Run(repository)));
    }

    [Fact]
    public void Regression_data_is_read_through_the_rule()
    {
        const string Info = """
            rule_metadata:
                - { id: 11111111-0000-4000-8000-000000000001, title: Whoami }
            regression_tests_info:
                - { name: Positive Detection Test, type: evtx, match_count: 2, path: regression_data/a/e.evtx }
            """;
        using TemporaryRepository repository = new(("vendor/rules/a.yml", Rule(more: "regression_tests_path: regression_data/a/info.yml")), ("merlon.yml", "rules: [vendor/rules/*.yml]\n"),
            ("vendor/regression_data/a/info.yml", Info), ("vendor/regression_data/a/e.json", $"{Event()}\n{Event("x")}\n{Event()}"));
        Assert.Equal("Whoami vendor/regression_data/a/e.json:1 0 match passed\nWhoami vendor/regression_data/a/e.json:3 2 match passed", Said(Run(repository)));
        repository.Write("vendor/regression_data/a/info.yml", Info.Replace("match_count: 2", "match_count: 3", StringComparison.Ordinal));
        Assert.Contains("2 of 3 events match and 3 should; selection_img: Image ends with", Lines(Run(repository)), StringComparison.Ordinal);
        repository.Write("vendor/regression_data/a/info.yml", Info.Replace("match_count: 2", "match_count: 1", StringComparison.Ordinal));
        Assert.Equal(["MRL6006"], Run(repository).Diagnostics.Select(diagnostic => diagnostic.Info.Id));
        repository.Write("vendor/regression_data/a/info.yml", Info.Replace("match_count: 2", "match_count: 0", StringComparison.Ordinal));
        Assert.Equal((1, 2), (Run(repository).Count(TestOutcome.Passed), Run(repository).Count(TestOutcome.Failed)));
    }

    [Theory]
    [InlineData("rule_metadata: [{ id: 11111111-0000-4000-8000-000000000009 }]\nregression_tests_info: [{ path: e.json }]", ":1:23:", "is not the id of 'rules/a.yml'")]
    [InlineData("rule_metadata: [{ id: 11111111-0000-4000-8000-000000000001 }]\nregression_tests_info: [{ path: f.json }]", ":2:33:", "'f.json' does not exist")]
    [InlineData("rule_metadata: [{ id: 11111111-0000-4000-8000-000000000001 }]\nregression_tests_info: [{ path: ../../e.json }]", ":2:33:", "does not exist")]
    [InlineData("rule_metadata: [{ id: 11111111-0000-4000-8000-000000000001 }]\nregression_tests_info: [{ path: e.raw }]", ":2:33:", "neither JSON nor a recording")]
    [InlineData("rule_metadata: [{ id: 11111111-0000-4000-8000-000000000001 }]\nregression_tests_info: [{ path: e.json, match_count: many }]", ":2:54:", "'many'")]
    [InlineData("rule_metadata: [{ id: 11111111-0000-4000-8000-000000000001 }]", ":1:1:", "lists no test")]
    [InlineData("[]", ":1:1:", "something else than one map")]
    [InlineData("a: [", "", "")]
    public void Regression_data_that_is_inconsistent_is_an_error(string info, string place, string message)
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule(more: "regression_tests_path: info.yml")), ("info.yml", info), ("e.json", Event()));
        var result = Run(repository);
        Assert.True(result.HasErrors);
        Assert.Empty(result.Tests);
        Assert.Contains(place, Lines(result), StringComparison.Ordinal);
        Assert.Contains(message, Lines(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"a\": ")]
    [InlineData("17")]
    [InlineData("{\"a\": \"\\ud800\"}")]
    public void Events_that_cannot_be_read_fail_the_test(string text)
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule()), ("rules/a.nomatch.json", text));
        var result = Run(repository);
        Assert.True(result.HasErrors);
        Assert.Equal(TestOutcome.Failed, Assert.Single(result.Tests).Result.Outcome);
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Info.Id == "MRL6001");
    }

    [Fact]
    public void A_rule_with_positive_tests_alone_is_an_error_where_that_is_demanded()
    {
        using TemporaryRepository repository = new(("merlon.yml", "tests: { requireNegative: true }\n"), ("rules/a.yml", Rule()), ("rules/b.yml", Rule("Untested", Id.Replace('1', '3'))), ("rules/a.match.json", Event()));
        var result = Run(repository);
        Assert.Equal(["MRL6007"], result.Diagnostics.Select(diagnostic => diagnostic.Info.Id));
        Assert.Equal("Untested", Assert.Single(result.WithoutTests).Title);
    }

    [Theory]
    [InlineData("Whoami", 2)]
    [InlineData("WHOAMI", 2)]
    [InlineData(Id, 2)]
    [InlineData("b", 1)]
    public void A_rule_is_chosen_by_title_id_or_file_name(string name, int tests)
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule()), ("rules/b.yml", Rule("Other", Id.Replace('1', '3'))), ("rules/a.match.json", $"{Event()}\n{Event()}"), ("rules/b.match.json", Event()), ("rules/lost.match.json", ""));
        var result = Run(repository, new() { Rules = [name] });
        Assert.Equal(tests, result.Count(TestOutcome.Passed));
        Assert.Equal("", Lines(result));
        Assert.Null(Run(repository, new() { Rules = ["Whoamy"] }).Rules);
        Assert.Equal(1, Run(repository, null, "rules/b.match.json").Count(TestOutcome.Passed));
        Assert.Equal(3, Run(repository, null, "rules").Count(TestOutcome.Passed));
    }

    [Fact]
    public void A_correlation_is_tested_by_the_events_of_a_file_together()
    {
        const string Correlation = """

            ---
            title: Three times
            id: 11111111-0000-4000-8000-000000000005
            status: test
            correlation:
                type: event_count
                rules: [11111111-0000-4000-8000-000000000001]
                group-by: [User]
                timespan: 1m
                condition: { gte: 3 }
            """;
        static string At(int second, string user) => $$"""{"UtcTime": "2026-11-24 10:00:{{second:D2}}", "Image": "C:\\whoami.exe", "User": "{{user}}"}""" + "\n";
        using TemporaryRepository repository = new(("rules/a.yml", Rule() + Correlation), ("rules/a.match.json", At(1, "a") + At(2, "a") + At(3, "a")), ("rules/a.nomatch.json", At(1, "a") + At(2, "a") + At(3, "b")), ("rules/a.1.match.json", At(1, "a")));
        var result = Run(repository);
        Assert.Equal("", Lines(result));
        Assert.Equal(3, result.Count(TestOutcome.Passed));
        repository.Write("rules/a.match.json", At(1, "a") + At(2, "a"));
        Assert.Contains("'Three times' must match these events and does not: of 2 events 'Whoami' matches 2", Lines(Run(repository)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_tests_are_in_a_commit_and_in_the_working_tree_and_in_any_order_of_threads()
    {
        using TemporaryRepository repository = new();
        for (var i = 0; i < 40; i++)
        {
            repository.Write($"rules/r{i:D2}.yml", Rule($"Rule {i}", $"11111111-0000-4000-8000-0000000000{i:D2}", $"\\p{i}.exe"));
            repository.Write($"rules/tests/r{i:D2}.match.json", string.Concat(Enumerable.Range(0, 20).Select(k => Event($"C:\\\\p{k}.exe") + "\n")));
        }
        var commit = repository.Commit();
        using var git = Git.GitRepository.TryOpen(repository.Root, Git.GitBackend.Auto, out _)!;
        string Of(Git.ISourceTree tree)
        {
            var files = ProgramFiles.FindIn(tree, repository.Request(), mayLack: false);
            var report = RuleTests.Run(Sources.RuleSet.Of(RuleFiles.Read(tree, files.Sources, null)), tree, files.Config!.Tests);
            return string.Join('\n', report.Results.Select(result => $"{result.Rule.Title} {result.Event} {result.Outcome} {result.Detail}")) + LintRuleTests.Lines(report.Diagnostics);
        }
        using Git.WorkingTree working = new(repository.Root);
        var first = Of(working);
        Assert.Contains("Rule 3 3 Passed", first, StringComparison.Ordinal);
        Assert.Equal(first, Of(working));
        Assert.Equal(first, Of(git.TreeOf(git.FindCommit(commit)!)));
    }

    [Fact]
    public void Benign_events_that_rules_match_are_errors_unless_allowed()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule()), ("rules/b.yml", Rule("Other", Id.Replace('1', '3'), "\\cmd.exe")), ("benign/x.json", $"{Event()}\n{Event("C:\\\\cmd.exe")}\n{Event()}"));
        var result = Run(repository, new() { Benign = [repository.PathOf("benign")] });
        Assert.Equal(["Whoami 2 2", "Other 1 1"], result.Benign!.Alerts.Select(alert => $"{alert.Rule.Title} {alert.Events} {alert.Events}"));
        Assert.Equal(["MRL6008", "MRL6008"], result.Diagnostics.Select(diagnostic => diagnostic.Info.Id));
        Assert.Contains("'Whoami' matches 2 benign events, first benign/x.json line 1", Lines(result), StringComparison.Ordinal);
        repository.Write("merlon.yml", $"tests:\n  benign: [benign/*.json]\n  allowed:\n    - {{ rule: {Id}, reason: inventory }}\n    - {{ rule: {Id.Replace('1', '9')}, reason: gone }}\n");
        result = Run(repository, new() { Benign = [] });
        Assert.Equal(["MRL6009", "MRL6008"], result.Diagnostics.Select(diagnostic => diagnostic.Info.Id));
        Assert.Contains("allowed 2", TestText.Write(result, isColoured: false), StringComparison.Ordinal);
        Assert.True(Run(repository, new() { Benign = [repository.PathOf("none")] }).HasErrors);
    }

    [Fact]
    public void Files_of_test_events_are_no_rules()
    {
        using TemporaryRepository repository = new(("merlon.yml", "rules: ['rules/**']\n"), ("rules/a.yml", Rule()), ("rules/tests/a.match.json", Event()));
        var result = Run(repository);
        Assert.Equal(1, result.Rules!.Files);
        Assert.Equal("", Lines(result));
    }

    [Fact]
    public void Every_format_has_its_golden()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule()), ("rules/a.match.json", $"{Event()}\n{Event("C:\\\\hostname.exe")}"), ("rules/a.nomatch.json", Event(parent: "C:\\\\agent.exe")),
            ("rules/b.yml", Rule("'Passes <all> ::error::'", Id.Replace('1', '3'))), ("rules/b.match.json", Event()), ("rules/c.yml", Rule("No test", Id.Replace('1', '4'))),
            ("rules/d.yml", Rule("Cannot be told", Id.Replace('1', '5'), more: "").Replace("Image|endswith: '\\whoami.exe'", "Image|expand: '%tools%'", StringComparison.Ordinal)), ("rules/d.match.json", Event()), ("rules/lost.match.json", Event()));
        var result = Run(repository);
        Golden.Match(TestText.Write(result, isColoured: false), "tests/fixtures/test/text.txt");
        Golden.Match(TestText.Write(Run(repository, new() { Explains = true }), isColoured: false), "tests/fixtures/test/explain.txt");
        Golden.Match(TestJson.Write(result), "tests/fixtures/test/test.json");
        Golden.Match(TestJUnit.Write(result), "tests/fixtures/test/junit.xml");
        var benign = Run(repository, new() { Benign = [repository.PathOf("rules/a.match.json")] });
        Golden.Match(TestText.Write(benign, isColoured: false), "tests/fixtures/test/benign.txt");
        Golden.Match(TestJson.Write(benign), "tests/fixtures/test/benign.json");
    }

    [Fact]
    public void Every_rule_of_this_repository_has_positive_and_negative_tests_that_pass()
    {
        var result = TestRun.Run(new() { Directory = Repository.PathOf("rules"), Date = TemporaryRepository.Day }, new());
        Assert.Equal("", Lines(result));
        Assert.Empty(result.WithoutTests);
        Assert.All(result.Tests, test => Assert.Equal(TestOutcome.Passed, test.Result.Outcome));
        var ofRule = result.Tests.ToLookup(test => test.Result.Rule, test => test.Result.ExpectsMatch);
        Assert.All(result.Rules!.Rules, rule => Assert.Equal([false, true], ofRule[rule].Distinct().Order()));
    }

    [Fact]
    public void Regression_data_of_the_corpus_passes()
    {
        using Git.WorkingTree tree = new(Repository.SharedData("sigmahq"));
        var paths = tree.Find([Git.PathPattern.TryParse("rules/**/*.yml", "")!]).Paths; // the pattern parses
        var report = RuleTests.Run(Sources.RuleSet.Of(RuleFiles.Read(tree, [new(Sources.RuleSource.Sigma, paths)], null)), tree, new() { Paths = [] });
        Assert.Equal(110, report.Results.Select(result => result.Rule).Distinct().Count());
        Assert.All(report.Results, result => Assert.Equal(TestOutcome.Passed, result.Outcome));
        // The data has regression data of some rules only.
        Assert.All(report.Diagnostics, diagnostic => Assert.True(diagnostic.Info.Id == "MRL6006" || diagnostic.Message.EndsWith("name an info.yml from the root of the repository", StringComparison.Ordinal), diagnostic.Message));
    }
}
