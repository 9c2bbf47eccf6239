using Merlon.Core.Report;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Merlon.Tasks;

/// <summary>A task that says what Core found. It fails when a finding is an error.</summary>
public abstract class DiagnosticTask : Task
{
    /// <summary>The project that is built, for the line that a terminal shows of a build that passes.</summary>
    public string ProjectName { get; set; } = "";

    public sealed override bool Execute()
    {
        try
        {
            if (Run() is { } report)
                Say(report);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogErrorFromException(e, showStackTrace: false);
        }
        return !Log.HasLoggedErrors;
    }

    /// <summary>Null when it could not begin and has said why.</summary>
    private protected abstract SavedReport? Run();

    private void Say(SavedReport report)
    {
        foreach (var finding in report.Findings)
            Say(finding with { Message = Printable.Text(finding.Message), File = Printable.Text(finding.File) });
        foreach (var line in report.Lines)
            Log.LogMessage(MessageImportance.High, Printable.Text(line));
        // Of a build that passes, the terminal logger shows no message except one of this form, once.
        Log.LogMessage(MessageImportance.High, Printable.Text($"{ProjectName} -> {report.Summary}"));
    }

    // No subcategory and no end: problem matchers read only (line,column). No format arguments: the text may hold braces.
    private void Say(SavedFinding finding)
    {
        if (finding.Severity == "error")
            Log.LogError(null, finding.Id, null, null, finding.File, finding.Line, finding.Column, 0, 0, finding.Message);
        else if (finding.Severity == "warning")
            Log.LogWarning(null, finding.Id, null, null, finding.File, finding.Line, finding.Column, 0, 0, finding.Message);
        else
            Log.LogMessage(null, finding.Id, null, finding.File, finding.Line, finding.Column, 0, 0, MessageImportance.Normal, finding.Message);
    }
}
