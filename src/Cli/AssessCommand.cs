using System.CommandLine;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class AssessCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        ComparisonOptions comparison = new(judges: false);
        OutputOptions output = new("text", "markdown", "json", "html");
        Option<string?> title = new("--title") { Description = "What the assessment is of; the program's name otherwise.", HelpName = "text" };
        Option<string?> since = new("--since") { Description = "Print what has changed since a tag or another revision: its rules, tests and records, measured by today's configuration.", HelpName = "revision" };
        Option<bool> isPrivate = new("--private") { Description = "In Markdown and HTML, show actors by name whose TLP is amber or red." };
        Option<bool> isPublished = new("--publish") { Description = "In text and JSON, too, show actors by alias or number whose TLP is amber or red." };
        Command command = new("assess", "Assess coverage of the actors you track for those who decide: numbers, tactics, gaps that come first, and what closing them takes.") { title, since, isPrivate, isPublished };
        command.Validators.Add(result =>
        {
            if (result.GetValue(isPrivate) && result.GetValue(isPublished))
                result.AddError("--private and --publish contradict each other; give one of them");
        });
        program.AddTo(command);
        comparison.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var result = AssessRun.Run(program.Read(parsed) with { Base = comparison.Read(parsed) }, new() { Title = parsed.GetValue(title), Since = parsed.GetValue(since) });
            if (result.Assessment is not { } assessment)
                return OutputOptions.Refuse(result.Diagnostics);
            ComparisonOptions.Note(result.Notice);
            var format = output.Format(parsed);
            var isKept = parsed.GetValue(isPublished) || (format is "markdown" or "html" && !parsed.GetValue(isPrivate));
            var names = isKept ? AssessParts.NamesOf(assessment) : PublishedNames.Private;
            output.Write(parsed, format switch
            {
                "markdown" => AssessMarkdown.Write(assessment, names),
                "json" => AssessJson.Write(assessment, names),
                "html" => AssessHtml.Write(assessment, names),
                _ => AssessText.Write(assessment, names, output.IsColoured(parsed)),
            });
            OutputOptions.NoteErrors(assessment.Snapshot);
            return ExitCode.Clean;
        });
        return command;
    }
}
