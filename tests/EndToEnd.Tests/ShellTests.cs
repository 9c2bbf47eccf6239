using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>Every script of this repository, and every script in a workflow, as shellcheck sees it.</summary>
public sealed class ShellTests
{
    // SC2016: programs of awk and jq stand in single quotes.
    private static readonly string[] Options = ["--shell=bash", "--exclude=SC2016"];

    private static readonly string[] Folders = ["build", "bench"];

    public static TheoryData<string> Scripts =>
        [".ci/run", .. Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Checkout.Root, folder), "*.sh").Select(file => $"{folder}/{Path.GetFileName(file)}")).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Workflows => [.. Workflow.Names];

    [Theory, MemberData(nameof(Scripts))]
    public void A_script_has_no_finding(string path) => AssertClean([path]);

    [Theory, MemberData(nameof(Workflows))]
    public void A_script_in_a_workflow_has_no_finding(string name)
    {
        using RulesRepository temporary = new();
        foreach (var (index, script) in Workflow.Read(name).Scripts.Index())
        {
            temporary.Write($"step{index}.sh", script);
            AssertClean([temporary.PathOf($"step{index}.sh")]);
        }
    }

    [Fact]
    public void A_script_with_a_fault_has_a_finding()
    {
        using RulesRepository temporary = new();
        temporary.Write("bad.sh", "rm $1");
        var ended = Run([temporary.PathOf("bad.sh")]);
        Assert.True(ended.ExitCode == 1 && ended.Output.Contains("SC2086", StringComparison.Ordinal), ended.ToString());
    }

    private static void AssertClean(string[] files)
    {
        var ended = Run(files);
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    private static Ended Run(string[] files)
    {
        Assert.SkipUnless(Bash.Has("shellcheck"), "shellcheck is not installed");
        return Program.Run(Checkout.Root, "shellcheck", [.. Options, .. files]);
    }
}
