using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

/// <summary>Tests and records of rules, by the command and by a build, which must not say again what no longer holds.</summary>
public sealed class EvidenceTests : IDisposable
{
    private const string Test = "tests/proc_creation_win_encoded_command.match.json";
    private const string Record = "validation/q4.yml";
    private const string Matching = """{"Image": "C:\\Windows\\powershell.exe", "CommandLine": "powershell -EncodedCommand AAAA"}""";
    private const string Another = """{"Image": "C:\\Windows\\powershell.exe", "CommandLine": "powershell -Command Get-Date"}""";

    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_test_that_comes_and_fails_is_seen_by_the_command_and_by_the_build()
    {
        Assert.Contains("deployable 1/2", AssertAgree(0).Output, StringComparison.Ordinal);
        _repository.Write(Test, Matching);
        Assert.Contains("tested 1", AssertAgree(0).Output, StringComparison.Ordinal);
        Assert.Contains(NothingChanged, _repository.Build().Output, StringComparison.Ordinal);
        _repository.Write(Test, Another);
        var failed = AssertAgree(1).Output;
        Assert.Contains("deployable 0/2", failed, StringComparison.Ordinal);
        Assert.Contains("error MRL6001", failed, StringComparison.Ordinal);
        File.Delete(_repository.PathOf(Test));
        Assert.Contains("deployable 1/2", AssertAgree(0).Output, StringComparison.Ordinal);
        _repository.Write($"rules/{Path.GetFileName(Test)}", Another);
        AssertAgree(1);
    }

    [Fact]
    public void A_record_that_is_void_is_seen_by_the_command_and_by_the_build()
    {
        _repository.Replace(Config, "level: deployable", "level: validated");
        AssertAgree(1);
        _repository.Write(Record, $$"""
            exercise: q4
            date: 2026-11-20
            by: import
            sources: [{ name: log.csv, sha256: {{new string('0', 64)}} }]
            results:
              - { rule: 7a1ff0a5-7d3b-4d0e-9f0a-0f3c5f0c7a11, content: {{new string('0', 64)}}, technique: T1059.001, outcome: alerted }
            """);
        var ended = AssertAgree(1).Output;
        Assert.Contains("validated 0/2", ended, StringComparison.Ordinal);
        Assert.Contains("MRL6024", ended, StringComparison.Ordinal);
    }

    [Fact]
    public void Regression_data_that_changes_is_seen_by_the_build()
    {
        _repository.Replace(Rule, "level: medium", "level: medium\nregression_tests_path: data/info.yml");
        _repository.Write("data/info.yml", """
            rule_metadata: [{ id: 7a1ff0a5-7d3b-4d0e-9f0a-0f3c5f0c7a11 }]
            regression_tests_info: [{ name: one, type: json, path: data/events.json, match_count: 1 }]
            """);
        _repository.Write("data/events.json", Matching);
        Assert.Contains("tested 1", AssertAgree(0).Output, StringComparison.Ordinal);
        _repository.Write("data/events.json", Another);
        Assert.Contains("MRL6001", AssertAgree(1).Output, StringComparison.Ordinal);
        _repository.Write("data/events.json", Matching);
        AssertAgree(0);
        File.Delete(_repository.PathOf("data/info.yml"));
        var without = AssertAgree(0).Output;
        Assert.Contains("MRL6010", without, StringComparison.Ordinal);
        Assert.Contains("tested 0", without, StringComparison.Ordinal);
    }

    // The build checks again, and ends and finds like the command.
    private Ended AssertAgree(int exitCode)
    {
        var build = _repository.Build();
        Assert.DoesNotContain(NothingChanged, build.Output, StringComparison.Ordinal);
        Assert.True(build.ExitCode == exitCode, build.ToString());
        var command = _repository.Cli("check", "--date", Day, "--format", "json");
        Assert.True(command.ExitCode == exitCode, command.ToString());
        Assert.Equal(Reported.InJson(command.Output), Reported.InBuildLog(build.Output, _repository.Root));
        return build;
    }
}
