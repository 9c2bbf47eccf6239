using System.Text.Json;
using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

public sealed class TestCommandTests : IDisposable
{
    private const string Positive = "rules/tests/proc_creation_win_encoded_command.match.json";
    private const string Negative = "rules/tests/proc_creation_win_encoded_command.nomatch.json";

    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Tests_pass_break_and_are_refused()
    {
        _repository.Write(Positive, """{"Image": "C:\\Windows\\powershell.exe", "CommandLine": "powershell -EncodedCommand AAAA"}""");
        _repository.Write(Negative, """{"Image": "C:\\Windows\\powershell.exe", "CommandLine": "powershell -Command Get-Date"}""");
        Assert.EndsWith("1 rule, 2 tests: 2 passed, 0 failed, 0 skipped\n", AssertExit(0, "test").Output, StringComparison.Ordinal);
        AssertExit(0, "test", Rule);
        AssertExit(0, "test", "PowerShell Started With an Encoded Command");
        Assert.Contains("    + ", AssertExit(0, "test", "--explain").Output, StringComparison.Ordinal);
        _repository.Replace(Rule, "-EncodedCommand", "-EncodedCommands");
        Assert.Contains($"{Positive}(1,1): error MRL6001: ", AssertExit(1, "test").Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(AssertExit(1, "test", "--format", "json").Output);
        Assert.Equal(1, json.RootElement.GetProperty("summary").GetProperty("failed").GetInt32());
        Assert.Contains("<failure ", AssertExit(1, "test", "--format", "junit").Output, StringComparison.Ordinal);
        _repository.Write("tests/no-such-rule.match.json", "{}");
        Assert.Contains("MRL6002", AssertExit(1, "test").Output, StringComparison.Ordinal);
        AssertExit(2, "test", "No Such Rule");
        AssertExit(2, "test", "--no-such-option");
        AssertExit(0, "test", "--benign", Negative);
        _repository.Replace(Rule, "-EncodedCommands", "-Command");
        Assert.Contains("MRL6008", AssertExit(1, "test", "--benign", "rules/tests").Output, StringComparison.Ordinal);
    }

    private Ended AssertExit(int exitCode, params string[] arguments)
    {
        var ended = _repository.Cli(arguments);
        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        return ended;
    }
}
