using System.CommandLine;

namespace Merlon.Cli;

internal static class EmulatePlanCommand
{
    public static Command Create() => new("plan", "Choose emulation tests for actors or gaps, and write them as a plan.");
}
