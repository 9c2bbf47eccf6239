using Xunit;

namespace Merlon.EndToEnd.Tests;

public sealed class EmulatePlanTests : IDisposable
{
    private const string Atomic = """
        attack_technique: T1059.001
        display_name: PowerShell
        atomic_tests:
        - name: Encoded command
          auto_generated_guid: 6f3c1b1e-0c6c-4f6e-9a54-000000000001
          description: Starts PowerShell with an encoded command.
          supported_platforms: [windows]
          executor:
            name: powershell
            command: powershell -EncodedCommand VwByAGkAdABlAA==
        - name: Without an id
          description: Cannot be planned.
          supported_platforms: [windows]
          executor:
            name: powershell
            command: Write-Host
        """;

    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_plan_is_written_into_a_folder_and_says_what_it_lacks()
    {
        _repository.Write("atomics/T1059.001/T1059.001.yaml", Atomic);
        var ended = _repository.Cli("emulate", "plan", "--atomics", "atomics", "-o", "exercise", "--date", RulesRepository.Day);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal("", ended.Output);
        Assert.Equal("atomics/T1059.001/T1059.001.yaml(11,9): warning MRL6061: 'Without an id' has no GUID, by which tests are run and results are matched, so it is left out\n", ended.Error.ReplaceLineEndings("\n"));
        Assert.Equal(["plan.json", "plan.md", "plan.ps1", "schedule.csv"], Directory.EnumerateFiles(_repository.PathOf("exercise")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("@{ Technique = 'T1059.001'; Guid = '6f3c1b1e-0c6c-4f6e-9a54-000000000001'; Name = 'Encoded command' }\n", File.ReadAllText(_repository.PathOf("exercise/plan.ps1")), StringComparison.Ordinal);
        Assert.EndsWith("  - T1003.001 LSASS Memory: no test\n1 test for 1 of 2 techniques in scope\n", _repository.Cli("emulate", "plan", "--atomics", "atomics").Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("emulate plan", "name a library of tests")]
    [InlineData("emulate plan --atomics none", "'none' does not exist")]
    [InlineData("emulate plan --atomics rules", "MRL6060")]
    [InlineData("emulate plan --atomics rules --gaps --claimed", "exclude each other")]
    [InlineData("emulate plan --atomics rules -o merlon.yml", "'merlon.yml' is a file")]
    [InlineData("emulate plan --atomics rules --max-per-technique 0", "'0' is not a number from 1")]
    public void What_cannot_be_done_is_2_and_says_why(string arguments, string reason)
    {
        var ended = _repository.Cli(arguments.Split(' '));
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(reason, ended.Error + ended.Output, StringComparison.Ordinal);
    }
}
