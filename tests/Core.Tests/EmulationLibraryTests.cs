using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Library;
using Xunit;

namespace Merlon.Core.Tests;

public sealed class EmulationLibraryTests
{
    private const string Guid = "6f3c1b1e-0c6c-4f6e-9a54-00000000000a";

    public static TheoryData<string, string> InvalidFiles => new()
    {
        // What models.py objects to in each file, and what else stands in it.
        { "elevation_required_but_not_provided", "11 MRL6062 uses sudo; 5 MRL6061 has no GUID" },
        { "empty_dependency_executor_name", "20 MRL6062 'dependency_executor_name' is empty; 5 MRL6061 has no GUID" },
        { "empty_input_arguments", "10 MRL6062 'input_arguments' is empty; 12 MRL6061 'gsecdump_exe' stands in a command" },
        { "extra_forbidden", "1 MRL6061 'W1003' is no technique id" },
        { "float_type", "14 MRL6062 is of type float" },
        { "int_parsing", "14 MRL6062 is of type integer" },
        { "invalid_dependency_executor_name", "20 MRL6062 without 'dependencies'; 5 MRL6061 has no GUID" },
        { "missing_input_argument", "11 MRL6061 'gsecdump_exe' stands in a command" },
        { "reused_guid", "20 MRL6063 is the id of the test" },
        { "string_pattern_mismatch", "1 MRL6061 'W1003' is no technique id" },
        { "string_too_short", "2 MRL6062 'display_name' has fewer than 5" },
        { "unused_input_argument", "15 MRL6062 'gsecdump_bin_hash' is not used" },
        { "url_parsing", "14 MRL6062 is of type url" },
    };

    [Theory, MemberData(nameof(InvalidFiles))]
    public void Each_invalid_file_of_Atomic_Red_Team_is_a_located_finding(string name, string expected)
    {
        var library = AtomicLibrary.Read(Sample($"atomic-red-team/invalid/{name}.yaml"), "a.yaml");
        foreach (var part in expected.Split("; "))
            Assert.True(library.Diagnostics.Any(finding => $"{finding.Span.Line} {finding.Info.Id}" is var place && part.StartsWith($"{place} ", StringComparison.Ordinal) && finding.Message.Contains(part[(place.Length + 1)..], StringComparison.Ordinal)),
                $"{part} is not in\n{LintRuleTests.Lines(library.Diagnostics)}");
        Assert.Equal(!library.Tests.IsEmpty, library.IsUsable);
    }

    [Fact]
    public void Real_files_of_Atomic_Red_Team_are_read_without_a_finding()
    {
        var library = AtomicLibrary.Read(Sample("atomic-red-team/atomics"), "atomics");
        Assert.Equal("", LintRuleTests.Lines(library.Diagnostics));
        var index = AtomicLibrary.Read(Sample("atomic-red-team/indexes/index.csv"), "index.csv");
        Assert.Equal("", LintRuleTests.Lines(index.Diagnostics));
        Assert.Equal(1819, index.Tests.Length);
        var techniques = library.Tests.Select(test => test.Technique).ToHashSet();
        Assert.Equal(index.Tests.Where(test => techniques.Contains(test.Technique)).Select(test => (test.Id, test.Technique, test.Name, test.Executors[0])).Order(), library.Tests.Select(test => (test.Id, test.Technique, test.Name, test.Executors[0])).Order());
        Assert.All(index.Tests, test => Assert.True(test is { Platforms: null, NeedsElevation: null, NeedsDownload: null }));
    }

