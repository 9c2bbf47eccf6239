using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

public sealed class InitCommandTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public InitCommandTests()
    {
        File.Delete(_repository.PathOf(Config));
        File.Delete(_repository.PathOf("rules/rules.proj"));
        Directory.Move(_repository.PathOf("rules"), _repository.PathOf("Große Regeln"));
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void What_it_writes_passes_a_check_and_another_run_writes_nothing()
    {
        _repository.Commit();
        var shown = AssertExit(0, "init", "--dry-run").Output;
        Assert.Contains("would write merlon.yml\n", shown, StringComparison.Ordinal);
        Assert.Contains("\n--- merlon.yml\n", shown, StringComparison.Ordinal);
        Assert.Equal("", _repository.Git("status", "--porcelain"));
        var begun = AssertExit(0, "init").Output;
        Assert.Contains("found 1 rule in 1 file: Große Regeln/**/*.yml\n", begun, StringComparison.Ordinal);
        Assert.Contains("'merlon check' says: 0 errors, 0 warnings\n", begun, StringComparison.Ordinal);
        Assert.Contains("1 rule in 1 file: 0 errors, 0 warnings\n", AssertExit(0, "check").Output, StringComparison.Ordinal);
        _repository.Git("add", "--all");
        Assert.Contains("nothing to write: all is there\n", AssertExit(0, "init").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("??", _repository.Git("status", "--porcelain"), StringComparison.Ordinal);
        Assert.Contains($"\"version\": \"{AssertExit(0, "--version").Output.Trim().Split('+')[0]}\"", _repository.Read(".config/dotnet-tools.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_lets_errors_of_today_be_and_no_new_one()
    {
        var rule = "Große Regeln/" + Path.GetFileName(Rule);
        _repository.Replace(rule, "attack.execution", "attack.exection");
        Assert.Contains("'merlon check' says: 1 error,", AssertExit(0, "init").Output, StringComparison.Ordinal);
        AssertExit(1, "check");
        AssertExit(0, "init", "--baseline", "--force");
        AssertExit(0, "check");
        _repository.Replace(rule, "attack.t1059.001", "attack.t9999");
        AssertExit(1, "check");
    }

    [Fact]
    public void A_baseline_of_wrong_tags_says_that_somebody_has_to_accept_it()
    {
        _repository.Replace("Große Regeln/" + Path.GetFileName(Rule), "attack.t1059.001", "attack.t9999");
        _repository.Commit();
        Assert.Contains("\n  merlon check --accept-policy ", AssertExit(0, "init", "--baseline").Output, StringComparison.Ordinal);
        AssertExit(1, "check");
        AssertExit(0, "check", "--accept-policy");
    }

    [Theory]
    [InlineData("init --pipeline jenkins")]
    [InlineData("init --from merlon.yml --dry-run")]
    [InlineData("init -o x.yml")]
    [InlineData("init --actor Nobody")]
    public void What_cannot_be_done_is_2_and_nothing_is_written(string line)
    {
        _repository.Commit();
        AssertExit(2, line.Split(' '));
        Assert.Equal("", _repository.Git("status", "--porcelain"));
    }

    private Ended AssertExit(int exitCode, params string[] arguments)
    {
        var ended = _repository.Cli(arguments);
        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        return ended;
    }
}
