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
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(word => word switch
        {
            "[PATH...]" or "PATH" => "rules",
            "TECHNIQUE" => "T1059.001",
            "A" => "FIN7",
            "ID" => "G0046",
            "BUNDLE" => "bundle.json",
            "SOURCE" => "G0046",
            "S" => "financial",
            "CLUSTER" => "cluster.json",
            "CONFIG" => "sigma_cli_conf.yml",
            "FILE" => "out.tsv",
            _ => word,
        });
        var ended = _repository.Cli([.. words]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(words.Contains("-o"), File.Exists(_repository.PathOf("out.tsv")));
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
        if (words[0] == "init")
            File.Delete(_repository.PathOf("merlon.yml"));
        var ended = _repository.Cli(words);
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    [GeneratedRegex(@"`(merlon [^`]+)`")]
    private static partial Regex InText();

    [GeneratedRegex(@"^\| `(merlon [^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Command();
}
