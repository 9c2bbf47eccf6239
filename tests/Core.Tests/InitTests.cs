using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Programs.Init;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What beginning finds and writes. Whatever it writes is checked, and must be usable.</summary>
public sealed class InitTests : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Rules_in_any_folder_are_found_and_the_first_check_passes()
    {
        _repository.Write("detections/windows/a.yml", Rule("a"));
        _repository.Write("detections/linux/b.yml", Rule("b", "t1105", "command-and-control", "linux"));
        AssertWritten(Begin());
        Assert.Equal(["detections/**/*.yml"], Patterns());
        Assert.Equal(["merlon.yml", "actors", "detections.proj", ".gitignore", ".config", ".github"], Begun().Select(file => file.Path.Split('/')[0]));
    }

    [Fact]
    public void Several_folders_of_rules_are_several_patterns_and_those_of_retired_rules_are_left_out()
    {
        _repository.Write("rules/a.yml", Rule("a"));
        _repository.Write("rules-emerging-threats/b.yaml", Rule("b"));
        _repository.Write("deprecated/c.yml", Rule("c").Replace("status: test", "status: deprecated", StringComparison.Ordinal));
        AssertWritten(Begin());
        Assert.Equal(["rules/**/*.yml", "rules-emerging-threats/**/*.yaml"], Patterns());
        Assert.Contains("# left out, as nothing in it counts: deprecated/**/*.yml, 1 retired rule", Read("merlon.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_yaml_among_rules_is_left_out_and_a_broken_rule_is_not()
    {
        _repository.Write("content/rules/a.yml", Rule("a"));
        _repository.Write("content/rules/settings.yml", "colour: red\n");
        _repository.Write("content/rules/charts/values.yml", "replicas: 2\n");
        _repository.Write("content/rules/broken.yml", "title: x\nlogsource: {product: windows\ndetection:\n");
        _repository.Write("content/pipelines/p.yml", "steps: []\n");
        _repository.Write("docker-compose.yml", "services: {}\n");
        var plan = Begin();
        Assert.Equal(["content/rules/**/*.yml", "!content/rules/settings.yml", "!content/rules/charts/**"], Patterns());
        InitRun.Write(plan);
        Assert.Contains(Check().Diagnostics, diagnostic => diagnostic.Span.Path == "content/rules/broken.yml" && diagnostic.Severity == Severity.Error);
        Assert.DoesNotContain(Check().Diagnostics, diagnostic => diagnostic.Span.Path.EndsWith("settings.yml", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_in_the_folder_itself_are_told_from_what_lies_and_will_lie_beside_them()
    {
        _repository.Write("a.yml", Rule("a"));
        _repository.Write("mkdocs.yml", "site_name: x\n");
        AssertWritten(Begin(pipeline: "azure"));
        Assert.Equal(["*.yml", "!azure-pipelines.yml", "!merlon.yml", "!mkdocs.yml"], Patterns());
    }

    [Fact]
    public void What_git_ignores_and_what_tools_keep_is_not_looked_at()
    {
        _repository.Write(".gitignore", "vendor/\nobj/\n");
        _repository.Write("rules/a.yml", Rule("a"));
        _repository.Write("vendor/b.yml", Rule("b"));
        _repository.Write("node_modules/x/c.yml", Rule("c"));
        _repository.Write(".cache/d.yml", Rule("d"));
        _repository.Commit();
        var plan = Begin();
        AssertWritten(plan);
        Assert.Equal(["rules/**/*.yml"], Patterns());
        Assert.Null(plan.Files.Single(file => file.Path == ".gitignore").Remark);
    }

    [Theory]
    [InlineData("Регеле und Regeln")]
    [InlineData("it's \"quoted\" #1: yes")]
    [InlineData("!bang")]
    [InlineData("- item")]
    [InlineData("a:b")]
    [InlineData("line\nbreak")]
    [InlineData("back\\slash")]
    [InlineData("${{ secrets }} $(touch x)")]
    public void A_folder_of_any_name_is_written_so_that_it_is_read_again(string folder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "names that Windows refuses");
        _repository.Write($"{folder}/a.yml", Rule("a"));
        AssertWritten(Begin());
        Assert.Equal(1, Check().Snapshot!.Rules.Rules.Count(rule => rule.Defect is null)); // usable
    }

    [Fact]
    public void Rules_of_other_products_get_their_format()
    {
        _repository.Write("sigma/a.yml", Rule("a"));
        _repository.Write("elastic/x.toml", """
            [metadata]
            creation_date = "2026/01/01"
            maturity = "production"
            [rule]
            name = "X"
            rule_id = "5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a01"
            type = "eql"
            language = "eql"
            query = "process where true"
            severity = "high"
            risk_score = 70
            description = "d"
            """);
        _repository.Write("apps/one/default/savedsearches.conf", "[X]\nsearch = index=main\naction.correlationsearch.enabled = 1\n");
        _repository.Write("pyproject.toml", "[project]\nname = 'x'\n");
        AssertWritten(Begin());
        Assert.Equal(["sigma/**/*.yml", "elastic/**/*.toml", "apps/**/savedsearches.conf"], Patterns());
        Assert.Contains("  - { path: elastic/**/*.toml, format: elastic-toml } # 1 rule\n", Read("merlon.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_release_is_the_one_that_knows_most_of_the_tags()
    {
        _repository.Write("rules/a.yml", Rule("a", "t1562.001", "defense-evasion"));
        AssertWritten(Begin());
        Assert.Contains("# ATT&CK tags that a release knows, of 2: 0 in 19.1, 2 in 18.1, 2 in 16.1.\nattack: { release: \"18.1\" }\n", Read("merlon.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Statuses_that_most_rules_have_may_count()
    {
        _repository.Write("rules/a.yml", Rule("a").Replace("status: test\n", "", StringComparison.Ordinal).Replace("level: high\n", "", StringComparison.Ordinal));
        _repository.Write("rules/b.yml", Rule("b").Replace("status: test", "status: experimental", StringComparison.Ordinal).Replace("level: high\n", "", StringComparison.Ordinal));
        AssertWritten(Begin());
        Assert.Contains("  status: [stable, test, experimental, none] #", Read("merlon.yml"), StringComparison.Ordinal);
        Assert.Contains("  sigmaLevel: none #", Read("merlon.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Todays_coverage_is_the_floor_and_a_lost_technique_fails()
    {
        _repository.Write("rules/a.yml", Rule("a"));
        _repository.Write("rules/b.yml", Rule("b", "t1105", "command-and-control"));
        AssertWritten(Begin(actors: ["FIN7"]));
        Assert.Contains("  targets: { default: 3 } # percent of each actor; today's 2/56. Raise it\n", Read("merlon.yml"), StringComparison.Ordinal);
        _repository.Commit();
        File.Delete(_repository.PathOf("rules/b.yml"));
        Assert.Contains(Check(new BaseRequest()).Reported, diagnostic => diagnostic is { Info.Id: "MRL5002", Severity: Severity.Error });
    }

    [Fact]
    public void Actors_are_asked_for_by_name_and_an_unknown_one_is_an_error()
    {
        _repository.Write("rules/a.yml", Rule("a"));
        AssertWritten(Begin(actors: ["fin7", "G0016"]));
        Assert.Equal("name: FIN7\nfrom: [G0046]\n", Read("actors/fin7.yml"));
        Assert.Equal("name: APT29\nfrom: [G0016]\n", Read("actors/apt29.yml"));
        File.Delete(_repository.PathOf("merlon.yml"));
        Assert.Contains("did you mean 'FIN7'?", Assert.Single(Begin(actors: ["FIN77"]).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Profiles_that_are_there_are_used_wherever_they_lie()
    {
        _repository.Write("rules/a.yml", Rule("a"));
        _repository.Write("threats/ours.yml", "name: Ours\ntechniques: [T1059.001]\n");
        AssertWritten(Begin());
        Assert.Contains("actors: [threats/*.yml]\n", Read("merlon.yml"), StringComparison.Ordinal);
        Assert.Contains("targets: { default: 100 }", Read("merlon.yml"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_repository.PathOf("actors")));
    }

    [Fact]
    public void A_configuration_of_sigma_cli_gives_its_checks_and_exclusions()
    {
        _repository.Write("rules/a.yml", Rule("a"));
        _repository.Write("tests/conf.yml", "validators: [all, -filename_length]\nexclusions:\n  5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a01: [number_as_string]\n");
        var plan = Begin(hasBaseline: true);
        InitRun.Write(plan);
        Assert.Contains("lint:\n  baseline: lint-baseline.tsv", Read("merlon.yml"), StringComparison.Ordinal);
        Assert.Contains("  preset: sigmahq\n", Read("merlon.yml"), StringComparison.Ordinal);
        Assert.Contains("      - 5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a01\n", Read("merlon.yml"), StringComparison.Ordinal);
        File.WriteAllText(_repository.PathOf("lint-baseline.tsv"), LintRun.Run(_repository.Request() with { WriteBaseline = true }).Baseline!.Text);
        Assert.False(Check().HasErrors);
    }

    [Fact]
    public void A_second_run_writes_nothing()
    {
        _repository.Write("rules/a.yml", Rule("a"));
        AssertWritten(Begin());
        var again = Begin();
        Assert.False(again.Writes);
        Assert.Contains("nothing to write: all is there\n", InitText.Write(again, shows: false), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_stays_and_what_is_missing_is_added()
    {
        _repository.Write("rules/a.yml", Rule("a"));
        const string ours = "name: ours # mine\n";
        _repository.Write("merlon.yml", ours);
        _repository.Write(".github/workflows/merlon.yml", "name: other\n");
        _repository.Write(".gitignore", "bin/\n");
        var plan = Begin();
        AssertWritten(plan);
        Assert.Equal(ours, Read("merlon.yml"));
        Assert.Equal("name: other\n", Read(".github/workflows/merlon.yml"));
        Assert.StartsWith("add the line obj/", plan.Files.Single(file => file.Path == ".gitignore").Remark, StringComparison.Ordinal);
        Assert.True(File.Exists(_repository.PathOf("detections.proj")));
        InitRun.Write(Begin(overwrites: true));
        Assert.NotEqual(ours, Read("merlon.yml"));
    }

    [Theory]
    [InlineData("{\n  \"version\": 1, // ours\n  \"isRoot\": true,\n  \"tools\": {\n    \"x\": { \"version\": \"1.0\", \"commands\": [\"x\"] }\n  }\n}\n", "{\n  \"version\": 1, // ours\n  \"isRoot\": true,\n  \"tools\": {\n    \"merlon\": { \"version\": \"1.2.3\", \"commands\": [\"merlon\"] },\n    \"x\": { \"version\": \"1.0\", \"commands\": [\"x\"] }\n  }\n}\n")]
    [InlineData("{\"version\":1,\"tools\":{ },\"z\":{\"tools\":{}}}", "{\"version\":1,\"tools\":{\n    \"merlon\": { \"version\": \"1.2.3\", \"commands\": [\"merlon\"] }\n  },\"z\":{\"tools\":{}}}")]
    [InlineData("{\"tools\":{\"Merlon\":{\"version\":\"9.9\"}}}", "{\"tools\":{\"Merlon\":{\"version\":\"9.9\"}}}")]
    [InlineData("{\"tools\":[]}", null)]
    [InlineData("{\"tools\":{", null)]
    [InlineData("", null)]
    public void A_manifest_of_tools_keeps_all_that_is_in_it(string before, string? after) =>
        Assert.Equal(after, ToolManifest.With("1.2.3", System.Text.Encoding.UTF8.GetBytes(before)));

    [Fact]
    public void A_manifest_with_half_of_a_surrogate_pair_is_none() =>
        Assert.Null(ToolManifest.With("1.2.3", "{\"version\":1,\"tools\":{\"\\ud800\":{}}}"u8.ToArray()));

    [Fact]
    public void A_folder_without_rules_is_refused_unless_an_example_is_wanted()
    {
        _repository.Write("README.md", "x");
        Assert.Contains("give --example to begin with one", Begin().Refusal, StringComparison.Ordinal);
        AssertWritten(Begin(hasExample: true));
        Assert.Single(Check().Snapshot!.Rules.Rules); // usable
    }

    [Fact]
    public void A_folder_of_another_program_is_refused()
    {
        _repository.Write("merlon.yml", "name: above\n");
        _repository.Write("rules/a.yml", Rule("a"));
        Assert.Contains("belongs to the program of", Begin("rules").Refusal, StringComparison.Ordinal);
        Assert.True(Begin("rules", overwrites: true).IsUsable);
    }

    [Fact]
    public void A_program_in_a_folder_has_its_manifest_and_pipeline_at_the_root()
    {
        _repository.Write("teams/blue/sigma/a.yml", Rule("a"));
        InitRun.Write(Begin("teams/blue"));
        Assert.Contains("  - sigma/**/*.yml # 1 rule\n", Read("teams/blue/merlon.yml"), StringComparison.Ordinal);
        Assert.True(File.Exists(_repository.PathOf(".config/dotnet-tools.json")) && File.Exists(_repository.PathOf(".github/workflows/merlon.yml")) && File.Exists(_repository.PathOf("teams/blue/detections.proj")));
    }

    [Fact]
    public void No_project_is_written_beside_another_one()
    {
        _repository.Write("rules/a.yml", Rule("a"));
        _repository.Write("site.csproj", "<Project />");
        var plan = Begin();
        Assert.DoesNotContain(plan.Files, file => file.Path == "detections.proj");
        Assert.Contains(plan.Notes, note => note.Contains("<PackageReference Include=\"Merlon.Tasks\" Version=\"1.2.3\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://github.com/a/b.git", ".github/workflows/merlon.yml")]
    [InlineData("git@gitlab.example.org:a/b.git", ".gitlab-ci.yml")]
    [InlineData("ssh://git@gitlab.com:22/a/b", ".gitlab-ci.yml")]
    [InlineData("https://org@dev.azure.com/org/p/_git/r", "azure-pipelines.yml")]
    [InlineData("/srv/github.com/r", ".github/workflows/merlon.yml")]
    public void The_remote_says_which_pipeline_is_meant(string url, string file)
    {
        _repository.Write("rules/a.yml", Rule("a"));
        _repository.Write(".git/config", $"[core]\n\tbare = false\n[remote \"origin\"]\n\turl = {url}\n");
        _repository.Write(".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/release/next\n");
        var written = Begin().Files.Last();
        Assert.Equal(file, written.Path);
        Assert.Equal(!file.Contains("gitlab", StringComparison.Ordinal), written.Text.Contains("[release/next]", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pipeline_that_is_there_is_not_touched()
    {
        _repository.Write("rules/a.yml", Rule("a"));
        _repository.Write(".gitlab-ci.yml", "build: { script: [make] }\n");
        var plan = Begin();
        AssertWritten(plan);
        Assert.Equal("build: { script: [make] }\n", Read(".gitlab-ci.yml"));
        Assert.Contains("include: [{ local: .gitlab/merlon.yml }]", plan.Files.Single(file => file.Path == ".gitlab-ci.yml").Remark, StringComparison.Ordinal);
        Assert.True(File.Exists(_repository.PathOf(".gitlab/merlon.yml")));
        InitRun.Write(Begin(overwrites: true));
        Assert.Equal("build: { script: [make] }\n", Read(".gitlab-ci.yml"));
    }

    [Fact]
    public void Outside_of_git_no_pipeline_is_written_and_it_says_so()
    {
        Directory.Delete(_repository.PathOf(".git"));
        _repository.Write("rules/a.yml", Rule("a"));
        var plan = Begin();
        Assert.Contains(plan.Notes, note => note.StartsWith("this is no git repository", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Files, file => file.Path.StartsWith(".github", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_written_through_a_link()
    {
        using TemporaryRepository elsewhere = new();
        _repository.Write("rules/a.yml", Rule("a"));
        Directory.CreateSymbolicLink(_repository.PathOf(".config"), elsewhere.Root);
        File.CreateSymbolicLink(_repository.PathOf("detections.proj"), elsewhere.PathOf("x"));
        InitRun.Write(Begin());
        Assert.Equal([".git"], Directory.EnumerateFileSystemEntries(elsewhere.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void SigmaHq_is_begun_with_its_own_checks()
    {
        var rules = Repository.SharedData("sigmahq");
        var plan = InitRun.Plan(Request(rules));
        Assert.Equal(["rules/**/*.yml"], plan.Layout!.Patterns.Select(pattern => pattern.Text)); // usable
        Assert.Contains("attack: { release: \"19.1\" }", plan.Files.Single(file => file.Path == "merlon.yml").Text, StringComparison.Ordinal);
        Assert.Contains("  preset: sigmahq\n", plan.Files.Single(file => file.Path == "merlon.yml").Text, StringComparison.Ordinal);
    }

    private static string Rule(string name, string technique = "t1059.001", string tactic = "execution", string product = "windows") => $$"""
        title: Rule {{name}}
        id: {{Guid.Parse("5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a00").ToString()[..^1]}}{{name[0]}}
        status: test
        description: Something that software does not do.
        references:
            - https://example.org/
        author: Merlon contributors
        date: 2026-01-01
        tags:
            - attack.{{tactic}}
            - attack.{{technique}}
        logsource:
            category: process_creation
            product: {{product}}
        detection:
            selection:
                CommandLine|contains: ' {{name}}-{{technique}} '
            condition: selection
        falsepositives:
            - Unlikely
        level: high

        """.ReplaceLineEndings("\n");

    private static InitRequest Request(string folder) => new()
    {
        Check = new() { Directory = folder, Date = TemporaryRepository.Day },
        Version = "1.2.3",
        Template = name => File.ReadAllText(Repository.PathOf(name.StartsWith("example", StringComparison.Ordinal) ? $"templates/example/{name}" : $"templates/{name}")),
    };

    private InitPlan Begin(string folder = "", string[]? actors = null, string? pipeline = null, bool hasBaseline = false, bool hasExample = false, bool overwrites = false) =>
        _last = InitRun.Plan(Request(Path.TrimEndingDirectorySeparator(_repository.PathOf(folder))) with { Actors = [.. actors ?? []], Pipeline = pipeline, HasBaseline = hasBaseline, HasExample = hasExample, Overwrites = overwrites });

    private InitPlan? _last;

    private InitFile[] Begun() => [.. _last!.Files]; // somebody has begun

    private string[] Patterns() => [.. _last!.Layout!.Patterns.Select(pattern => pattern.Text)]; // somebody has begun, and rules were found

    private void AssertWritten(InitPlan plan)
    {
        Assert.True(plan.IsUsable, plan.Refusal + string.Join('\n', plan.Errors.Select(error => error.Message)));
        InitRun.Write(plan);
        var check = Check();
        Assert.True(check.IsUsable && !check.HasErrors, TextReport.Write(check.Diagnostics));
    }

    private CheckResult Check(BaseRequest? compared = null) => Programs.Check.Run(_repository.Request() with { NeedsRules = true, Base = compared });

    private string Read(string path) => File.ReadAllText(_repository.PathOf(path));
}
