using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using static Merlon.EndToEnd.Tests.PackagedRules;

namespace Merlon.EndToEnd.Tests;

/// <summary>Merlon.Tasks as the SDK of a project of rules, installed from a folder into a new repository.</summary>
public sealed class PackageRulesTests : IDisposable
{
    private readonly Packages _packages;
    private readonly PackagedRules _rules;

    public PackageRulesTests(Packages packages) => (_packages, _rules) = (packages, new(packages));

    public void Dispose() => _rules.Dispose();

    [Fact]
    public void A_new_repository_passes_breaks_and_is_mended()
    {
        Assert.DoesNotContain(RulesRepository.NothingChanged, _rules.Passes(Rules, "-v:d"), StringComparison.Ordinal);
        Assert.Contains(RulesRepository.NothingChanged, _rules.Passes(Rules, "-v:d"), StringComparison.Ordinal);
        _rules.Break();
        _rules.Fails(Rules);
        Assert.Contains(RulesRepository.NothingChanged, _rules.Fails(Rules, "-v:d"), StringComparison.Ordinal);
        _rules.Mend();
        _rules.Passes(Rules);
        Assert.Equal(0, _rules.Dotnet(["clean", Rules]).ExitCode);
        Assert.DoesNotContain(RulesRepository.NothingChanged, _rules.Passes(Rules, "-v:d"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-m")]
    [InlineData("-mt")]
    [InlineData("-warnaserror")]
    [InlineData("-p:ContinuousIntegrationBuild=true -p:MerlonBase=HEAD")]
    public void A_build_passes_and_fails_with(string options)
    {
        _rules.Passes(Rules, options.Split(' '));
        _rules.Break();
        _rules.Fails(Rules, options.Split(' '));
    }

    [Fact]
    public void A_warning_of_a_rule_fails_a_build_that_takes_warnings_for_errors()
    {
        _rules.Repository.Replace(RulesRepository.Rule, "attack.execution", "attack.impact");
        var warned = _rules.Build(Rules);
        Assert.True(warned.ExitCode == 0 && warned.Output.Contains(": warning MRL30", StringComparison.Ordinal), warned.ToString());
        var ended = _rules.Build(Rules, "-warnaserror");
        Assert.True(ended.ExitCode == 1 && ended.Output.Contains(": error MRL30", StringComparison.Ordinal), ended.ToString());
    }

    [Fact]
    public void The_terminal_logger_shows_one_line_of_a_build_that_passes_and_the_place_of_one_that_fails()
    {
        var passed = _rules.Build(Rules, "-tl:on");
        Assert.True(passed.ExitCode == 0, passed.ToString());
        Assert.Contains("1 actor: lowest Velvet Badger 50.0% of 50", passed.Output, StringComparison.Ordinal);
        _rules.Break();
        var failed = _rules.Build(Rules, "-tl:on");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains($"{_rules.Repository.PathOf(RulesRepository.Rule)}(12,7): error MRL3001: ", Plain(failed.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_program_of_a_repository_is_its_own_project()
    {
        foreach (var program in new[] { "north", "south" })
        {
            _rules.Write($"{program}/merlon.yml", $"name: {program}\nrules: [rules/**/*.yml]\nactors: [actors/*.yml]\n");
            _rules.Write($"{program}/actors/{program}.yml", $"name: Actor of {program}\ntechniques: [T1059.001]\n");
            _rules.Write($"{program}/rules/rule.yml", _rules.Repository.Read(RulesRepository.Rule));
            _rules.Write($"{program}/{program}.proj", _rules.Repository.Read(Rules));
        }
        _rules.Write("all.proj", """<Project><Target Name="Build"><MSBuild Projects="north/north.proj;south/south.proj;rules/rules.proj" BuildInParallel="true" ContinueOnError="ErrorAndContinue" /></Target></Project>""");
        var passed = _rules.Passes("all.proj", "-m");
        Assert.Contains("Actor of north: deployable 1/1", passed, StringComparison.Ordinal);
        Assert.Contains("Actor of south: deployable 1/1", passed, StringComparison.Ordinal);
        _rules.Repository.Replace("south/rules/rule.yml", "attack.t1059.001", "attack.t9999");
        var failed = _rules.Build("all.proj", "-m");
        Assert.True(failed.ExitCode == 1, failed.ToString());
        Assert.Contains($"{_rules.Repository.PathOf("south/rules/rule.yml")}(11,7): error MRL3001", failed.Output, StringComparison.Ordinal);
        Assert.Contains("Actor of north: deployable 1/1", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_builds_of_one_project_at_once_both_pass()
    {
        var builds = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => _rules.Build(Rules))));
        Assert.All(builds, build => Assert.True(build.ExitCode == 0, build.ToString()));
    }

    [Fact]
    public void A_node_that_stays_sees_what_changed()
    {
        List<int> nodes = [];
        try
        {
            Assert.Equal(0, Build().ExitCode);
            Assert.Contains(RulesRepository.NothingChanged, Build().Output, StringComparison.Ordinal);
            _rules.Break();
            Assert.Equal(1, Build().ExitCode);
            _rules.Mend();
            Assert.Equal(0, Build().ExitCode);
            // Otherwise the builds proved nothing.
            Assert.Single(nodes.Distinct());
        }
        finally
        {
            foreach (var node in nodes.Distinct())
                NodeReuseTests.End(node);
        }

        Ended Build()
        {
            var ended = _rules.Dotnet(
                ["build", Rules, "-v:d"],
                ("MSBUILDDISABLENODEREUSE", "0"), ("MSBUILDNOINPROCNODE", "1"), ("MSBUILDENABLEALLPROPERTYFUNCTIONS", "1"),
                ("MSBUILDNODEHANDSHAKESALT", _rules.Repository.Root), ("MSBUILDNODECONNECTIONTIMEOUT", "10000"));
            nodes.Add(int.Parse(Regex.Match(ended.Output, @"node (\d+)").Groups[1].Value, CultureInfo.InvariantCulture));
            return ended;
        }
    }

    // Those of other systems are BadImageFormat to this one: what Merlon.Tasks.props chooses is of weight.
    [Fact]
    public void The_assemblies_for_all_other_systems_run()
    {
        _rules.Passes(Rules);
        var folder = Path.Combine(_packages.Unpacked, "merlon.tasks", Packages.Version.ToLowerInvariant(), "tasks", "net10.0", "any");
        Assert.True(File.Exists(Path.Combine(folder, "Merlon.Tasks.dll")), folder);
        Directory.Delete(_rules.Repository.PathOf("rules/obj"), recursive: true);
        _rules.Passes(Rules, $"-p:MerlonTasksFolder={folder}/");
        _rules.Break();
        _rules.Fails(Rules, $"-p:MerlonTasksFolder={folder}/");
    }

    [Fact]
    public void The_folder_of_this_system_is_the_one_that_runs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier == "linux-x64", "what others choose is not tried here");
        Assert.Contains("tasks/net10.0/linux-x64/Merlon.Tasks.dll", _rules.Passes(Rules, "-v:d").Replace("build/../", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string Plain(string text) => Regex.Replace(text, @"\e\][^\a\e]*(?:\a|\e\\)|\e\[[0-9;?]*[A-Za-z]", "");
}
