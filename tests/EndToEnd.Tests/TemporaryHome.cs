namespace Merlon.EndToEnd.Tests;

/// <summary>A home of somebody who has nothing yet, in a temporary folder, with the <c>merlon</c> on the path that was built.</summary>
internal sealed class TemporaryHome : IDisposable
{
    /// <param name="installs">Whether <c>merlon</c> is to be installed, where there are packages; it is not on the path then.</param>
    public TemporaryHome(bool installs = false)
    {
        Root = Directory.CreateTempSubdirectory("merlon-").FullName;
        Packages = installs && Environment.GetEnvironmentVariable("MERLON_PACKAGES") is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;
        Directory.CreateDirectory(Tools);
        if (Packages is not null)
            File.WriteAllText(PathOf("nuget.config"), $"<configuration><packageSources><clear /><add key=\"packages\" value=\"{Packages}\" /></packageSources></configuration>\n");
        else if (!OperatingSystem.IsWindows())
        {
            var shim = Path.Combine(Tools, "merlon");
            File.WriteAllText(shim, $"#!/bin/sh\nexec dotnet '{Checkout.Cli}' \"$@\"\n");
            File.SetUnixFileMode(shim, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public string Root { get; }

    /// <summary>A folder of packages to install from; null where nobody named one.</summary>
    public string? Packages { get; }

    // Where 'dotnet tool install --global' puts programs.
    private string Tools => PathOf(".dotnet/tools");

    public string PathOf(string path) => Path.Combine(Root, path);

    public Ended Bash(string script) => Program.Run(Root, "bash", ["--noprofile", "--norc", "-c", script],
        ("HOME", Root), ("DOTNET_CLI_HOME", Root), ("NUGET_PACKAGES", PathOf(".nuget")), ("PATH", $"{Tools}:{Environment.GetEnvironmentVariable("PATH")}"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"));

    public void Dispose()
    {
        foreach (var file in new DirectoryInfo(Root).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Where(file => file.IsReadOnly))
            file.IsReadOnly = false;
        Directory.Delete(Root, recursive: true);
    }
}
