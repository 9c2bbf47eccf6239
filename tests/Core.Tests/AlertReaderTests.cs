using System.Globalization;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Results;
using Xunit;

namespace Merlon.Core.Tests;

public class AlertReaderTests
{
    private static string? Read(string text, string columns, out string findings)
    {
        List<Diagnostic> diagnostics = [];
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        var alerts = AlertReader.Read("alerts", stream, AlertColumns.TryParse(columns, out _)!, diagnostics);
        findings = string.Join('\n', diagnostics.Select(one => $"{one.Span.Line} {one.Info.Id} {one.Message}"));
        return alerts is null ? null : string.Join('\n', alerts.Value.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Time:HH:mm:ss} {one.Rule} {one.Host} {one.Kind} {one.Test}").TrimEnd()));
    }

    [Theory]
    [InlineData("{\"time\":\"2026-11-20T10:00:00Z\",\"rule\":\"a\",\"host\":\"h\"}\n\n{\"time\":\"2026-11-20T10:00:01Z\",\"rule\":\"b\"}", "")]
    [InlineData("[{\"time\":\"2026-11-20T10:00:00Z\",\"rule_id\":\"a\",\"host\":{\"name\":\"h\"}},{\"@timestamp\":\"2026-11-20T10:00:01Z\",\"rule_name\":\"b\"}]", "")]
    [InlineData("time,rule,host\n2026-11-20T10:00:00Z,a,h\n2026-11-20T10:00:01Z,b,\n", "")]
    [InlineData("when;what;who\n2026-11-20T10:00:00Z;a;h\n2026-11-20T10:00:01Z;b\n", "time=when,rule=what,host=who")]
    [InlineData("{\"result\":{\"_time\":\"2026-11-20T10:00:00.000+00:00\",\"search_name\":\"a\",\"dest\":\"h\"}}\r\n{\"result\":{\"_time\":\"2026-11-20T10:00:01.000+00:00\",\"search_name\":\"b\"}}\r\n", "time=result._time, rule=result.search_name, host=result.dest")]
    [InlineData("{\"kibana.alert\":{\"rule.uuid\":\"a\"},\"t\":1795168800,\"h\":\"h\"}\n{\"kibana\":{\"alert.rule\":{\"uuid\":\"b\"}},\"t\":1795168801}", "time=t,rule=kibana.alert.rule.uuid,host=h")]
    public void Alerts_are_JSON_lines_an_array_or_CSV_with_columns_of_any_name(string text, string columns)
    {
        Assert.Equal("10:00:00 a h Alert\n10:00:01 b  Alert", Read(text, columns, out var findings));
        Assert.Equal("", findings);
    }

    [Fact]
    public void Rows_that_are_no_alerts_are_left_out_by_name()
    {
        var read = Read("""
            time,rule,host,outcome,test
            2026-11-20T10:00:00Z,a,h,,
            yesterday,a,h,,
            ,a,h,,
            2026-11-20T10:00:00Z,,h,,
            2026-11-20T10:00:00Z,a,h,passed,
            2026-11-20T10:00:00Z,,h,blocked,
            2026-11-20T10:00:00Z,,h,Blocked,2536DEE2-12FB-459A-8C37-971844FA73BE
            2026-11-20T10:00:00Z,"=HYPERLINK(""x"")",h,alerted,
            """, "", out var findings);
        Assert.Equal("10:00:00 a h Alert\n10:00:00  h Blocked 2536dee2-12fb-459a-8c37-971844fa73be\n10:00:00 =HYPERLINK(\"x\") h Alert", read);
        Assert.Equal("""
            3 MRL6042 row is left out: 'yesterday' is not a time
            4 MRL6042 row is left out: it has no time
            5 MRL6042 row is left out: it names no rule
            6 MRL6042 row is left out: 'passed' is not an outcome; use alerted, logged-only or blocked
            7 MRL6042 row is left out: it names neither a rule nor the id of a test
            """.ReplaceLineEndings("\n"), findings);
    }

    [Theory]
    [InlineData("", "file cannot be imported: it is empty")]
    [InlineData("{\"time\":1}\n{", "file cannot be imported: this line is not JSON, or nested more than 64 deep")]
    [InlineData("[{]", "file cannot be imported: it is not JSON from here on, or nested more than 64 deep")]
    [InlineData("{\"time\":\"2026-11-20T10:00:00Z\",\"rule\":\"\\udc00\"}", "file cannot be imported: a text in it holds half of a surrogate pair; write both halves, as in \\ud83d\\ude00")]
    [InlineData("{\"\\udc00\":1}", "file cannot be imported: a text in it holds half of a surrogate pair; write both halves, as in \\ud83d\\ude00")]
    [InlineData("[{\"\\udc00\":1}]", "file cannot be imported: a text in it holds half of a surrogate pair; write both halves, as in \\ud83d\\ude00")]
    [InlineData("_time,search_name\n", "file cannot be imported: its header has no column rule, rule_id or rule_name")]
    [InlineData("a,b\n1,2\n", "no row has time, _time, @timestamp or timestamp; say with --columns which column is the time")]
    [InlineData("time,search\n2026-11-20T10:00:00Z,b\n", "no row has rule, rule_id or rule_name; say with --columns which column is the rule")]
    public void A_file_that_cannot_be_used_is_refused(string text, string reason)
    {
        Assert.Null(Read(text, "", out var findings));
        Assert.EndsWith(reason, findings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time", "'time' is not of the form time=_time")]
    [InlineData("hosts=_time", "'hosts' is not what a column can be for; did you mean 'host'?")]
    [InlineData("time=a,time=b", "'time' is mapped twice")]
    public void A_map_of_columns_says_what_is_wrong_with_it(string columns, string error)
    {
        Assert.Null(AlertColumns.TryParse(columns, out var reason));
        Assert.Equal(error, reason);
    }

    [Fact]
    public void What_is_left_out_is_counted_beyond_fifty_and_rows_end_at_a_limit()
    {
        Assert.Equal("", Read("time,rule\n" + string.Concat(Enumerable.Repeat("x,a\n", 60)), "", out var findings));
        Assert.EndsWith("1 MRL6042 10 more rows are left out", findings, StringComparison.Ordinal);
        Assert.Null(Read("time,rule\n" + string.Concat(Enumerable.Repeat("2026-11-20T10:00:00Z,a\n", 100_001)), "", out findings));
        Assert.Contains("more than 100001 rows", findings, StringComparison.Ordinal);
        Assert.Null(Read(string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70), "", out findings));
        Assert.Contains("nested more than 64 deep", findings, StringComparison.Ordinal);
        Assert.Null(Read(string.Concat(Enumerable.Repeat("{\"time\":\"2026-11-20T10:00:00Z\",\"rule\":\"a\"}\n", 100_001)), "", out findings));
        Assert.Contains("more than 100000 rows", findings, StringComparison.Ordinal);
    }
}
