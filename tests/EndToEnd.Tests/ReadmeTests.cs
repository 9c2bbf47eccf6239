using System.Text.RegularExpressions;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>The commands of the README, as they stand there.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public static TheoryData<string> Commands =>
        [.. Command().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "README.md"))).Select(match => match.Groups[1].Value).Distinct()];

    public void Dispose() => _repository.Dispose();

    [Theory, MemberData(nameof(Commands))]
    public void A_command_of_the_table_works(string command)
    {
        _repository.Commit();
        _repository.Write("bundle.json", """
            {"type":"bundle","id":"bundle--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a01","objects":[
              {"type":"x-mitre-collection","id":"x-mitre-collection--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a02","name":"Test","x_mitre_version":"1.0","modified":"2026-01-01T00:00:00.000Z","x_mitre_contents":[]},
              {"type":"x-mitre-matrix","id":"x-mitre-matrix--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a03","name":"Test","external_references":[{"source_name":"mitre-attack","external_id":"enterprise-attack"}],"tactic_refs":["x-mitre-tactic--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a04"],"x_mitre_domains":["enterprise-attack"]},
              {"type":"x-mitre-tactic","id":"x-mitre-tactic--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a04","name":"Execution","x_mitre_shortname":"execution","external_references":[{"source_name":"mitre-attack","external_id":"TA0002"}],"x_mitre_domains":["enterprise-attack"]},
              {"type":"attack-pattern","id":"attack-pattern--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a05","name":"Test","external_references":[{"source_name":"mitre-attack","external_id":"T1059"}],"kill_chain_phases":[{"kill_chain_name":"mitre-attack","phase_name":"execution"}],"x_mitre_platforms":["Windows"],"x_mitre_domains":["enterprise-attack"]}
            ]}
            """);
        _repository.Write("sigma_cli_conf.yml", "validators: [all, -attacktag]");
        _repository.Write("cluster.json", """{"name":"Groups","values":[{"value":"FIN7","uuid":"5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a06","meta":{"target_categories":["Financial Services"]}}]}""");
        _repository.Write("atomics/T1059.001/T1059.001.yaml", """
            attack_technique: T1059.001
            display_name: A shell
            atomic_tests:
              - name: Encoded command
                auto_generated_guid: 5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a07
                description: A command that is encoded.
                supported_platforms: [windows]
                executor: { name: powershell, command: whoami }
            """);
        _repository.Write("log.csv", "Execution Time (UTC),Execution Time (Local),Technique,Test Number,Test Name,Hostname,Username,GUID\n2026-11-20T10:00:00Z,2026-11-20T11:00:00Z,T1059.001,1,Encoded command,host-a,user,5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a07\n");
        _repository.Write("alerts.jsonl", """{"time":"2026-11-20T10:01:00Z","rule":"7a1ff0a5","host":"host-a"}""");
        _repository.Write("export.json", """{"entry":[{"name":"Encoded command","content":{"disabled":false,"is_scheduled":true,"action.correlationsearch.enabled":"1","action.correlationsearch.annotations":"{\"mitre_attack\":[\"T1059.001\"]}"}}],"paging":{"total":1}}""");
        if (command == "merlon drift")
            _repository.Write("merlon.yml", $"{_repository.Read("merlon.yml")}\nrules: [rules/**/*.yml, {{ path: export.json, format: splunk-rest, deploys: sigma }}]\n");
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(word => word switch
        {
            "[PATH...]" or "PATH" => "rules",
            "TECHNIQUE" => "T1059.001",
            "[RANGE]" => "HEAD",
            "A" => "FIN7",
            "ID" => "G0046",
            "BUNDLE" => "bundle.json",
            "SOURCE" => "G0046",
            "S" => "financial",
            "CLUSTER" => "cluster.json",
            "CONFIG" => "sigma_cli_conf.yml",
            "ATOMICS" => "atomics",
            "LOG" => "log.csv",
            "EXPORT" => "export.json",
            "ALERTS" => "alerts.jsonl",
            "FILE" or "FOLDER" => "out.tsv",
            _ => word,
        });
        var ended = _repository.Cli([.. words]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(words.Contains("-o"), Path.Exists(_repository.PathOf("out.tsv")));
    }

    public static TheoryData<string> CommandsOfLint =>
        [.. InText().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "lint.md"))).Select(match => match.Groups[1].Value).Distinct()];

    [Theory, MemberData(nameof(CommandsOfLint))]
    public void A_command_of_the_page_on_checks_works(string command)
    {
        _repository.Write("sigma_cli_conf.yml", "validators: [all]");
        string[] words = [.. command.Split(' ').Skip(1)];
        if (words.Contains("--write-baseline"))
            _repository.Write("merlon.yml", "lint: { baseline: lint-baseline.tsv }");
        // It refuses to overwrite.
        if (words is ["init", "--from", ..])
            File.Delete(_repository.PathOf("merlon.yml"));
        var ended = _repository.Cli(words);
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    public static TheoryData<string> CommandsOfLayers =>
        [.. InText().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "layers.md"))).Select(match => match.Groups[1].Value).Where(command => command.StartsWith("merlon layer ", StringComparison.Ordinal)).Distinct()];

    [Theory, MemberData(nameof(CommandsOfLayers))]
    public void A_command_of_the_page_on_layers_works(string command)
    {
        CommitTwice();
        var ended = _repository.Cli([.. command.Split(' ').Skip(1)]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(command.Contains("--all", StringComparison.Ordinal), Directory.Exists(_repository.PathOf("layers")));
        Assert.Equal(ended.Output.StartsWith('{'), !command.Contains("--all", StringComparison.Ordinal));
    }

    public static TheoryData<string> CommandsOfGate =>
        [.. InText().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "gate.md"))).Select(match => match.Groups[1].Value).Distinct()];

    [Theory, MemberData(nameof(CommandsOfGate))]
    public void A_command_of_the_page_on_the_gate_works(string command)
    {
        _repository.Write("merlon.yml", "gate: { targets: { default: 50 }, baseline: coverage.baseline.json }");
        CommitTwice();
        var ended = _repository.Run("dotnet", [Checkout.Cli, .. command.Split(' ').Skip(1)], ("GITHUB_STEP_SUMMARY", _repository.PathOf(".git/summary.md")));
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.DoesNotContain("MRL5005", ended.Output, StringComparison.Ordinal);
        Assert.Equal(command.Contains("--step-summary", StringComparison.Ordinal), File.Exists(_repository.PathOf(".git/summary.md")));
        Assert.Equal(command.Contains("--write-baseline", StringComparison.Ordinal), File.Exists(_repository.PathOf("coverage.baseline.json")));
    }

    public static TheoryData<string> CommandsOfAssess =>
        [.. InText().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "assess.md"))).Select(match => match.Groups[1].Value).Distinct()];

    [Theory, MemberData(nameof(CommandsOfAssess))]
    public void A_command_of_the_page_on_assessments_works(string command)
    {
        CommitTwice();
        _repository.Git("tag", "v1.2", "HEAD~1");
        var ended = _repository.Cli([.. command.Split(' ').Skip(1)]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(command.Contains("-o ", StringComparison.Ordinal), File.Exists(_repository.PathOf("assessment.html")));
    }

    public static TheoryData<string> Fetches =>
        [.. Fetch().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "gate.md"))).Select(match => match.Groups[1].Value).Distinct()];

    [Theory, MemberData(nameof(Fetches))]
    public void A_command_of_the_page_on_the_gate_brings_what_a_shallow_clone_lacks(string command)
    {
        CommitTwice();
        _repository.Git("config", "uploadpack.allowAnySHA1InWant", "true");
        _repository.Git("clone", "--quiet", "--depth=1", new Uri(_repository.Root).AbsoluteUri, ".git/clone");
        var shallow = Gate();
        Assert.True(shallow.ExitCode == 1 && shallow.Output.Contains("MRL5005", StringComparison.Ordinal), shallow.ToString());
        _repository.Git(["-C", ".git/clone", .. command.Replace("COMMIT", _repository.Git("rev-parse", "HEAD"), StringComparison.Ordinal).Split(' ').Skip(1)]);
        var whole = Gate();
        Assert.True(whole.ExitCode == 0, whole.ToString());

        Ended Gate() => Program.Run(_repository.PathOf(".git/clone"), "dotnet", [Checkout.Cli, "gate"], ("CI", "true"));
    }

    [Fact]
    public void The_quick_start_gives_what_the_page_says_word_for_word()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "its lines are for a shell");
        var blocks = QuickStart().Match(File.ReadAllText(Path.Combine(Checkout.Root, "README.md")).ReplaceLineEndings("\n"));
        var (lines, expected) = (blocks.Groups["lines"].Value, blocks.Groups["output"].Value);
        Assert.StartsWith(Install, lines, StringComparison.Ordinal);
        using TemporaryHome home = new(installs: true);
        if (home.Packages is not null && Packages.Version.Contains('-', StringComparison.Ordinal))
        {
            TestContext.Current.AddWarning($"{Packages.Version} is no release, so that installing it takes an option more");
            lines = lines.Replace(Install, $"{Install.TrimEnd()} --prerelease\n", StringComparison.Ordinal);
        }
        if (home.Packages is null)
        {
            TestContext.Current.AddWarning("MERLON_PACKAGES names no folder of packages: the tool is not installed, and the one that was built stands in for it");
            lines = lines[Install.Length..];
        }
        var ended = home.Bash($"set -e\n{lines}");
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.EndsWith(expected, ended.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(home.PathOf("detections/.github/workflows/merlon.yml")), ended.ToString());
    }

    private const string Install = "dotnet tool install --global Merlon\n";

    private void CommitTwice()
    {
        _repository.Commit();
        _repository.Write("rules/other.yml", File.ReadAllText(_repository.PathOf(RulesRepository.Rule)).Replace("7a1ff0a5", "7a1ff0a6", StringComparison.Ordinal));
        _repository.Commit();
    }

    [GeneratedRegex(@"^## Quick start\n.*?^```sh\n(?<lines>.*?)^```\n.*?^```text\n(?<output>.*?)^```\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex QuickStart();

    [GeneratedRegex(@"`(git fetch [^`]+)`")]
    private static partial Regex Fetch();

    [GeneratedRegex(@"`(merlon [^`]+)`")]
    private static partial Regex InText();

    [GeneratedRegex(@"^\| `(merlon [^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Command();
}
