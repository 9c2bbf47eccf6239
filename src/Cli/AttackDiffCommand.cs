using System.CommandLine;
using Merlon.Cli.Completion;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class AttackDiffCommand
{
    public static Command Create()
    {
        ProgramOptions program = new(choosesRelease: false);
        OutputOptions output = new("text", "json", "markdown");
        Argument<string> from = new("from") { Description = "A release, 18.1, or the path of a table." };
        Argument<string> to = new("to") { Description = "Another one." };
        from.CompletionSources.Add(_ => CompletionValues.Releases());
        to.CompletionSources.Add(_ => CompletionValues.Releases());
        Option<string?> domain = AttackCommand.DomainOption("enterprise-attack, ics-attack or mobile-attack; all that both have otherwise.");
        Option<bool> isPrivate = new("--private") { Description = "In Markdown, show actors by name whose TLP is amber or red." };
        Command command = new("diff", "Show what another ATT&CK release changes, and what it does to the program here.") { from, to, domain, isPrivate };
        program.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var result = ReleaseDiffRun.Run(program.Read(parsed), parsed.GetValue(from)!, parsed.GetValue(to)!, AttackCommand.Domain(parsed.GetValue(domain))); // both required
            if (result.Diffs.IsEmpty)
                return OutputOptions.Refuse(result.Diagnostics);
            output.Write(parsed, output.Format(parsed) switch
            {
                "json" => ReleaseDiffJson.Write(result),
                "markdown" => ReleaseDiffMarkdown.Write(result, result.Impact is { } impact && !parsed.GetValue(isPrivate) ? new(impact.Actors, impact.Snapshot.KeptBack) : PublishedNames.Private),
                _ => ReleaseDiffText.Write(result),
            });
            if (result.Impact is { } shown)
                OutputOptions.NoteErrors(shown.Snapshot);
            return ExitCode.Clean;
        });
        return command;
    }
}
