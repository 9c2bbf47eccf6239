using System.CommandLine;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class CoverageCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        OutputOptions output = new("text", "json");
        Command command = new("coverage", "Show what the rules cover of each actor, by tactic and platform.");
        program.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed => output.Show(parsed, program.Read(parsed), snapshot => output.Format(parsed) == "json" ? CoverageJson.Write(snapshot) : CoverageText.Write(snapshot)));
        return command;
    }
}
