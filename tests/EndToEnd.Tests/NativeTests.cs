using System.Text.RegularExpressions;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>
/// The native tool says and writes what the same tool says and writes in .NET, byte for byte. Ahead of time, calls into libgit2 that return
/// text may return null or end the process, and what reflection would have found may be missing.
/// </summary>
public sealed partial class NativeTests(Packages packages, NativeScene scene) : IClassFixture<NativeScene>
{
    public static TheoryData<string> Commands { get; } =
    [
        "--version", "--help", "help check", "layer --help", "completion bash",
        "check", "check --format json", "check --format sarif", "check --format github", "check --all", "check --base v1",
        "check --preset strict", "check --git-backend program", "check --git-backend libgit2 -o out/check.txt", "check --config broken/merlon.yml", "check --nothing", "check @merlon.yml",
        "lint", "lint broken/rules", "lint broken/rules --format json", "lint broken/rules --format sarif",
        "lint --preset strict --format json", "lint --fix --unsafe-fixes rules broken/rules", "lint --diff rules broken/rules --unsafe-fixes", "lint --check", "lint --write-baseline lint.tsv broken/rules",
        "parse rules", "parse broken/rules",
        "gate", "gate --base v1", "gate --base v1 --format json", "gate --base v1 --format markdown", "gate --base v1 --accept-policy",
        "gate --base v1 --git-backend program --format json", "gate --base no-such", "gate --base v1 --write-baseline",
        "diff v1..HEAD", "diff v1..HEAD --format json", "diff v1...main --format markdown", "diff v1", "diff no-such..HEAD",
        "test", "test --format json", "test rules --git-backend",
        "trend --format json", "trend --format svg -o out/trend.svg",
        "assess", "assess --format markdown", "assess --format json --since v1", "assess --format html -o out/assess.html",
        "coverage", "coverage --format json", "coverage --actor FIN7,APT38 rules", "gaps --format json",
        "why T1059.001", "why T1003.001 --format json", "why T9999", "plan --format json",
        "layer coverage", "layer evidence", "layer actor FIN7", "layer overlay", "layer gap FIN7", "layer delta v1..HEAD", "layer --all -o out/layers", "report -o out/report", "report -o out/report --base v1",
        "actor list --format json", "actor show FIN7 --format json", "actor import G0046", "actor import layer.json", "actor suggest --sector financial --cluster cluster.json",
        "attack list --format json", "attack show G0046", "attack show T1059.001 --format json", "attack diff 18.1 19.1", "attack diff 18.1 19.1 --format json", "attack import bundle.json -o out/table.tsv --release 1.0",
        "attack update",
        "emulate plan --atomics atomics", "emulate plan --atomics atomics -o out/plan", "emulate import log.csv --alerts alerts.jsonl -o validation/records.yml",
        "rules list --format json", "rules list savedsearches.conf --as splunk-conf", "rules list elastic.toml --as elastic-toml", "rules list export.json --as splunk-rest --format json",
        "rules import export.json --as splunk-rest -o out/inventory.json", "drift --format json", "explain MRL2104", "explain MRL0000", "init --from sigma_cli_conf.yml -o out/merlon.yml",
    ];

    [Theory, MemberData(nameof(Commands))]
    public void A_command_leaves_the_same(string command)
    {
        _ = packages.Native;
        string[] arguments = [.. command.Split(' ')];
        // The day is asked for, not read from a clock that may move between the two.
        if (TakesDate(arguments))
            arguments = [.. arguments, "--date", RulesRepository.Day];
        var expected = scene.Run("dotnet", [packages.Managed], arguments);
        Assert.DoesNotContain("this is a bug in Merlon", expected, StringComparison.Ordinal);
        Assert.Equal(expected, scene.Run(packages.Native, [], arguments));
    }

    [Fact]
    public void No_command_is_left_out()
    {
        foreach (var command in Leaves([]))
            Assert.Contains(Commands, row => row.Data.StartsWith(command, StringComparison.Ordinal));
    }

    private IEnumerable<string> Leaves(string[] command)
    {
        var help = Help(command);
        var commands = Subcommands().Match(help).Groups[1].Captures.Select(capture => capture.Value).ToArray();
        return commands.Length == 0 ? [string.Join(' ', command)] : commands.SelectMany(name => Leaves([.. command, name]));
    }

    private bool TakesDate(string[] arguments) =>
        !arguments.Contains("--help") && Help([.. arguments.TakeWhile(word => !word.StartsWith('-')).Take(arguments[0] is "layer" or "actor" or "attack" or "emulate" or "rules" ? 2 : 1)]).Contains(" --date ", StringComparison.Ordinal);

    private string Help(string[] command) => Program.Run(Path.GetTempPath(), packages.Native, [.. command, "--help"]).Output;

    [GeneratedRegex(@"^Commands:\n(?:  (\S+)[^\n]*\n(?:   [^\n]*\n)*)+", RegexOptions.Multiline)]
    private static partial Regex Subcommands();
}
