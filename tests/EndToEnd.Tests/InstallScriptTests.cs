using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>What the action installs, and what a tag releases.</summary>
public sealed class InstallScriptTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public InstallScriptTests()
    {
        Bash.Need();
        Bash.WriteProgram(_repository.PathOf("bin"), "dotnet", "printf '%s\\n' \"$@\"; cat nuget.config; ls -A");
        // A pull request's own, which would bring its own tool.
        _repository.Write("nuget.config", "<configuration><packageSources><add key=\"evil\" value=\"evil\" /></packageSources></configuration>");
        _repository.Write("global.json", "{}");
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void The_version_is_pinned_and_the_repository_has_no_say()
    {
        var ended = Install("1.2.3", "");
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.StartsWith($"tool\ninstall\nMerlon\n--version\n[1.2.3]\n--tool-path\n{_repository.PathOf("tool")}\n--configfile\nnuget.config\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("<clear />\n    <add key=\"merlon\" value=\"https://api.nuget.org/v3/index.json\" />", ended.Output, StringComparison.Ordinal);
        // In a folder with nothing else.
        Assert.EndsWith("</configuration>\nnuget.config\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("value=\"/some folder/packages\"", Install("1.2.3-rc.1", "/some folder/packages").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "")]
    [InlineData("1.2", "")]
    [InlineData("--add-source=x", "")]
    [InlineData("1.2.3", "http://example.org/index.json")]
    [InlineData("1.2.3", "packages")]
    [InlineData("1.2.3", "https://example.org/\" /><add key=\"x\" value=\"y")]
    public void What_is_no_version_or_source_is_refused(string version, string source)
    {
        var ended = Install(version, source);
        Assert.True(ended.ExitCode == 2 && ended.Output.Length == 0, ended.ToString());
    }

    [Fact]
    public void A_tag_releases_the_version_that_the_action_and_the_hooks_install()
    {
        var version = File.ReadAllLines(Path.Combine(Checkout.Root, "action.yml")).Single(line => line.EndsWith("# the version of this release", StringComparison.Ordinal)).Split('"')[1];
        Assert.Equal($"{version}\n", Release($"v{version}").Output);
        foreach (var tag in new[] { "v999.0.0", version, $"v{version}; id", "v1.2", "" })
            Assert.True(Release(tag) is { ExitCode: not 0, Output: "" }, tag);
    }

    [Fact]
    public void A_hook_of_pre_commit_takes_a_file_for_a_file()
    {
        var entries = File.ReadAllLines(Path.Combine(Checkout.Root, ".pre-commit-hooks.yaml")).Where(line => line.StartsWith("  entry: dotnet tool exec --yes Merlon@", StringComparison.Ordinal))
            .Select(line => line.Split(" -- ", 2)[1].Split(' ')).ToArray();
        Assert.Equal(2, entries.Length);
        _repository.Write("rules/--fix ü.yml", "titel: x");
        var lint = _repository.Cli([.. entries[0], "rules/--fix ü.yml", RulesRepository.Rule]);
        Assert.True(lint.ExitCode == 1 && lint.Output.Contains("rules/--fix ü.yml", StringComparison.Ordinal), lint.ToString());
        // One at the root that looks like an option is refused, and fixes nothing.
        _repository.Write("--fix", "titel: x");
        Assert.Equal(2, _repository.Cli([.. entries[0], "--fix"]).ExitCode);
        Assert.Equal("titel: x\n", _repository.Read("rules/--fix ü.yml"));
        var check = _repository.Cli(entries[1]);
        Assert.True(check.ExitCode == 1 && check.Output.Contains("MRL2002", StringComparison.Ordinal), check.ToString());
    }

    private static Ended Release(string tag) => Bash.Run(Checkout.Root, "build/release-version.sh", [tag], "");

    private Ended Install(string version, string source) => Bash.Run(_repository.Root, "build/install.sh", [], _repository.PathOf("bin"),
        ("MERLON_VERSION", version), ("MERLON_SOURCE", source), ("MERLON_TOOL", _repository.PathOf("tool")));
}
