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
        command.SetAction(parsed => output.Show(parsed, program.Read(parsed), snapshot => output.Format(parsed) switch
        {
            "json" => GapsJson.Write(snapshot),
            "csv" => GapsText.WriteCsv(snapshot),
            _ => GapsText.Write(snapshot),
        }));
        return command;
    }
}
