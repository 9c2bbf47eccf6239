using System.Text.Json;
using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

public sealed class AssessCommandTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void An_assessment_tells_what_has_changed_since_a_tag()
    {
        _repository.Commit();
        _repository.Git("tag", "v1.2");
        _repository.Write("rules/lsass.yml", _repository.Read(Rule).Replace("7a1ff0a5", "7a1ff0a6", StringComparison.Ordinal).Replace("t1059.001", "t1003.001", StringComparison.Ordinal));
        var text = AssertExit(0, "assess", "--since", "v1.2", "--title", "Financial Services Division", "--date", Day).Output;
        Assert.StartsWith("THREAT MODEL ASSESSMENT — Financial Services Division\n━━━", text, StringComparison.Ordinal);
        Assert.Contains("\nCovered: 2/2 (100.0%, +1 since v1.2)", text, StringComparison.Ordinal);
        Assert.Contains("\nT1003.001 LSASS Memory\n", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(AssertExit(0, "assess", "--since", "HEAD", "--format", "json").Output);
        Assert.Equal(1, json.RootElement.GetProperty("domains")[0].GetProperty("change").GetInt32());
        Assert.Contains("141 unique techniques across all actors (PRE 21 apart)", AssertExit(0, "assess", "--actors", "FIN7,APT38", "--actor", "Lazarus Group").Output, StringComparison.Ordinal);
        AssertExit(0, "assess", "--format", "html", "-o", "assessment.html");
        Assert.StartsWith("<!DOCTYPE html>\n", _repository.Read("assessment.html"), StringComparison.Ordinal);
        Assert.Contains("MRL9002", AssertExit(2, "assess", "--since", "v9").Error, StringComparison.Ordinal);
        AssertExit(2, "assess", "--private", "--publish");
    }

    private Ended AssertExit(int exitCode, params string[] arguments)
    {
        var ended = _repository.Cli(arguments);
        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        return ended;
    }
}
