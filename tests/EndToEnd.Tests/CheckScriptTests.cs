using System.Text.Json;
using Merlon.Core.Tests;
using Xunit;
using static Merlon.Core.Tests.History;

namespace Merlon.EndToEnd.Tests;

/// <summary>The script that the action and the workflow of pull requests run, with the tool and with one that fails.</summary>
public sealed class CheckScriptTests : IDisposable
{
    private readonly History _work = new();

    public CheckScriptTests() => Bash.Need();

    private string Output => _work.PathOf("../out");

    private string Summary => _work.PathOf("../summary.md");

    private string Outputs => _work.PathOf("../outputs");

    public void Dispose() => _work.Dispose();

    [Fact]
    public void What_passes_passes_and_is_told_in_every_form()
    {
        AssertExit(0, "passed");
        Assert.StartsWith("<!-- merlon -->\n## Merlon, main: passed", File.ReadAllText(Summary), StringComparison.Ordinal);
        using var sarif = JsonDocument.Parse(File.ReadAllText(Path.Combine(Output, "merlon.sarif")));
        Assert.Contains($"sarif={Path.GetFullPath(Output)}/merlon.sarif\n", File.ReadAllText(Outputs), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Summary), File.ReadAllText(Path.Combine(Output, "merlon.md")));
    }

    [Fact]
    public void A_loss_fails_and_stands_beside_the_change_in_the_summary_and_in_SARIF()
    {
        Lose();
        var ended = AssertExit(1, "failed");
        Assert.Contains("::error file=actors/fox.yml,line=2", ended.Output, StringComparison.Ordinal);
        Assert.Contains("### Lost: 1", File.ReadAllText(Summary), StringComparison.Ordinal);
        Assert.EndsWith("**The check ended with exit code 1**: findings of error severity: they stand beside the change and in the log of the step.\n", File.ReadAllText(Summary), StringComparison.Ordinal);
        Assert.Contains("MRL5002", File.ReadAllText(Path.Combine(Output, "merlon.sarif")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_rule_that_costs_nothing_is_not_said_to_have_passed()
    {
        _work.Write("rules/e.yml", Rule("5", "t1047").Replace("title: Rule 5\n", "", StringComparison.Ordinal));
        AssertExit(1, "failed");
        Assert.Contains("**The check ended with exit code 1**", File.ReadAllText(Summary), StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_cannot_be_used_is_2_and_leaves_no_file_of_an_earlier_run()
    {
        AssertExit(0, "passed");
        File.Delete(Outputs);
        _work.Write("merlon.yml", "nonsense: 1\n");
        Assert.Contains("MRL8001", AssertExit(2, "error").Error, StringComparison.Ordinal);
        Assert.EndsWith("## Merlon: not checked\n\n**The check ended with exit code 2**: the configuration cannot be used, and the log of the step says why.\n", File.ReadAllText(Summary), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Output, "merlon.sarif")));
        Assert.DoesNotContain("sarif=", File.ReadAllText(Outputs), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("kill -KILL $$", 3)]
    [InlineData("exit 77", 3)]
    // The second run, which writes SARIF, counts as well.
    [InlineData("case \"$*\" in *sarif*) exit 1 ;; esac", 1)]
    [InlineData("case \"$*\" in *github*) exit 1 ;; *) exit 3 ;; esac", 3)]
    public void A_tool_that_fails_never_passes_and_the_summary_says_so(string tool, int exitCode)
    {
        var fake = Bash.WriteProgram(_work.PathOf("../bin"), "merlon", tool);
        AssertExit(exitCode, exitCode == 1 ? "failed" : "error", ("MERLON", fake));
        Assert.Contains($"**The check ended with exit code {exitCode}**", File.ReadAllText(Summary), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_that_is_not_there_fails() => AssertExit(3, "error", ("MERLON", _work.PathOf("no-merlon")));

    [Fact]
    public void Every_program_is_checked_and_one_page_has_them_all()
    {
        _work.Write("lab/merlon.yml", "name: lab\nrules: [rules/**]\nactors: [actors/*.yml]\n");
        _work.Write("lab/actors/owl.yml", "name: Owl\ntechniques: [T1055]\n");
        _work.Write("lab/rules/e.yml", Rule("5", "t1055"));
        Lose();
        AssertExit(1, "failed", ("MERLON_ALL", "true"));
        Assert.Contains("Merlon, main: failed", File.ReadAllText(Summary), StringComparison.Ordinal);
        Assert.Contains("Merlon, lab: passed", File.ReadAllText(Summary), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_is_never_an_option()
    {
        Lose();
        AssertExit(1, "failed", ("MERLON_BASE", "--accept-policy"));
        Assert.Contains("MRL5005", File.ReadAllText(Summary), StringComparison.Ordinal);
        AssertExit(2, "error", ("MERLON_CONFIG", "--help"));
        AssertExit(2, "error", ("MERLON_LEVEL", "claimed --accept-policy"));
        var ended = Run(("MERLON_ALL", "yes"));
        Assert.True(ended.ExitCode == 2 && ended.Error.Contains("say true or false", StringComparison.Ordinal), ended.ToString());
    }

    private void Lose()
    {
        _work.Branch("change");
        _work.Delete("rules/b.yml");
        _work.Commit("lose");
    }

    private Ended AssertExit(int exitCode, string verdict, params (string, string)[] environment)
    {
        var ended = Run(environment);
        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        Assert.Contains($"exit-code={exitCode}\nverdict={verdict}\n", File.ReadAllText(Outputs), StringComparison.Ordinal);
        return ended;
    }

    private Ended Run(params (string, string)[] environment) => Bash.Run(_work.Root, "build/check.sh", [], "",
        [("MERLON", Bash.WriteMerlon(_work.PathOf("../tool"))), ("MERLON_OUTPUT", Output), ("GITHUB_STEP_SUMMARY", Summary), ("GITHUB_OUTPUT", Outputs), .. environment]);
}
