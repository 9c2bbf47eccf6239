using Xunit;
using static Merlon.EndToEnd.Tests.PackagedRules;

namespace Merlon.EndToEnd.Tests;

/// <summary>Merlon.Tasks as a package of projects that compile something else.</summary>
public sealed class PackageReferenceTests : IDisposable
{
    private readonly PackagedRules _rules;

    public PackageReferenceTests(Packages packages)
    {
        _rules = new(packages);
        _rules.WriteLibrary(Library, Reference);
    }

    public void Dispose() => _rules.Dispose();

    [Fact]
    public void A_library_compiles_breaks_by_a_rule_and_is_mended()
    {
        var assembly = _rules.Repository.PathOf("src/Bibliothèque/bin/Debug/net10.0/Library.dll");
        _rules.Passes(Library, "-warnaserror");
        Assert.True(File.Exists(assembly));
        Assert.Contains(RulesRepository.NothingChanged, _rules.Passes(Library, "-v:d"), StringComparison.Ordinal);
        Assert.Equal(0, _rules.Dotnet(["clean", Library]).ExitCode);
        _rules.Break();
        _rules.Fails(Library);
        Assert.False(File.Exists(assembly));
        _rules.Mend();
        _rules.Passes(Library, "-mt");
        Assert.True(File.Exists(assembly));
    }

    [Fact]
    public void What_a_library_packs_holds_nothing_of_Merlon()
    {
        var ended = _rules.Dotnet(["pack", Library, "-o", _rules.Repository.PathOf("out"), "-p:Version=3.2.1"]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        var package = _rules.Repository.PathOf("out/Library.3.2.1.nupkg");
        Assert.DoesNotContain(Packages.FilesOf(package), file => file.Contains("merlon", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("merlon", Packages.TextOf(package, "Library.nuspec"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("merlon", File.ReadAllText(_rules.Repository.PathOf("src/Bibliothèque/bin/Release/net10.0/Library.deps.json")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Projects_that_build_at_once_each_check()
    {
        string[] names = ["First", "Second", "Third"];
        foreach (var name in names)
            _rules.WriteLibrary($"src/{name}/{name}.csproj", Reference);
        _rules.Write("all.slnx", $"<Solution>{string.Concat(names.Select(name => $"<Project Path=\"src/{name}/{name}.csproj\" />"))}<Project Path=\"{Rules}\" Type=\"{{9A19103F-16F7-4668-BE54-9A1E7A4F7556}}\" /></Solution>");
        var passed = _rules.Passes("all.slnx", "-m", "-warnaserror");
        Assert.All([.. names, "rules"], name => Assert.Contains($"{name} -> 1 actor: lowest Velvet Badger", passed, StringComparison.Ordinal));
        _rules.Break();
        _rules.Fails("all.slnx", "-m");
    }

    [Fact]
    public void A_project_that_refers_to_one_with_the_package_checks_when_it_passes_it_on()
    {
        _rules.WriteLibrary(Library, Reference.Replace(" PrivateAssets=\"all\"", "", StringComparison.Ordinal));
        _rules.WriteLibrary("src/App/App.csproj", """<ProjectReference Include="../Bibliothèque/Library.csproj" />""");
        Assert.Contains("App -> 1 actor: lowest Velvet Badger", _rules.Passes("src/App/App.csproj"), StringComparison.Ordinal);
        _rules.WriteLibrary(Library, Reference);
        Assert.DoesNotContain("App -> 1 actor", _rules.Passes("src/App/App.csproj"), StringComparison.Ordinal);
    }
}
