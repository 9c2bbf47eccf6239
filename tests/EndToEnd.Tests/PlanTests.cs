using System.Text.RegularExpressions;
using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

public sealed partial class PlanTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public static TheoryData<string> Commands =>
        [.. Command().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs/plan.md"))).Select(match => match.Value)];

    public void Dispose() => _repository.Dispose();

    [Theory, MemberData(nameof(Commands))]
    public void A_command_of_the_page_works(string command)
    {
        _repository.Commit();
        AssertExit(0, [.. command.Split(' ').Skip(1)]);
    }

    [Fact]
    public void A_plan_is_written_filled_in_and_written_again()
    {
        AssertExit(0, "plan", "-o", "plan.yml", "--target", "100", "--date", Day);
        var first = _repository.Read("plan.yml");
        Assert.Contains("  priority_1_gaps:\n    - technique: T1003.001\n", first, StringComparison.Ordinal);
        _repository.Replace("plan.yml", "      owner:\n", "      owner: Ada\n");
        AssertExit(0, "plan", "-o", "plan.yml", "--target", "100", "--date", Day);
        Assert.Equal(first.Replace("      owner:\n", "      owner: Ada\n", StringComparison.Ordinal), _repository.Read("plan.yml"));
        _repository.Replace("plan.yml", "threat_model_remediation_plan", "notes");
        Assert.Contains("MRL8201", AssertExit(2, "plan", "-o", "plan.yml").Error, StringComparison.Ordinal);
        Assert.Contains("owner: Ada", _repository.Read("plan.yml"), StringComparison.Ordinal);
        AssertExit(2, "plan", "--library", "no-such-folder");
        AssertExit(2, "plan", "--target", "101");
    }

    [Fact]
    public void A_gap_names_the_emulation_tests_that_would_prove_a_rule()
    {
        _repository.Write("atomics/T1003.001/T1003.001.yaml", """
            attack_technique: T1003.001
            display_name: A process
            atomic_tests:
              - name: Memory read
                auto_generated_guid: 5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a07
                description: A process whose memory is read.
                supported_platforms: [windows]
                executor: { name: powershell, command: whoami }
            """);
        Assert.DoesNotContain("5b7f2c8e", AssertExit(0, "plan", "--target", "100", "--date", Day).Output, StringComparison.Ordinal);
        Assert.Contains("5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a07", AssertExit(0, "plan", "--target", "100", "--date", Day, "--atomics", "atomics").Output, StringComparison.Ordinal);
        AssertExit(2, "plan", "--atomics", "no-such-folder");
    }

    private Ended AssertExit(int exitCode, params string[] arguments)
    {
        var ended = _repository.Cli(arguments);
        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        return ended;
    }

    [GeneratedRegex("^merlon .*$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
