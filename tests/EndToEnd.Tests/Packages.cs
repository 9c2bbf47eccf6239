using System.IO.Compression;
using Xunit;

[assembly: AssemblyFixture(typeof(Merlon.EndToEnd.Tests.Packages))]

namespace Merlon.EndToEnd.Tests;

/// <summary>
/// What build/pack.sh made, and the folders into which a run of tests installs it: never those of the user, where an older package of the same
/// version may lie.
/// </summary>
public sealed class Packages : IDisposable
{
    private static readonly string? Made = Environment.GetEnvironmentVariable("MERLON_PACKAGES");

    private readonly string _root = Path.Combine(Path.GetTempPath(), "merlon-packages-" + Path.GetRandomFileName());
    private readonly Lazy<string> _native;
    private readonly Lazy<string> _managed;

    public Packages() => (_native, _managed) = (new(UnpackNative), new(UnpackManaged));

    /// <summary>The folder of the packages, a package source; the test is skipped where there is none.</summary>
    public static string Feed
    {
        get
        {
            Assert.SkipWhen(string.IsNullOrEmpty(Made), "MERLON_PACKAGES is not set: build/pack.sh FOLDER makes the packages, and MERLON_PACKAGES=FOLDER dotnet test tests them");
            return Path.GetFullPath(Made);
        }
    }

    /// <summary>Of all of them.</summary>
    public static string Version => Path.GetFileNameWithoutExtension(PathOf("Merlon.Tasks.*.nupkg"))["Merlon.Tasks.".Length..];

    /// <summary>The native tool, unpacked once; the test is skipped where this system makes none.</summary>
    public string Native => _native.Value;

    /// <summary>The same tool as an assembly for <c>dotnet</c>.</summary>
    public string Managed => _managed.Value;

    /// <summary>Where packages are unpacked.</summary>
    public string Unpacked => Path.Combine(_root, "packages");

    /// <summary>No folder of the user and no network: what asks for it is refused at once.</summary>
    public (string Name, string Value)[] Surroundings =>
    [
        ("NUGET_PACKAGES", Unpacked), ("DOTNET_CLI_HOME", Path.Combine(_root, "home")), ("NUGET_HTTP_CACHE_PATH", Path.Combine(_root, "http")),
        ("HTTP_PROXY", "http://127.0.0.1:9"), ("HTTPS_PROXY", "http://127.0.0.1:9"),
    ];

    /// <param name="pattern">A file name with wildcards, of exactly one package.</param>
    public static string PathOf(string pattern) => Assert.Single(Directory.GetFiles(Feed, pattern));

    /// <summary>A nuget.config that knows one source.</summary>
    public static string Configuration(string source) => $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="local" value="{source}" />
          </packageSources>
          <fallbackPackageFolders>
            <clear />
          </fallbackPackageFolders>
        </configuration>
        """;

    /// <summary>The files of a package, with '/'.</summary>
    public static string[] FilesOf(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    public static string TextOf(string package, string file)
    {
        using var archive = ZipFile.OpenRead(package);
        using StreamReader reader = new(archive.GetEntry(file)!.Open()); // the test names a file that must be there
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }

    private string UnpackManaged()
    {
        var folder = Path.Combine(_root, "managed");
        ZipFile.ExtractToDirectory(PathOf("Merlon.any.*.nupkg"), folder);
        return Path.Combine(folder, "tools", "net10.0", "any", "merlon.dll");
    }

    private string UnpackNative()
    {
        var system = OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64";
        var packages = Directory.GetFiles(Feed, $"Merlon.{system}.*.nupkg");
        Assert.SkipWhen(packages.Length == 0, $"no Merlon.{system} among the packages");
        var folder = Path.Combine(_root, "native");
        ZipFile.ExtractToDirectory(Assert.Single(packages), folder);
        var program = Path.Combine(folder, "tools", "any", system, OperatingSystem.IsWindows() ? "merlon.exe" : "merlon");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }
}
