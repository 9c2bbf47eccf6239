namespace Merlon.EndToEnd.Tests;

/// <summary>Where this checkout and what it built lie. Tests write nothing there.</summary>
internal static class Checkout
{
    // artifacts/bin/EndToEnd.Tests/debug/
    private static readonly DirectoryInfo Output = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string TasksFolder { get; } = Built("Tasks");

    public static string Cli { get; } = Path.Combine(Built("Cli"), "merlon.dll");

    public static string Root { get; } = FindRoot(Output);

    /// <summary>Sdk.props and Sdk.targets, as they are in the package.</summary>
    public static string SdkFolder { get; } = Path.Combine(Root, "src", "Tasks", "Sdk");

    private static string Built(string project) => Path.Combine(Output.Parent!.Parent!.FullName, project, Output.Name);

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Merlon.slnx")) ? folder.FullName : FindRoot(folder.Parent!);
}
