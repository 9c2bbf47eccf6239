using System.Text.Json;
using System.Xml.Linq;
using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

public sealed class LintTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Nothing_wrong_is_0_and_an_error_is_1()
    {
        Assert.Contains("1 rule in 1 file: 0 errors", AssertExit(0, "lint").Output, StringComparison.Ordinal);
        _repository.Replace(Rule, "attack.t1059.001", "attack.t9999");
        var ended = AssertExit(1, $"lint {Rule}");
        Assert.Contains($"{Rule}\n  11:7 error MRL3001: ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("    11 |     - attack.t9999\n       |       ^^^^^^^^^^^^\n", ended.Output, StringComparison.Ordinal);
        // Coverage is no business of it: what lowers it below target is not.
        Assert.DoesNotContain("MRL5", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lint --no-such-option")]
    [InlineData("lint no-such-folder")]
    [InlineData("lint --unsafe-fixes")]
    [InlineData("lint --fix --diff")]
    [InlineData("lint --fix --check")]
    [InlineData("lint --diff --format json")]
    [InlineData("lint --check --write-baseline")]
    [InlineData("lint --format xml")]
    [InlineData("lint --preset strictest")]
    [InlineData("lint --level claimed")]
    [InlineData("lint --fix --config no-such-file.yml")]
    [InlineData("explain MRL9876")]
    [InlineData("explain")]
    public void What_cannot_be_done_is_2_and_says_why(string arguments)
    {
        var ended = AssertExit(2, arguments);
        Assert.NotEqual("", ended.Error.Trim());
        Assert.DoesNotContain("   at Merlon.", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lint")]
    [InlineData("check")]
    public void Every_format_is_written_into_a_file(string command)
    {
        _repository.Replace(Rule, "attack.t1059.001", "attack.t9999");
        foreach (var format in new[] { "text", "json", "sarif", "github", "gitlab", "junit", "msbuild" })
        {
            Assert.Equal("", AssertExit(1, $"{command} --format {format} -o out").Output);
            var text = File.ReadAllText(_repository.PathOf("out"));
            Assert.Contains("MRL3001", text, StringComparison.Ordinal);
            Assert.Contains(Rule, text, StringComparison.Ordinal);
            if (format is "json" or "sarif" or "gitlab")
                JsonDocument.Parse(text).Dispose();
            else if (format == "junit")
                Assert.NotEmpty(XDocument.Parse(text).Descendants("failure"));
        }
    }

    [Fact]
    public void Check_of_all_programs_writes_one_document()
    {
        _repository.Write("other/merlon.yml", "name: other");
        _repository.Write("other/rules/r.yml", File.ReadAllText(_repository.PathOf(Rule)).Replace("attack.t1059.001", "attack.t9999", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(AssertExit(1, "check --all --format sarif").Output);
        Assert.Contains(json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray(), result => result.GetProperty("ruleId").GetString() == "MRL3001");
    }

    [Fact]
    public void Fix_mends_files_once_and_reports_what_remains()
    {
        _repository.Replace(Rule, "attack.t1059.001", "attack.T1059.001");
        _repository.Write("rules/fine.yml", "title: [");
        Assert.NotEqual(0, Fixable("lint"));
        var ended = AssertExit(1, "lint --fix --unsafe-fixes");
        Assert.Contains($"  {Rule}: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("attack.t1059.001", File.ReadAllText(_repository.PathOf(Rule)), StringComparison.Ordinal);
        Assert.Contains("rules/fine.yml", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, Fixable("lint"));
        Assert.Contains("nothing was fixed", AssertExit(1, "lint --fix --unsafe-fixes").Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_repository.PathOf("rules"), "*.tmp"));
    }

    [Fact]
    public void Diff_prints_the_patch_of_what_fix_would_write_and_check_fails_if_there_is_one()
    {
        Assert.Equal(("", "nothing to fix\n"), Printed(AssertExit(0, "lint --diff --check")));
        Assert.Equal(("nothing to fix\n", ""), Printed(AssertExit(0, "lint --check")));
        _repository.Replace(Rule, "attack.t1059.001", "attack.T1059.001");
        var before = File.ReadAllText(_repository.PathOf(Rule));
        Assert.Equal(($"would fix 1 finding in 1 file\n  {Rule}: 1\n", ""), Printed(AssertExit(1, "lint --check")));
        var (patch, said) = Printed(AssertExit(1, "lint --diff --check --unsafe-fixes"));
        Assert.StartsWith("would fix 1 finding", said, StringComparison.Ordinal);
        Assert.Equal(patch, AssertExit(0, "lint --diff").Output);
        Assert.StartsWith($"--- a/{Rule}\n+++ b/{Rule}\n@@ -8,7 +8,7 @@\n", patch, StringComparison.Ordinal);
        Assert.Contains("\n-    - attack.T1059.001\n+    - attack.t1059.001\n", patch, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_repository.PathOf(Rule)));
    }

    [Theory]
    [InlineData("MRL3001")]
    [InlineData("mrl3001")]
    [InlineData("3001")]
    public void Explain_prints_the_page(string id) =>
        Assert.Equal(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "rules", "MRL3001.md")).ReplaceLineEndings("\n"), AssertExit(0, $"explain {id}").Output);

    [Fact]
    public void Explain_says_what_an_unknown_id_may_mean_and_writes_json()
    {
        Assert.Contains("did you mean 'MRL", AssertExit(2, "explain MRL301").Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(AssertExit(0, "explain 3001 --format json").Output);
        Assert.Equal("MRL3001", json.RootElement.GetProperty("id").GetString());
        Assert.Contains("## Reported", json.RootElement.GetProperty("page").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_baseline_accepts_fails_nothing_and_what_is_new_does()
    {
        _repository.Replace(Rule, "attack.t1059.001", "attack.t9999");
        AssertExit(0, "lint --write-baseline lint.tsv");
        var accepted = AssertExit(0, "lint --baseline lint.tsv --format json");
        Assert.Equal(["existing MRL3001"], Found(accepted));
        Assert.DoesNotContain("MRL3001", AssertExit(0, "lint --baseline lint.tsv").Output, StringComparison.Ordinal);
        _repository.Replace(Rule, "    - attack.t9999", "    - attack.t9998\n    - attack.t9999");
        Assert.Equal(["new MRL3001", "existing MRL3001"], Found(AssertExit(1, "lint --baseline lint.tsv --format json")));
        AssertExit(2, "lint --baseline no-such-file.tsv");
    }

    [Fact]
    public void A_comparison_reports_what_the_revision_does_not_have()
    {
        _repository.Write("rules/old.yml", File.ReadAllText(_repository.PathOf(Rule)).Replace("7a1ff0a5", "7a1ff0a6", StringComparison.Ordinal).Replace("attack.t1059.001", "attack.t9999", StringComparison.Ordinal));
        foreach (var arguments in new[] { "init -q", "add .", "-c user.name=x -c user.email=x@example.org commit -q -m base" })
        {
            var git = Program.Run(_repository.Root, "git", arguments.Split(' '));
            Assert.True(git.ExitCode == 0, git.ToString());
        }
        AssertExit(0, "lint --changed-since HEAD");
        _repository.Replace(Rule, "attack.t1059.001", "attack.t9998");
        Assert.Equal([$"{Rule} MRL3001"], Paths(AssertExit(1, "lint --changed-since HEAD --format json")));
        _repository.Replace("rules/old.yml", "    - attack.t9999", "    - attack.t9997\n    - attack.t9999");
        Assert.Equal(["rules/old.yml MRL3001", $"{Rule} MRL3001"], Paths(AssertExit(1, "lint --changed-since HEAD --new-only --format json")));
        Assert.Contains("MRL9002", AssertExit(2, "lint --changed-since no-such-branch").Error, StringComparison.Ordinal);
        AssertExit(2, "lint --new-only");
    }

    private static string[] Found(Ended ended) => Diagnostics(ended, diagnostic => $"{diagnostic.GetProperty("origin").GetString()} {diagnostic.GetProperty("id").GetString()}");

    private static string[] Paths(Ended ended) => Diagnostics(ended, diagnostic => $"{diagnostic.GetProperty("path").GetString()} {diagnostic.GetProperty("id").GetString()}");

    private static string[] Diagnostics(Ended ended, Func<JsonElement, string> text)
    {
        using var json = JsonDocument.Parse(ended.Output);
        return [.. json.RootElement.GetProperty("diagnostics").EnumerateArray().Select(text)];
    }

    private static (string Output, string Error) Printed(Ended ended) => (ended.Output, ended.Error);

    private int Fixable(string arguments)
    {
        using var json = JsonDocument.Parse(_repository.Cli([.. arguments.Split(' '), "--format", "json"]).Output);
        return json.RootElement.GetProperty("diagnostics").EnumerateArray().Count(diagnostic => diagnostic.TryGetProperty("fix", out _));
    }

    private Ended AssertExit(int exitCode, string arguments)
    {
        var ended = _repository.Cli(arguments.Split(' '));
        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        return ended;
    }
}
