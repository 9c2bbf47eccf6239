using Xunit;

namespace Merlon.EndToEnd.Tests;

public sealed class EmulateImportTests : IDisposable
{
    private const string Test = "2536dee2-12fb-459a-8c37-971844fa73be";
    private readonly RulesRepository _repository = new();

    public EmulateImportTests()
    {
        _repository.Write("log.csv", $"""
            "Execution Time (UTC)","Execution Time (Local)","Technique","Test Number","Test Name","Hostname","IP Address","Username","GUID","ProcessId","ExitCode"
            "2026-11-20T10:00:00Z","2026-11-20T11:00:00Z","T1059.001","1","Encoded command","WS01","10.0.0.1","acme\joe","{Test}","7","0"
            """);
        _repository.Write("alerts.csv", """
            when,name,where
            2026-11-20T09:00:00Z,Something else,ws01
            2026-11-20T10:00:30Z,PowerShell Started With an Encoded Command,ws01.corp.example.org
            """);
        Directory.CreateDirectory(_repository.PathOf("validation"));
    }

    public void Dispose() => _repository.Dispose();

    private Ended Import(params string[] more) =>
        _repository.Cli(["emulate", "import", "log.csv", "--alerts", "alerts.csv", "--columns", "time=when,rule=name,host=where", "-o", "validation/q4.yml", .. more]);

    [Fact]
    public void Records_and_reports_of_an_exercise_are_written_and_edited_ones_are_kept()
    {
        var ended = Import("--report", "report.md", "--junit", "report.xml", "--host-alias", "ws01=desk");
        Assert.Equal((0, ""), (ended.ExitCode, ended.Output));
        Assert.Equal("alerts.csv(2,1): warning MRL6043: 'Something else' is neither the id nor the exact title of a rule here; its alert validates nothing\n1 test: 1 alerted; 1 technique validated\n  T1059.001 validated by 1 of 1 test, 0 missed\n", ended.Error.ReplaceLineEndings("\n"));
        var records = File.ReadAllText(_repository.PathOf("validation/q4.yml"));
        Assert.Contains($"technique: T1059.001, test: {Test}, host: desk, outcome: alerted }}\n", records, StringComparison.Ordinal);
        Assert.StartsWith("## Exercise q4, 2026-11-20\n", File.ReadAllText(_repository.PathOf("report.md")), StringComparison.Ordinal);
        Assert.Contains("<testsuites name=\"q4\" tests=\"1\" failures=\"0\"", File.ReadAllText(_repository.PathOf("report.xml")), StringComparison.Ordinal);
        var refused = Import();
        Assert.Equal((2, "merlon: 'validation/q4.yml' exists, and somebody may have edited it; --force overwrites it"), (refused.ExitCode, refused.Error.Trim()));
        Assert.Equal(records, File.ReadAllText(_repository.PathOf("validation/q4.yml")));
        Assert.Equal(0, Import("--force", "--host-alias", "ws01=desk").ExitCode);
        Assert.Equal(records, File.ReadAllText(_repository.PathOf("validation/q4.yml")));
    }

    [Theory]
    [InlineData("emulate import none.csv --alerts alerts.csv", "'none.csv' is not a file")]
    [InlineData("emulate import log.csv", "--alerts")]
    [InlineData("emulate import log.csv --alerts alerts.csv --columns hots=x", "is not what a column can be for")]
    [InlineData("emulate import log.csv --alerts alerts.csv --host-alias ws01", "'ws01' is not of the form HOST=ALIAS")]
    [InlineData("emulate import log.csv --alerts alerts.csv --report alerts.csv", "alerts.csv' is named twice; what is written needs a file of its own")]
    [InlineData("emulate import log.csv --alerts alerts.csv --report r --junit ./r", "is named twice; what is written needs a file of its own")]
    [InlineData("emulate import log.csv --alerts alerts.csv", "say with --columns which column is the time")]
    [InlineData("emulate import alerts.csv --alerts alerts.csv", "file cannot be imported: it is none of")]
    public void What_cannot_be_done_is_2_and_says_why(string arguments, string reason)
    {
        var ended = _repository.Cli(arguments.Split(' '));
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(reason, ended.Error + ended.Output, StringComparison.Ordinal);
    }
}
