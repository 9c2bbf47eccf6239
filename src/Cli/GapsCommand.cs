using System.CommandLine;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class GapsCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        OutputOptions output = new("text", "json", "csv");
        Command command = new("gaps", "List what is not covered, in the order of closing it, with the nearest rule and what that lacks.");
        program.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed => output.Show(parsed, program.Read(parsed), snapshot =>
        {
            var library = snapshot.ConfiguredLibrary(null, out var error);
            if (error is not null)
            {
                OutputOptions.Refuse([error]);
                return null;
            }
            var backlogs = snapshot.BacklogsWith(library);
            return output.Format(parsed) switch
            {
                "json" => GapsJson.Write(snapshot, backlogs),
                "csv" => GapsText.WriteCsv(backlogs),
                _ => GapsText.Write(backlogs),
            };
        }));
        return command;
    }
}
