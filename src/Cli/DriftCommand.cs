using System.CommandLine;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Merlon.Core.Sources;

namespace Merlon.Cli;

internal static class DriftCommand
{
    public static Command Create()
    {
        ProgramOptions program = new(measures: false);
        OutputOptions output = new("text", "json");
        Command command = new("drift", "Compare the Sigma rules in git with what the SIEM runs, by its inventory: both directions.");
        program.AddReleaseTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var inventory = RuleInventory.Read(program.Read(parsed));
            if (inventory.Rules is not { } rules)
                return OutputOptions.Refuse(inventory.Diagnostics);
            if (Drift.Of(rules) is not { } drift)
            {
                Console.Error.WriteLine("merlon: no entry of 'rules' says 'deploys: sigma', so nothing is known of what runs; name an inventory of the SIEM in merlon.yml");
                return ExitCode.Usage;
            }
            output.Write(parsed, output.Format(parsed) == "json" ? DriftJson.Write(inventory, drift) : DriftText.Write(drift, output.IsColoured(parsed)));
            RulesCommand.Note(inventory, isShown: output.Format(parsed) == "json");
            return ExitCode.Clean;
        });
        return command;
    }
}
