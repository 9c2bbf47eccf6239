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
        var before = Fixable("lint");
        if (before == 0)
        {
            var text = File.ReadAllText(_repository.PathOf(Rule));
            Assert.Contains("nothing was fixed", AssertExit(1, "lint --fix").Error, StringComparison.Ordinal);
            Assert.Equal(text, File.ReadAllText(_repository.PathOf(Rule)));
            return;
        }
        var ended = AssertExit(1, "lint --fix --unsafe-fixes");
        Assert.Contains($"  {Rule}: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("attack.t1059.001", File.ReadAllText(_repository.PathOf(Rule)), StringComparison.Ordinal);
        Assert.Contains("rules/fine.yml", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, Fixable("lint"));
        Assert.Contains("nothing was fixed", AssertExit(1, "lint --fix --unsafe-fixes").Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_repository.PathOf("rules"), "*.tmp"));
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
