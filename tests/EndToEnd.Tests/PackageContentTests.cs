using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>What the packages are made of, and that anybody can make them again.</summary>
public sealed class PackageContentTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void The_same_commit_gives_the_same_assemblies_in_another_folder()
    {
        _ = Packages.Feed;
        // A clone, because what git says of a folder is compiled in; with what is not committed yet.
        var clone = _repository.PathOf("another folder");
        Assert.SkipUnless(Path.Exists(Path.Combine(Checkout.Root, ".git")), "not a git repository");
        _repository.Git("clone", "--quiet", "--no-hardlinks", Checkout.Root, clone);
        var changed = Changed("diff", "HEAD", "--name-only", "-z").Concat(Changed("ls-files", "--others", "--exclude-standard", "-z"));
        foreach (var file in changed)
        {
            var (from, to) = (Path.Combine(Checkout.Root, file), Path.Combine(clone, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!); // a file has a folder
            if (File.Exists(from))
                File.Copy(from, to, overwrite: true);
            else
                File.Delete(to);
        }
        // SourceLink names the remote.
        _repository.Git("-C", clone, "remote", "remove", "origin");
        var remote = Program.Run(Checkout.Root, "git", ["remote", "get-url", "origin"]);
        if (remote.ExitCode == 0)
            _repository.Git("-C", clone, "remote", "add", "origin", remote.Output.Trim());
        // As build/pack.sh does: names of generated files are compiled in.
        var built = Program.Run(clone, "dotnet", ["build", "src/Tasks", "-c", "Release", "--artifacts-path", Path.Combine(clone, "artifacts", "pack"), "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false"]);
        Assert.True(built.ExitCode == 0, built.ToString());
        foreach (var name in new[] { "Merlon.Core.dll", "Merlon.Tasks.dll" })
            Assert.True(Packed(name).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(clone, "artifacts", "pack", "bin", "Tasks", "release", name))), $"{name} differs from the one in {Packages.Feed}, which is of this very state of the repository, or should be");
    }

    [Fact]
    public void A_bill_of_materials_names_what_a_package_holds_and_is_the_same_twice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Program.Run(_repository.Root, "sh", ["-c", "command -v jq && command -v unzip"]).ExitCode != 0, "no jq or unzip");
        var feed = _repository.PathOf("feed");
        Directory.CreateDirectory(feed);
        foreach (var package in Directory.GetFiles(Packages.Feed, "*.nupkg"))
            File.Copy(package, Path.Combine(feed, Path.GetFileName(package)));
        var first = Write();
        Assert.Equal(first, Write());
        Assert.Equal(Directory.GetFiles(feed, "*.nupkg").Length, first.Count);
        foreach (var (path, text) in first)
        {
            using var bill = JsonDocument.Parse(text);
            var package = path[..^".cdx.json".Length];
            var component = bill.RootElement.GetProperty("metadata").GetProperty("component");
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(package))), component.GetProperty("hashes")[0].GetProperty("content").GetString());
            Assert.Equal(Path.GetFileName(package), $"{component.GetProperty("name").GetString()}.{component.GetProperty("version").GetString()}.nupkg");
            var named = bill.RootElement.GetProperty("components").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ToArray();
            var held = Packages.FilesOf(package).Select(file => Path.GetFileName(file)).Where(file => file.EndsWith(".dll", StringComparison.Ordinal) && !file.StartsWith("merlon", StringComparison.OrdinalIgnoreCase) && !file.StartsWith("git2-", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Distinct();
            Assert.All(held, library => Assert.Contains(library, named));
            Assert.Equal(Packages.FilesOf(package).Any(file => Path.GetFileName(file).StartsWith("libgit2-", StringComparison.Ordinal)), named.Contains("LibGit2Sharp.NativeBinaries"));
        }

        SortedDictionary<string, string> Write()
        {
            var ended = Program.Run(_repository.Root, Path.Combine(Checkout.Root, "build", "sbom.sh"), [feed]);
            Assert.True(ended.ExitCode == 0, ended.ToString());
            return new(Directory.GetFiles(feed, "*.cdx.json").ToDictionary(file => file, File.ReadAllText), StringComparer.Ordinal);
        }
    }

    [Fact]
    public void A_version_comes_from_the_tag_and_without_git_there_is_none()
    {
        Directory.Delete(_repository.PathOf(".git"));
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", "BannedSymbols.txt", "src/Directory.Build.props" })
            _repository.Write(file, File.ReadAllText(Path.Combine(Checkout.Root, file)));
        _repository.Write("src/One/One.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        Assert.Equal("0.0.0", Version());
        _repository.Write(".gitignore", "artifacts/");
        _repository.Commit();
        Assert.Equal("0.0.0-alpha.0", Version());
        _repository.Git("tag", "v1.2.3");
        Assert.Equal("1.2.3", Version());
        _repository.Write("README.md", "text");
        _repository.Commit();
        // Only what is packed counts what came after the tag.
        Assert.Equal(("1.2.3", "1.2.4-alpha.0.1"), (Version(), Version("-p:Configuration=Release")));
        Assert.Equal("7.8.9", Version("-p:Version=7.8.9"));
        _repository.Git("clone", "--quiet", "--depth=1", new Uri(_repository.Root).AbsoluteUri, "git-shallow");
        Directory.Move(_repository.PathOf(".git"), _repository.PathOf("git"));
        _repository.Write(".git", "gitdir: nowhere");
        Assert.Equal("0.0.0", Version());
        File.WriteAllText(_repository.PathOf(".git"), "gitdir: git-shallow/.git");
        Assert.Equal("0.0.0-alpha.0", Version());

        string Version(params string[] options)
        {
            var ended = Program.Run(_repository.Root, "dotnet", ["build", "src/One", "-restore", "-getProperty:InformationalVersion", "-t:Build", .. options]);
            Assert.True(ended.ExitCode == 0, ended.ToString());
            return ended.Output.Trim();
        }
    }

    private static byte[] Packed(string name)
    {
        using var archive = ZipFile.OpenRead(Packages.PathOf("Merlon.Tasks.*.nupkg"));
        using var entry = archive.GetEntry($"tasks/net10.0/any/{name}")!.Open(); // in every package
        using MemoryStream bytes = new();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string[] Changed(params string[] arguments) => Program.Run(Checkout.Root, "git", arguments).Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
