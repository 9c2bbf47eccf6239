using System.Collections.Immutable;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;

namespace Merlon.Core.Emulation.Results;

/// <summary>
/// The CSV of Invoke-AtomicRedTeam's default logger: 8 columns since 2020, 10 since March and 11 since June 2023, all told by the header. It has
/// starts and no ends. The column of local times says 'Z' too and is not looked at.
/// </summary>
internal sealed class AtomicCsvLog : IExecutionReader
{
    private const string Time = "Execution Time (UTC)";

    public string Name => "the CSV log of Invoke-AtomicRedTeam";

    public bool Recognises(ImportFile file) => file.Json is null && file.Text.AsSpan(0, Math.Min(file.Text.Length, 4096)).Contains(Time, StringComparison.OrdinalIgnoreCase);

    public IEnumerable<Execution> Read(ImportFile file, ICollection<Diagnostic> diagnostics)
    {
        var rows = ImportRows.Read(file.Path, file.Text, ExecutionLog.MaxExecutions + 2);
        // Export-Csv without -NoTypeInformation begins with the name of a type.
        if (rows is [[{ Text: ['#', 'T', 'Y', 'P', 'E', ..] }, ..], ..])
            rows.RemoveAt(0);
        var header = rows[0];
        int Column(string name) => header.Select(cell => cell.Text.Trim()).ToList().FindIndex(text => text.Equals(name, StringComparison.OrdinalIgnoreCase));
        var (time, technique, name, host, guid, exit) = (Column(Time), Column("Technique"), Column("Test Name"), Column("Hostname"), Column("GUID"), Column("ExitCode"));
        if (time < 0 || technique < 0 || guid < 0)
            throw new ImportException($"its header lacks {(time < 0 ? Time : technique < 0 ? "Technique" : "GUID")}", header[0].Span);
        foreach (var row in rows.Skip(1))
        {
            string Cell(int index) => index >= 0 && index < row.Length ? row[index].Text.Trim() : "";
            if (LogTime.TryParse(Cell(time)) is not { } start)
            {
                diagnostics.Add(ExerciseDiagnostics.LeftOut.At(row[0].Span, $"row is left out: '{StrangersText.Short(Cell(time))}' is not a time"));
                continue;
            }
            yield return new()
            {
                Span = row[0].Span,
                Name = Cell(name),
                Test = TestId.Of(Cell(guid)),
                Technique = TechniqueId.TryParse(Cell(technique), out var id) ? id : null,
                Host = Cell(host),
                Start = start,
                Stop = start,
                Failure = FailureOf(Cell(exit)),
            };
        }
    }

    /// <summary>Nothing for 0, and for no exit code, which a test that ran out of time has, too.</summary>
    public static string? FailureOf(string? exitCode) => exitCode is null or "" or "0" ? null : $"exit code {StrangersText.Short(exitCode)}";
}
