using System.CommandLine;

namespace Merlon.Cli;

internal static class EmulateCommand
{
    public static Command Create() => new("emulate", "Plan adversary emulation and bring back what it showed. Merlon itself executes nothing.")
    {
        EmulatePlanCommand.Create(),
        EmulateImportCommand.Create(),
    };
}
