using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

public sealed class ReplayTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_build_with_nothing_changed_says_the_same_without_checking()
    {
        var first = AssertChecks();
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("Velvet Badger: deployable 1/2", first.Output, StringComparison.Ordinal);
        Assert.Contains("rules -> ", first.Output, StringComparison.Ordinal);

        var second = _repository.Build();
        Assert.Equal(0, second.ExitCode);
        Assert.Contains(NothingChanged, second.Output, StringComparison.Ordinal);
        Assert.Contains("Velvet Badger: deployable 1/2", second.Output, StringComparison.Ordinal);
        Assert.Contains("rules -> ", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_baseline_makes_the_build_check_again()
    {
        _repository.Replace(Rule, "attack.t1059.001", "attack.t1059.001\n    - attack.t9999");
        File.AppendAllText(_repository.PathOf(Config), "\nlint: { baseline: lint.tsv }\n");
        Assert.Equal(0, _repository.Cli("lint", "--write-baseline").ExitCode);
        Assert.DoesNotContain("MRL3001", AssertChecks().Output, StringComparison.Ordinal);
        _repository.Replace("lint.tsv", "MRL3001", "MRL3002");
        Assert.Contains("error MRL3001", AssertChecks().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_answer_depends_on_makes_the_build_check_again()
    {
        AssertChecks();
        foreach (var input in (string[])[Rule, Actor, Config])
        {
            _repository.Touch(input);
            AssertChecks();
        }
        AssertChecks("-p:MerlonDate=2026-11-25");
        AssertChecks("-p:MerlonDate=2026-11-25", "-p:MerlonGateLevel=claimed");
        File.Copy(_repository.PathOf(Actor), _repository.PathOf("actors/second.yml"));
        _repository.Replace("actors/second.yml", "Velvet Badger", "Quiet Otter");
        AssertChecks();
        File.Delete(_repository.PathOf("actors/second.yml"));
        AssertChecks();
        File.Copy(_repository.PathOf(Rule), _repository.PathOf("rules/second.yml"));
        AssertChecks();
        // A nearer one.
        _repository.Write("rules/merlon.yml", "{ rules: ['*.yml', '!merlon.yml'], actors: [../actors/*.yml] }");
        AssertChecks();
    }

    [Fact]
    public void A_failed_build_fails_again_with_the_same_findings()
    {
        // T1086 was revoked by T1059.001 (a warning); T9999 is unknown (an error).
        _repository.Replace(Rule, "attack.t1059.001", "attack.t1059.001\n    - attack.t1086\n    - attack.t9999");
        var first = AssertChecks();
        var second = _repository.Build();
        Assert.Contains(NothingChanged, second.Output, StringComparison.Ordinal);
        Assert.Equal((1, 1), (first.ExitCode, second.ExitCode));
        var findings = Reported.InBuildLog(first.Output, _repository.Root);
        Assert.Contains(findings, finding => finding is { Id: "MRL3001", Severity: "error" });
        Assert.Contains(findings, finding => finding is { Id: "MRL3002", Severity: "warning" });
        Assert.Equal(findings, Reported.InBuildLog(second.Output, _repository.Root));
    }

    [Fact]
    public void A_configuration_that_is_mended_in_another_file_is_read_again()
    {
        AssertChecks();
        _repository.Write(Config, "coverage: { logSources: logsources.yml }");
        _repository.Write("logsources.yml", "collected: [");
        Assert.Equal(1, AssertChecks().ExitCode);
        Assert.Equal(1, AssertChecks().ExitCode);
        _repository.Write("logsources.yml", "collected: [{ product: windows }]");
        Assert.Equal(0, AssertChecks().ExitCode);
        _repository.Touch("logsources.yml");
        AssertChecks();
    }

    [Fact]
    public void A_saved_report_that_is_none_of_ours_makes_the_build_check_again()
    {
        AssertChecks();
        var saved = File.ReadAllText(_repository.Report);
        using var document = System.Text.Json.JsonDocument.Parse(saved);
        var key = document.RootElement.GetProperty("key").GetString();
        var watched = document.RootElement.GetProperty("watched").GetRawText();
        // Every report in one build: each is read by a build of the same project with other properties.
        string[] hostile =
        [
            "", "null", "{\"key\":", saved[..^1], saved.Replace(key![..8], "00000000", StringComparison.Ordinal),
            saved.Replace("\"files\":[", "\"files\":[null,", StringComparison.Ordinal),
            saved.Replace("\"files\":[", "\"files\":[\"\\u0000\",", StringComparison.Ordinal),
            saved.Replace("\"root\":\"", "\"root\":\"x", StringComparison.Ordinal),
            """{"key":"KEY","findings":null,"lines":[],"summary":""}""",
            """{"key":"KEY","lines":[],"summary":""}""",
            """{"key":"KEY","findings":[null],"lines":[],"summary":""}""",
            """{"key":"KEY","findings":[],"lines":[null],"summary":""}""",
            """{"key":"KEY","findings":[],"lines":[],"summary":null}""",
            """{"key":"KEY","findings":[{"id":"MRL3001","severity":"off","help":"","file":"a","line":1,"column":1,"message":""}],"lines":[],"summary":""}""",
            """{"key":"KEY","findings":[{"id":"MRL3001","severity":"error","help":"","file":"a","line":-1,"column":1,"message":""}],"lines":[],"summary":""}""",
        ];
        foreach (var (index, report) in hostile.Append(saved).Index())
            _repository.Write($"reports/{index}.json", report.Replace("\"KEY\"", $"\"{key}\",\"watched\":{watched}", StringComparison.Ordinal));
        _repository.Write("all.proj", """
            <Project>
              <Target Name="Build">
                <ItemGroup><Report Include="reports/*.json" /></ItemGroup>
                <MSBuild Projects="rules/rules.proj" Properties="MerlonReportFile=%(Report.FullPath)" />
              </Target>
            </Project>
            """);
        var ended = Program.Run(_repository.Root, "dotnet", ["build", "all.proj", "--no-restore", "--verbosity", "detailed", "-m:1"]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        // Only the last is a report that this tool wrote.
        Assert.Equal(1, Count(NothingChanged));
        Assert.Equal(hostile.Length + 1, Count("Velvet Badger: deployable 1/2"));

        int Count(string text) => ended.Output.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Cleaning_forgets_the_report_and_switching_the_check_off_says_nothing()
    {
        AssertChecks();
        Assert.Equal(0, _repository.Build("-t:Clean").ExitCode);
        Assert.False(File.Exists(_repository.Report));
        var off = _repository.Build("-p:MerlonCheck=false");
        Assert.Equal(0, off.ExitCode);
        Assert.DoesNotContain("Velvet Badger", off.Output, StringComparison.Ordinal);
    }

    private Ended AssertChecks(params string[] properties)
    {
        var ended = _repository.Build(properties);
        Assert.DoesNotContain(NothingChanged, ended.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_repository.Report), ended.ToString());
        return ended;
    }
}
