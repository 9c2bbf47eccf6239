using System.CommandLine;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class DiffCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        ComparisonOptions comparison = new(judges: false);
        OutputOptions output = new("text", "json", "markdown", "msbuild");
        Argument<string?> range = new("range") { Description = "A..B, A...B (since B left A), A (against the working tree), or nothing for the gate's base.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> isPrivate = new("--private") { Description = "Show actors by name whose TLP is amber or red in Markdown, too." };
        Command command = new("diff", "Show what one state of the repository detects and another does not.") { range, isPrivate };
        program.AddTo(command);
        comparison.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var result = DiffRun.Run(program.Read(parsed) with { Base = comparison.Read(parsed), NeedsRules = false }, parsed.GetValue(range));
            ComparisonOptions.Note(result.Notice);
            if (result.Verdict is not { } verdict || result.Head is not { } head)
                return OutputOptions.Refuse(result.Diagnostics);
            output.Write(parsed, output.Format(parsed) switch
            {
                "json" => GateJson.Write(head.Config, head.Date, verdict, new(result.Diagnostics, head.Rules.Documents, head.Files.Rules)),
                "markdown" => PublishOptions.Markdown(verdict, head, parsed.GetValue(isPrivate)),
                "msbuild" => TextReport.Write(result.Diagnostics),
                _ => GateText.Write(verdict, output.IsColoured(parsed)),
            });
            return ExitCode.Clean;
        });
        return command;
    }
}
