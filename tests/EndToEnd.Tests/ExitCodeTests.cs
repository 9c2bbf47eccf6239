using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

public sealed class ExitCodeTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("--help")]
    [InlineData("check --help")]
    [InlineData("parse rules")]
    [InlineData("--version")]
    public void Nothing_wrong_is_0(string arguments) => AssertExit(0, arguments);

    [Fact]
    public void An_error_is_1()
    {
        _repository.Replace(Rule, "attack.t1059.001", "attack.t9999");
        AssertExit(1, "check");
    }

    [Theory]
    [InlineData("check --no-such-option")]
    [InlineData("parse")]
    [InlineData("parse no-such-file.yml")]
    [InlineData("chekc")]
    [InlineData("check rules/no-such-file.yml")]
    [InlineData("check --config no-such-file.yml")]
    [InlineData("check -o rules")]
    [InlineData("check -o no-such-folder/x.txt")]
    [InlineData("coverage --actor Nobody")]
    [InlineData("why T999")]
    [InlineData("attack show G9999")]
    [InlineData("check --release 15.0")]
    public void What_cannot_be_done_is_2_and_says_why(string arguments)
    {
        var ended = AssertExit(2, arguments);
        Assert.NotEqual("", (ended.Error + ended.Output).Trim());
        Assert.DoesNotContain("   at Merlon.", ended.Error + ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gaet: {}")]
    [InlineData("gate: [")]
    public void A_configuration_that_cannot_be_used_is_2(string config)
    {
        _repository.Write(Config, config);
        AssertExit(2, "check");
    }

    [Fact]
    public void A_failure_of_the_system_is_3_and_no_stack()
    {
        var ended = AssertExit(3, $"check -o {new string('x', 300)}");
        Assert.StartsWith("merlon: ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_programs_are_checked_and_the_worst_counts()
    {
        _repository.Write("other/merlon.yml", "name: other");
        _repository.Write("other/rules/r.yml", File.ReadAllText(_repository.PathOf(Rule)).Replace("attack.t1059.001", "attack.t9999", StringComparison.Ordinal));
        AssertExit(0, "check");
        var ended = AssertExit(1, "check --all --format json");
        using var json = System.Text.Json.JsonDocument.Parse(ended.Output);
        Assert.Equal(["main", "other"], json.RootElement.EnumerateArray().Select(program => program.GetProperty("program").GetString()));
        Assert.Contains("\nother/merlon.yml\n", AssertExit(1, "check --all").Output, StringComparison.Ordinal);
    }

    private Ended AssertExit(int exitCode, string arguments)
    {
        var ended = _repository.Cli(arguments.Split(' '));
        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        return ended;
    }
}