    [Fact]
    public void Real_abilities_and_plans_are_read_without_a_finding()
    {
        var stockpile = StockpileLibrary.Read(Sample("caldera/stockpile"), "stockpile");
        Assert.Equal("", LintRuleTests.Lines(stockpile.Diagnostics));
        Assert.Equal(["T1003.001", "T1005", "T1074.001", "T1673"], stockpile.Tests.Select(test => test.Technique.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("True False False False", string.Join(' ', stockpile.Tests.OrderBy(test => test.Technique).Select(test => test.NeedsDownload)));
        var plan = CtidLibrary.Read(Sample("adversary-emulation-library/Fin7.yaml"), "Fin7.yaml");
        Assert.Equal("", LintRuleTests.Lines(plan.Diagnostics));
        Assert.Equal((10, 9), (plan.Tests.Length, plan.Tests.Select(test => test.Technique).Distinct().Count()));
    }

    [Fact]
    public void Indexes_of_platforms_say_where_a_test_runs()
    {
        using TemporaryRepository folder = new(
            ("atomics/Indexes/Indexes-CSV/index.csv", Index($"x,T1003,n,1,\"a, b\",{Guid},sh", $"x,T1003,n,2,only here,{Guid[..^1]}b,manual")),
            ("atomics/Indexes/Indexes-CSV/iaas_aws-index.csv", Index($"x,T1003,n,1,\"a, b\",{Guid},sh", "x,T99,n,1,a,b,sh", "x,T1003,n,1,a,b,sh", "x")),
            ("atomics/Indexes/Indexes-CSV/windows-index.csv", Index($"x,T1003,n,1,\"a, b\",{Guid},sh", $"x,T1059,n,1,other,{Guid},sh")));
        var library = AtomicLibrary.Read(folder.PathOf("atomics/Indexes"), "indexes");
        Assert.Equal(["a, b: IaaS Windows", "only here: "], library.Tests.Select(test => $"{test.Name}: {string.Join(' ', test.Platforms ?? [])}"));
        Assert.Equal("""
            indexes/Indexes-CSV/iaas_aws-index.csv:3:3: warning MRL6061: 'T99' is no technique id of the form T1003.001, so this row is left out
            indexes/Indexes-CSV/iaas_aws-index.csv:4:15: warning MRL6061: 'b' is no GUID of the form 2536dee2-12fb-459a-8c37-971844fa73be, so this row is left out
            indexes/Indexes-CSV/iaas_aws-index.csv:5:1: warning MRL6061: this row has 1 of 7 cells, so it is left out
            indexes/Indexes-CSV/windows-index.csv:3:19: warning MRL6063: 6f3c1b1e-0c6c-4f6e-9a54-00000000000a is the id of a test of T1003 and of one of T1059; the second is left out

            """.ReplaceLineEndings("\n"), LintRuleTests.Lines(library.Diagnostics.InReportOrder()));
    }

    [Theory]
    [InlineData("atomics", "index.csv", "Tactic,Technique #,Technique Name,Test #,Test Name,Test GUID,Executor Name\n", "test of Atomic Red Team: no file that was read has one")]
    [InlineData("atomics", "T1003.yaml", "", "test of Atomic Red Team: no file that was read has one")]
    [InlineData("stockpile", "a.yml", "", "ability: no file that was read has one")]
    [InlineData("ctid", "a.yml", "- emulation_plan_details: {}\n", "emulation plan: no procedure in it can be used")]
    [InlineData("ctid", "a.yml", "", "emulation plan: no YAML list with 'emulation_plan_details'")]
    public void A_file_without_tests_is_no_library(string kind, string name, string text, string none)
    {
        using TemporaryRepository folder = new((name, text));
        var library = Read(kind, folder.PathOf(name), "here");
        Assert.False(library.IsUsable);
        Assert.Equal($"'here' holds no {none}", Assert.Single(library.Diagnostics, one => one.Info.Id == "MRL6060").Message);
    }

    [Theory]
    [InlineData("atomics")]
    [InlineData("stockpile")]
    [InlineData("ctid")]
    public void A_folder_without_tests_is_no_library(string kind)
    {
        using TemporaryRepository folder = new(("readme.md", "x"), ("x/y.txt", "x"));
        var library = Read(kind, folder.Root, "here");
        Assert.False(library.IsUsable);
        Assert.Equal("MRL6060", Assert.Single(library.Diagnostics).Info.Id);
    }

    [Theory]
    [InlineData("atomics", "T1003/T1003.yaml")]
    [InlineData("stockpile", "data/abilities/x/y.yml")]
    public void A_broken_file_hides_no_other(string kind, string path)
    {
        using TemporaryRepository folder = new((path, "a: [\n"));
        var other = path.Replace("1003", "1005", StringComparison.Ordinal).Replace("y.yml", "z.yml", StringComparison.Ordinal);
        folder.Write(other, kind == "atomics"
            ? $"attack_technique: T1005\ndisplay_name: Local data\natomic_tests:\n- {{ name: a, description: b, auto_generated_guid: {Guid}, supported_platforms: [linux], executor: {{ name: sh, command: ls }} }}\n- 7\n"
            : $"- {{ id: {Guid}, name: a, technique: {{ attack_id: T1005 }}, platforms: {{ linux: {{ sh: {{ command: ls }} }} }} }}\n- {{ id: 'no id' }}\n");
        var library = Read(kind, folder.Root, "here");
        Assert.Equal(Guid, Assert.Single(library.Tests).Id);
        Assert.Equal([$"here/{path}", $"here/{other}"], library.Diagnostics.Select(finding => finding.Span.Path).Distinct());
    }

    [Fact]
    public void Links_are_not_followed_and_large_files_are_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs a privilege");
        using TemporaryRepository outside = new(("T1005/T1005.yaml", "x"), ("secret.yaml", "x"));
        using TemporaryRepository folder = new(("T1059/T1059.yaml", new string('#', (4 << 20) + 1)));
        Directory.CreateDirectory(folder.PathOf("T1003"));
        File.CreateSymbolicLink(folder.PathOf("T1003/T1003.yaml"), outside.PathOf("secret.yaml"));
        Directory.CreateSymbolicLink(folder.PathOf("T1005"), outside.PathOf("T1005"));
        var library = AtomicLibrary.Read(folder.Root, "here");
        Assert.Empty(library.Tests);
        Assert.Equal(["here/T1003/T1003.yaml MRL6067", "here/T1005 MRL6067", "here/T1059/T1059.yaml MRL6067", "here MRL6060"], library.Diagnostics.Select(finding => $"{finding.Span.Path} {finding.Info.Id}"));
    }

    [Theory]
    [InlineData("curl https://example.org/x", true)]
    [InlineData("IEX (iwr 'HTTP://10.0.0.1/x')", true)]
    [InlineData("curl http://localhost:8080/", false)]
    [InlineData("curl http://127.0.0.1/", false)]
    [InlineData("echo http", false)]
    public void An_address_in_a_command_is_a_download(string command, bool expected) => Assert.Equal(expected, TestCommands.HasAddress(command));

    private static EmulationLibrary Read(string kind, string path, string label) => kind switch
    {
        "atomics" => AtomicLibrary.Read(path, label),
        "stockpile" => StockpileLibrary.Read(path, label),
        _ => CtidLibrary.Read(path, label),
    };

    private static string Index(params string[] rows)
    {
        StringBuilder text = new("Tactic,Technique #,Technique Name,Test #,Test Name,Test GUID,Executor Name\n");
        foreach (var row in rows)
            text.Append(row).Append('\n');
        return text.ToString();
    }

    private static string Sample(string path) => Repository.SharedData($"samples/{path}");
}
