using System.Text.Json;
using Merlon.Core.Tests;
using Xunit;
using static Merlon.Core.Tests.History;

namespace Merlon.EndToEnd.Tests;

/// <summary>The commands on a branch that deletes a rule: what they exit with, and where what they print goes.</summary>
public sealed class GateCommandTests : IDisposable
{
    private const string Lost = """
        lost T1003.001 Fox on Windows error: removed rules/b.yml:5
        floor Fox 3/5 of 80 error
        MRL5002 error actors/fox.yml:2
        MRL5001 error merlon.yml:1
        """;

    private readonly History _work = new();

    public GateCommandTests()
    {
        _work.Branch("change");
        _work.Delete("rules/b.yml");
        _work.Commit("lose");
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_loss_below_target_is_1_and_nothing_lost_is_0()
    {
        AssertSays($"failed, base main by merge-base\n{Lost}", AssertExit(1, "gate --format json"));
        AssertExit(1, "check");
        _work.Write("rules/b.yml", Rule("2", "t1003.001"));
        AssertSays("passed, base main by merge-base", AssertExit(0, "gate --format json"));
    }

    [Theory]
    [InlineData("gate --base no-such-branch --format text", 1, "MRL5005")]
    [InlineData("diff no-such-branch..HEAD", 2, "MRL9002")]
    [InlineData("diff main..HEAD --format json", 0, "T1003.001")]
    [InlineData("diff main...change", 0, "T1003.001")]
    [InlineData("diff main", 0, "T1003.001")]
    [InlineData("gate --accept-loss", 2, "--write-baseline")]
    [InlineData("gate --write-baseline", 2, "gate.baseline")]
    public void A_command_shows_what_it_could_find(string arguments, int exitCode, string shown)
    {
        _work.Replace("merlon.yml", "80", "60");
        var ended = AssertExit(exitCode, arguments);
        Assert.Contains(shown, ended.Output + ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Merlon.", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_form_names_the_technique_and_the_rule()
    {
        foreach (var format in new[] { "text", "json", "markdown", "msbuild", "sarif", "github", "gitlab", "junit" })
        {
            var output = AssertExit(1, $"gate --format {format}").Output;
            Assert.Contains("T1003.001", output, StringComparison.Ordinal);
            Assert.Contains("Rule 2", output, StringComparison.Ordinal);
            Assert.DoesNotContain('\e', output);
        }
    }

    [Fact]
    public void The_summary_of_a_step_is_appended_beside_the_findings()
    {
        var summary = _work.PathOf("../summary.md");
        File.WriteAllText(summary, "before\n");
        var ended = AssertExit(1, "check --format github --step-summary", ("GITHUB_STEP_SUMMARY", summary));
        Assert.StartsWith("::error file=", ended.Output, StringComparison.Ordinal);
        Assert.StartsWith("before\n<!-- merlon -->\n## Merlon, main: failed", File.ReadAllText(summary), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_programs_are_each_compared_and_the_worst_decides()
    {
        _work.Write("lab/merlon.yml", "name: lab\nrules: [rules/**]\nactors: [actors/*.yml]\n");
        _work.Write("lab/actors/owl.yml", "name: Owl\ntechniques: [T1055]\n");
        _work.Write("lab/rules/e.yml", Rule("5", "t1055"));
        using var programs = JsonDocument.Parse(AssertExit(1, "check --all --format json").Output);
        Assert.Equal(2, programs.RootElement.GetArrayLength());
        _work.Write("rules/b.yml", Rule("2", "t1003.001"));
        AssertExit(0, "check --all");
        Assert.Contains("gained", AssertExit(0, "gate --config lab/merlon.yml").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ratchet_is_written_and_holds_without_history()
    {
        _work.Write("merlon.yml", "gate: { baseline: coverage.json, regression: any, targets: { default: 80 } }\n");
        _work.Write("rules/b.yml", Rule("2", "t1003.001"));
        AssertExit(0, "gate --write-baseline --base HEAD");
        Directory.Move(_work.PathOf(".git"), _work.PathOf("../git"));
        AssertExit(0, "gate --base baseline");
        _work.Delete("rules/c.yml");
        Assert.Contains("lost T1047 Fox", Said.In(AssertExit(1, "gate --base baseline --format json").Output), StringComparison.Ordinal);
        AssertExit(1, "gate --write-baseline --base baseline");
        _work.Replace("merlon.yml", "80", "60");
        AssertExit(0, "gate --write-baseline --accept-loss --base baseline");
    }

    private static void AssertSays(string expected, Ended ended)
    {
        var said = Said.In(ended.Output);
        Assert.True(said == expected.ReplaceLineEndings("\n"), $"expected:\n{expected}\n\nsaid:\n{said}");
    }

    private Ended AssertExit(int exitCode, string arguments, params (string, string)[] environment)
    {
        var ended = Program.Run(_work.Root, "dotnet", [Checkout.Cli, .. arguments.Split(' ')], environment);
        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        return ended;
    }
}
