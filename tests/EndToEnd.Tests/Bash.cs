using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>Runs scripts of this repository, with programs in front of the path that tests wrote.</summary>
internal static class Bash
{
    /// <summary>Whether a program is on the path.</summary>
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Ends the test as skipped where a script cannot run.</summary>
    public static void Need(params string[] programs)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "These scripts run on Linux and macOS.");
        foreach (var program in programs)
            Assert.SkipUnless(Has(program), $"{program} is not installed");
    }

    /// <param name="script">Below the root, as <c>build/check.sh</c>.</param>
    /// <param name="programs">A folder of programs that stand for real ones; empty for none.</param>
    public static Ended Run(string folder, string script, string[] arguments, string programs, params (string, string)[] environment) =>
        Program.Run(folder, "bash", [Path.Combine(Checkout.Root, script), .. arguments], [("PATH", $"{programs}{(programs.Length > 0 ? ":" : "")}{Environment.GetEnvironmentVariable("PATH")}"), .. environment]);

    /// <summary>Writes a program in Bash.</summary>
    /// <returns>Its full path.</returns>
    public static string WriteProgram(string folder, string name, string text)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{text.ReplaceLineEndings("\n")}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>The tool that was built here, as one command.</summary>
    public static string WriteMerlon(string folder) => WriteProgram(folder, "merlon", $"exec dotnet '{Checkout.Cli}' \"$@\"");
}
