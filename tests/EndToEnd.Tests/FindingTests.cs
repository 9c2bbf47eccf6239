using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

/// <summary>What is wrong fails the build at its place, and the command says the same.</summary>
public sealed class FindingTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void An_unknown_technique_fails_at_its_tag()
    {
        _repository.Replace(Rule, "attack.t1059.001", "attack.t1059.001\n    - attack.t9999");
        var ended = _repository.Build();
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"{_repository.PathOf(Rule).Replace('/', Path.DirectorySeparatorChar)}(12,7): error MRL3001: ", ended.Output, StringComparison.Ordinal);
        AssertAgree(ended, 1, (Rule, "MRL3001"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_fails_by_name_and_hides_no_other()
    {
        _repository.Write("rules/broken.yml", "title: [Broken\ntags: {");
        _repository.Write("rules/unknown.yml", File.ReadAllText(_repository.PathOf(Rule))
            .Replace("7a1ff0a5", "7a1ff0a6", StringComparison.Ordinal).Replace("t1059.001", "t9999", StringComparison.Ordinal));
        AssertAgree(_repository.Build(), 1, ("rules/broken.yml", "MRL1001"), ("rules/broken.yml", "MRL5003"), ("rules/unknown.yml", "MRL3001"));
    }

    [Fact]
    public void A_floor_that_is_not_reached_fails()
    {
        _repository.Replace(Config, "default: 50", "default: 51");
        var ended = _repository.Build();
        Assert.Contains("Velvet Badger: deployable 1/2", ended.Output, StringComparison.Ordinal);
        var finding = Assert.Single(AssertAgree(ended, 1), finding => finding.Id == "MRL5001");
        Assert.Equal("error", finding.Severity);
    }

    [Fact]
    public void A_configuration_that_cannot_be_used_fails_and_is_no_finding_of_rules()
    {
        _repository.Replace(Config, "gate:", "gaet:");
        var findings = AssertAgree(_repository.Build(), 2);
        Assert.All(findings, finding => Assert.Equal(Config, finding.Path));
        Assert.Contains(findings, finding => finding is { Line: 1, Column: 1, Severity: "error" } && finding.Id.StartsWith("MRL8", StringComparison.Ordinal));
    }

    [Fact]
    public void A_repository_without_findings_passes() => AssertAgree(_repository.Build(), 0);

    [Fact]
    public void Text_of_a_file_gives_a_terminal_or_a_runner_no_orders()
    {
        _repository.Replace(Actor, "Velvet Badger", "\"::error::\\e[31m##[group]x\"");
        var ended = _repository.Build();
        Assert.DoesNotContain("\e[31m", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("##[", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ended.Output.Split('\n'), line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
    }

    [Fact]
    public void A_day_that_is_none_is_an_error_without_a_check()
    {
        var ended = _repository.Build("-p:MerlonDate=24.11.2026");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("error : MerlonDate '24.11.2026' is not a day", ended.Output, StringComparison.Ordinal);
    }

    private Reported[] AssertAgree(Ended build, int exitCode, params (string Path, string Id)[] expected)
    {
        var command = _repository.Cli("check", "--format", "json");
        Assert.True(command.ExitCode == exitCode, command.ToString());
        Assert.Equal(exitCode == 0 ? 0 : 1, build.ExitCode);
        var findings = Reported.InBuildLog(build.Output, _repository.Root);
        Assert.Equal(Reported.InJson(command.Output), findings);
        foreach (var (path, id) in expected)
            Assert.Contains(findings, finding => finding.Path == path && finding.Id == id && finding.Severity == "error");
        return findings;
    }
}
