using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Results;
using Xunit;

namespace Merlon.Core.Tests;

public class ExecutionLogTests
{
    private static ImmutableArray<Execution> Read(string text, out List<Diagnostic> diagnostics) => Read(Encoding.UTF8.GetBytes(text), out diagnostics);

    private static ImmutableArray<Execution> Read(byte[] bytes, out List<Diagnostic> diagnostics)
    {
        diagnostics = [];
        using MemoryStream stream = new(bytes);
        return ExecutionLog.Read("log", stream, diagnostics);
    }

    private static string Lines(IEnumerable<Execution> executions) => string.Join('\n', executions.Select(one => string.Create(CultureInfo.InvariantCulture,
        $"{one.Start:HH:mm:ss}-{one.Stop:HH:mm:ss} {one.Technique} {one.Test} {one.Host} '{one.Name}'{(one.Skip is { } skip ? $" skip: {skip}" : "")}{(one.Failure is { } failure ? $" failure: {failure}" : "")}")));

    [Theory]
    [InlineData("Execution Time (UTC),Execution Time (Local),Technique,Test Number,Test Name,Hostname,Username,GUID", "{0},joe,{1}")] // 2020
    [InlineData("Execution Time (UTC),Execution Time (Local),Technique,Test Number,Test Name,Hostname,Username,GUID,ProcessId,ExitCode", "{0},joe,{1},7,0")] // March 2023
    [InlineData("Execution Time (UTC),Execution Time (Local),Technique,Test Number,Test Name,Hostname,IP Address,Username,GUID,ProcessId,ExitCode", "{0},10.0.0.1,joe,{1},7,0")] // June 2023
    [InlineData("\uFEFF#TYPE Selected.System.String\nExecution Time (UTC),Execution Time (Local),Technique,Test Number,Test Name,Hostname,Username,GUID", "{0},joe,{1}")]
    public void The_CSV_of_Invoke_AtomicRedTeam_is_read_by_its_header(string header, string row)
    {
        var text = $"{header}\n{string.Format(CultureInfo.InvariantCulture, row, "2026-11-20T10:00:00Z,2026-11-20T12:00:00Z,T1059.001,1,\"A, \"\"test\"\"\",WS01", "2536DEE2-12FB-459A-8C37-971844FA73BE")}\r\n";
        Assert.Equal("10:00:00-10:00:00 T1059.001 2536dee2-12fb-459a-8c37-971844fa73be WS01 'A, \"test\"'", Lines(Read(text, out var diagnostics)));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("", null)] // ran out of time
    [InlineData("1", "exit code 1")]
    [InlineData("-1", "exit code -1")]
    [InlineData("=cmd|' /C calc'!A0", "exit code =cmd|' /C calc'!A0")]
    public void An_exit_code_other_than_0_is_a_failure(string code, string? failure) =>
        Assert.Equal(failure, Read(Exercises.Header + Exercises.Test("10:00:00", "T1059", 1, exit: code), out _)[0].Failure);

    [Fact]
    public void The_example_of_ATTiRe_is_read()
    {
        var executions = Read(File.ReadAllBytes(Repository.SharedData("samples/attire/readme-sample-attire-log.json")), out var diagnostics);
        Assert.Equal("02:02:23-02:02:25 T1218.010 c9d0c4ef-8a96-4794-a75b-3d3a5e6f2a36 WINDEV2009EVAL 'Regsvr32 remote COM scriptlet execution'", Lines(executions));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void The_report_of_a_Caldera_operation_is_read()
    {
        var executions = Read(File.ReadAllBytes(Repository.SharedData("samples/caldera/operation-report.json")), out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal((11, 1), (executions.Length, executions.Count(one => one.Failure is not null)));
        Assert.All(executions, one => Assert.Equal("TARGET-PC", one.Host));
        Assert.Equal("22:07:20-22:07:20 T1074.001 6469befa-748a-4b9c-a96d-f191fde47d89 TARGET-PC 'Create staging directory'", Lines(executions[..1]));
        Assert.Equal(["T1005", "T1041", "T1074.001", "T1560.001"], executions.Select(one => one.Technique.ToString()).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_event_log_of_a_Caldera_operation_is_read()
    {
        var text = File.ReadAllText(Repository.SharedData("samples/caldera/event-logs.json"));
        var executions = Read(text, out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(5, executions.Length);
        Assert.Equal("11:50:13-11:50:13 T1005 90c2efaa-8205-480d-8bb6-61d90dbaf81b WORKSTATION1 'Find files'", Lines(executions[..1]));
    }

    private static string Report(string command) => $$$"""
        {"name":"op","start":"2026-11-20 10:00:00","finish":null,"host_group":[{"paw":"abc","host":"ws01","links":[{"id":"l2","cleanup":1,"command":"{{{command}}}","pid":"7","output":"False"}]}],
        "steps":{"abc":{"steps":[
          {"link_id":"l1","ability_id":"a1","command":"{{{command}}}","delegated":"2026-11-20T10:00:00Z","run":"2026-11-20T10:00:30Z","status":0,"name":"One","attack":{"technique_id":"T1059.001"},"output":"False"},
          {"link_id":"l2","ability_id":"a1","command":"{{{command}}}","run":"2026-11-20T10:01:00Z","status":0,"name":"One","attack":{"technique_id":"T1059.001"}},
          {"link_id":"l3","ability_id":"a2","command":"{{{command}}}","delegated":"2026-11-20T10:02:00Z","status":-3,"name":"Two","attack":{"technique_id":"auxiliary"}},
          {"link_id":"l4","ability_id":"a3","command":"{{{command}}}","agent_reported_time":"2026-11-20T10:03:00Z","run":"2026-11-20T11:00:00Z","status":124,"name":"Three","attack":{"tactic":"multiple","technique_id":"T1003"},"output":{"exit_code":"0"}}
        ]}},"skipped_abilities":[{"abc":[{"reason":"Fact dependency not fulfilled","reason_id":3,"ability_id":"a1","ability_name":"One"}]}]}
        """;

    [Theory]
    [InlineData("d2hvYW1p")] // base64
    [InlineData("whoami /all")]
    [InlineData("!!==not base64==!!")]
    [InlineData("")]
    public void Commands_may_be_base64_or_text_and_steps_that_clean_up_are_no_tests(string command) => Assert.Equal("""
        10:00:00-10:00:30 T1059.001 a1 ws01 'One'
        10:02:00-10:02:00  a2 ws01 'Two' skip: never fetched by the agent
        10:03:00-10:03:00 T1003 a3 ws01 'Three'
        10:00:00-10:00:00 T1059.001 a1 ws01 'One' skip: Fact dependency not fulfilled
        """.ReplaceLineEndings("\n"), Lines(Read(Report(command), out _)));

    [Fact]
    public void A_run_that_two_loggers_wrote_is_one()
    {
        var test = Exercises.Test("10:00:00", "T1685", 1);
        Assert.Single(Exercises.Run([test, test], [], [Exercises.Rule("a", "t1685")]).Tests.Single().Runs);
    }

    [Theory]
    [InlineData("", "file cannot be imported: it is empty")]
    [InlineData("{", "file cannot be imported: it is not JSON from here on, or nested more than 64 deep")]
    [InlineData("{}", "file cannot be imported: it is none of ATTiRe, the report of a Caldera operation, the event log of a Caldera operation, the CSV log of Invoke-AtomicRedTeam")]
    [InlineData("a,b\n1,2\n", "file cannot be imported: it is none of ATTiRe, the report of a Caldera operation, the event log of a Caldera operation, the CSV log of Invoke-AtomicRedTeam")]
    [InlineData("Execution Time (UTC),Technique\n", "file cannot be imported: its header lacks GUID")]
    [InlineData("Execution Time (UTC),\"Technique\n", "file cannot be imported: this quote is not closed")]
    [InlineData("{\"procedures\":[{\"procedure-name\":\"\\ud800\",\"steps\":[{\"time-start\":\"2026-11-20T10:00:00Z\"}]}]}", "file cannot be imported: a text in it holds half of a surrogate pair; write both halves, as in \\ud83d\\ude00")]
    [InlineData("{\"\\ud800\":[]}", "file cannot be imported: a text in it holds half of a surrogate pair; write both halves, as in \\ud83d\\ude00")]
    [InlineData("{\"procedures\":[{}]}", "procedure is left out: none of its steps has a time-start")]
    [InlineData("[{\"ability_metadata\":{}}]", "step is left out: it has no time")]
    public void What_cannot_be_read_is_a_finding(string text, string message)
    {
        Assert.Empty(Read(text, out var diagnostics));
        Assert.Equal(message, Assert.Single(diagnostics).Message);
    }

    [Theory]
    [InlineData("{\"procedures\":7,\"execution-data\":[]}")]
    [InlineData("{\"steps\":{\"a\":[1]},\"host_group\":{},\"skipped_abilities\":[{\"a\":{}}]}")]
    [InlineData("{\"steps\":[],\"host_group\":[{\"paw\":\"a\"},{\"paw\":\"a\"},7]}")]
    [InlineData("[]")]
    [InlineData("{\"procedures\":[]}")]
    public void A_log_of_odd_shapes_is_one_without_tests(string text)
    {
        Assert.Empty(Read(text, out var diagnostics));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Limits_hold()
    {
        string Refused(string text)
        {
            Assert.Empty(Read(text, out var diagnostics));
            return Assert.Single(diagnostics).Message;
        }
        Assert.Contains("nested more than 64 deep", Refused(string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100))), StringComparison.Ordinal);
        Assert.Contains("more than 4096 cells", Refused(Exercises.Header + new string(',', 100_000)), StringComparison.Ordinal);
        var row = Exercises.Test("10:00:00", "T1059", 1);
        Assert.Contains("more than 10002 rows", Refused(Exercises.Header + string.Concat(Enumerable.Repeat(row, 10_010))), StringComparison.Ordinal);
        Assert.Contains("more than 10000 tests", Refused($"[{string.Join(',', Enumerable.Repeat("{\"ability_metadata\":{},\"finished_timestamp\":\"2026-11-20T10:00:00Z\"}", 10_001))}]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-20T10:00:00Z", "2026-11-20T10:00:00.0000000")]
    [InlineData("2026-11-20 10:00:00", "2026-11-20T10:00:00.0000000")]
    [InlineData("2026-11-20T10:00:00.384+02:00", "2026-11-20T08:00:00.3840000")]
    [InlineData("2026-11-20T10:00:00.123456789+0530", "2026-11-20T04:30:00.1234567")]
    [InlineData("2026-11-20T10:00-01", "2026-11-20T11:00:00.0000000")]
    [InlineData("1763632800", "2025-11-20T10:00:00.0000000")]
    [InlineData("1763632800.5", "2025-11-20T10:00:00.5000000")]
    [InlineData("1763632800500", "2025-11-20T10:00:00.5000000")]
    [InlineData("20/11/2026 10:00", null)] // which is the month?
    [InlineData("2026-02-30T10:00:00Z", null)]
    [InlineData("2026-11-20T25:00:00Z", null)]
    [InlineData("2026-11-20T10:00:00+99:00", null)]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("9999-12-31T23:59:59Z", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Times_are_ISO_8601_or_seconds(string? text, string? utc) =>
        Assert.Equal(utc, LogTime.TryParse(text)?.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
}
