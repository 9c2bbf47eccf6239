using System.IO.Compression;
using System.Text.RegularExpressions;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>The tool as a user installs it from a folder of packages.</summary>
public sealed class PackageToolTests : IDisposable
{
    private readonly Packages _packages;
    private readonly RulesRepository _repository = new("merlon outil 道具 ");

    public PackageToolTests(Packages packages)
    {
        _packages = packages;
        Directory.Delete(_repository.PathOf(".git"));
        _repository.Write("nuget.config", Packages.Configuration(Packages.Feed));
        _repository.Commit();
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_tool_in_a_folder_checks_a_new_repository()
    {
        _ = _packages.Native;
        Passes(["tool", "install", "Merlon", "--tool-path", "tools", "--version", Packages.Version]);
        AssertWorks(_repository.PathOf(OperatingSystem.IsWindows() ? "tools/merlon.exe" : "tools/merlon"));
    }

    [Fact]
    public void A_tool_of_a_manifest_is_restored_and_checks_a_new_repository()
    {
        _ = _packages.Native;
        _repository.Write(".config/dotnet-tools.json", $$$"""{ "version": 1, "isRoot": true, "tools": { "merlon": { "version": "{{{Packages.Version}}}", "commands": ["merlon"] } } }""");
        Passes(["tool", "restore"]);
        AssertWorks("dotnet", "merlon");
    }

    [Fact]
    public void A_tool_runs_without_being_installed()
    {
        _ = _packages.Native;
        AssertWorks("dotnet", "tool", "exec", $"Merlon@{Packages.Version}", "--yes", "--");
    }

    [Fact]
    public void A_system_without_a_native_tool_gets_the_one_that_needs_dotnet()
    {
        // As if this system were none of those that have their own.
        var feed = _repository.PathOf(".git/feed");
        Directory.CreateDirectory(feed);
        foreach (var package in new[] { Packages.PathOf($"Merlon.{Packages.Version}.nupkg"), Packages.PathOf("Merlon.any.*.nupkg") })
            File.Copy(package, Path.Combine(feed, Path.GetFileName(package)));
        LeaveOnlyAny(Path.Combine(feed, $"Merlon.{Packages.Version}.nupkg"));
        _repository.Write("nuget.config", Packages.Configuration(feed));
        var program = _repository.PathOf(OperatingSystem.IsWindows() ? "tools/merlon.exe" : "tools/merlon");
        // In folders of its own: those of the other tests hold the package as it is.
        (string, string)[] surroundings = [.. _packages.Surroundings, ("NUGET_PACKAGES", _repository.PathOf(".git/packages"))];
        var installed = _repository.Run("dotnet", ["tool", "install", "Merlon", "--tool-path", "tools", "--version", Packages.Version], surroundings);
        Assert.True(installed.ExitCode == 0, installed.ToString());
        Assert.Single(Directory.GetFiles(_repository.PathOf("tools"), "merlon.dll", SearchOption.AllDirectories));
        AssertWorks(program);
    }

    [Fact]
    public void Packages_hold_licences_and_neither_symbols_nor_documentation_of_code()
    {
        foreach (var package in Directory.GetFiles(Packages.Feed, "*.nupkg"))
        {
            var files = Packages.FilesOf(package);
            // The one that only points to the others holds nothing of anybody else.
            var isPointer = Path.GetFileName(package) == $"Merlon.{Packages.Version}.nupkg";
            Assert.Contains("README.md", files);
            Assert.All(["LICENSE", "THIRD-PARTY-NOTICES.md", "LICENSES/libgit2.txt", "LICENSES/MITRE-ATTACK.txt"], file => Assert.Equal(!isPointer, files.Any(one => one == file || one.EndsWith($"/{file}", StringComparison.Ordinal))));
            Assert.DoesNotContain(files, file => Path.GetExtension(file) is ".dbg" or ".pdb" || (Path.GetExtension(file) == ".xml" && Path.GetFileName(file) is not ("DotnetToolSettings.xml" or "[Content_Types].xml")));
            Assert.DoesNotContain(files, file => file.Split('/')[0] is "content" or "contentFiles");
        }
    }

    private void AssertWorks(string program, params string[] before)
    {
        Assert.Equal(Packages.Version, Run("--version", 0).Output.Trim());
        Assert.Contains("Velvet Badger: deployable 1/2 (50.0%)", Run("check", 0).Output, StringComparison.Ordinal);
        _repository.Replace(RulesRepository.Rule, "attack.t1059.001", "attack.t1059.001\n    - attack.t9999");
        Assert.Contains($"{RulesRepository.Rule}(12,7): error MRL3001", Run("check", 1).Output, StringComparison.Ordinal);
        _repository.Replace(RulesRepository.Rule, "\n    - attack.t9999", "");
        Assert.Contains($"\"version\": \"{Packages.Version}\"", Run("check --format json", 0).Output, StringComparison.Ordinal);

        Ended Run(string arguments, int exitCode)
        {
            var ended = _repository.Run(program, [.. before, .. arguments.Split(' ')], _packages.Surroundings);
            Assert.True(ended.ExitCode == exitCode, ended.ToString());
            return ended;
        }
    }

    private static void LeaveOnlyAny(string pointer)
    {
        using var archive = ZipFile.Open(pointer, ZipArchiveMode.Update);
        var entry = archive.GetEntry("tools/any/any/DotnetToolSettings.xml")!; // a pointer has it
        string settings;
        using (StreamReader reader = new(entry.Open()))
            settings = reader.ReadToEnd();
        var left = Regex.Replace(settings, """<RuntimeIdentifierPackage RuntimeIdentifier="(?!any")[^>]*>""", "");
        Assert.NotEqual(settings, left);
        entry.Delete();
        using StreamWriter writer = new(archive.CreateEntry("tools/any/any/DotnetToolSettings.xml").Open());
        writer.Write(left);
    }

    private void Passes(string[] arguments)
    {
        var ended = _repository.Run("dotnet", arguments, _packages.Surroundings);
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }
}
