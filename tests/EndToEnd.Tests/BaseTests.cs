using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

/// <summary>A build compares with a base as the command does, and notices when that is another one.</summary>
public sealed class BaseTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public BaseTests()
    {
        Directory.Delete(_repository.PathOf(".git"));
        _repository.Write(".gitignore", "obj/");
        Git("init", "-q", "-b", "main");
        Commit();
    }

    public void Dispose()
    {
        // Git's objects are read-only, and Windows then refuses.
        foreach (var file in new DirectoryInfo(_repository.PathOf(".git")).EnumerateFiles("*", SearchOption.AllDirectories))
            file.IsReadOnly = false;
        _repository.Dispose();
    }

    [Fact]
    public void A_lost_detection_fails_both_with_the_same_findings()
    {
        _repository.Replace(Rule, "status: test", "status: experimental");
        AssertAgree(1, ("error", "MRL5001"), ("error", "MRL5002"));
        Commit();
        AssertAgree(1, ("error", "MRL5001"), ("error", "MRL5002"));
    }

    [Fact]
    public void A_policy_that_the_change_weakened_fails_until_somebody_accepts_it()
    {
        _repository.Replace(Rule, "status: test", "status: experimental");
        _repository.Replace(Config, "default: 50", "default: 0");
        AssertAgree(1, ("error", "MRL5006"), ("warning", "MRL5002"));
        Assert.Equal(0, _repository.Build("-p:MerlonAcceptPolicy=true").ExitCode);
        Assert.Equal(0, _repository.Cli("check", "--accept-policy").ExitCode);
    }

    [Fact]
    public void A_base_that_moved_makes_the_build_check_again()
    {
        Git("tag", "released");
        AssertChecks("-p:MerlonBase=released");
        Assert.Contains(NothingChanged, _repository.Build("-p:MerlonBase=released").Output, StringComparison.Ordinal);
        _repository.Write("README.md", "text");
        Commit();
        Git("tag", "-f", "released");
        AssertChecks("-p:MerlonBase=released");
        AssertChecks("-p:MerlonBase=released~1");
        AssertChecks();
        Commit();
        AssertChecks();
        Assert.Contains(NothingChanged, _repository.Build().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_history_is_an_error_in_a_pipeline_and_a_warning_elsewhere()
    {
        var clone = _repository.PathOf("clone");
        Commit();
        Git("clone", "-q", "--depth=1", $"file://{_repository.Root}", clone);
        foreach (var (isPipeline, exitCode, severity) in new[] { (true, 1, "error"), (false, 0, "warning") })
        {
            (string, string)[] environment = isPipeline ? [("CI", "true")] : [];
            var command = Program.Run(clone, "dotnet", [Checkout.Cli, "check", "--format", "json"], environment);
            var build = Program.Run(clone, "dotnet", ["build", "rules/rules.proj", "--verbosity", "detailed", "-m:1"], environment);
            Assert.True(command.ExitCode == exitCode, command.ToString());
            Assert.Equal(exitCode, build.ExitCode);
            var findings = Reported.InBuildLog(build.Output, clone);
            Assert.Equal(Reported.InJson(command.Output), findings);
            Assert.Contains(findings, finding => finding.Id == "MRL5005" && finding.Severity == severity && finding.Message.Contains("git fetch", StringComparison.Ordinal));
        }
    }

    private void AssertAgree(int exitCode, params (string Severity, string Id)[] expected)
    {
        var command = _repository.Cli("check", "--format", "json");
        Assert.True(command.ExitCode == exitCode, command.ToString());
        var build = _repository.Build();
        Assert.Equal(exitCode, build.ExitCode);
        var findings = Reported.InBuildLog(build.Output, _repository.Root);
        Assert.Equal(Reported.InJson(command.Output), findings);
        foreach (var (severity, id) in expected)
            Assert.Contains(findings, finding => finding.Id == id && finding.Severity == severity);
    }

    private void AssertChecks(params string[] properties) => Assert.DoesNotContain(NothingChanged, _repository.Build(properties).Output, StringComparison.Ordinal);

    private void Commit()
    {
        Git("add", "-A");
        Git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "--allow-empty", "-m", "c");
    }

    private void Git(params string[] arguments)
    {
        var ended = Program.Run(_repository.Root, "git", arguments);
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }
}
