namespace Merlon.Core.Tests;

/// <summary>Where the repository under test lies. Tests read it and write only goldens, and those only when told to.</summary>
internal static class Repository
{
    // Upward from the test assembly: the paths that the compiler knows are not real ones in a deterministic build.
    public static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static string PathOf(string repositoryPath) => Path.Combine(Root, repositoryPath);

    /// <summary>A file or folder of the shared test data beside the repository. A test that needs it is skipped, by name, where it is absent.</summary>
    public static string SharedData(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", path));
        Xunit.Assert.SkipUnless(Path.Exists(full), "no shared data");
        return full;
    }

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "Merlon.slnx")) ? directory : FindRoot(Path.GetDirectoryName(directory)!);
}
