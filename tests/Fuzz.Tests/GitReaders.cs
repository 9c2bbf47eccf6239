using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using LibGit2Sharp;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;

namespace Merlon.Fuzz.Tests;

/// <summary>Readers of git's own files, which a clone brings or a person sends.</summary>
internal static class GitReaders
{
    private const string Name = "saved.json";

    public static ImmutableArray<Reader> All { get; } =
    [
        new("submodules", Submodules, "[submodule \"a\"]\n", "path = ../x", "url = --upload-pack=x", "ignore = all", "[submodule \"a/../../b\"]\n"),
        new("tree", Tree, "40000 ", "100644 ", "120000 ", "160000 ", "..\0", ".git\0", ".GIT\0", "a/b\0", "a\\b\0"),
        new("commit", Commit, "tree ", "parent ", "committer x <x> 1 +0000\n", "committer x <x> 99999999999999999 +9999\n", "\n\n", "encoding x\n"),
        new("store", Store, "40000 ", "100644 ", "120000 ", "160000 ", "..\0", ".git\0", "a/b\0") { UsualInputs = 30 },
        new("index", Index, "DIRC", Name, "obj/", "\0\0\0\u0004", "link", "sdir") { UsualInputs = 30 },
    ];

    private static Reading Submodules(byte[] bytes)
    {
        var names = SubmoduleNames.Read(bytes);
        foreach (var path in names.Paths)
            if (names.Of(path).Split('/', '\\').Contains(".."))
                throw new InvalidDataException($"the name '{names.Of(path)}' leads out of git's folder");
        return new([], string.Join('|', names.Paths.Select(path => $"{path} {names.Of(path)}"))) { IsTaken = names.Paths.Any() };
    }

    private static Reading Tree(byte[] bytes)
    {
        var tree = GitObjectText.Tree(bytes, 20);
        VerifyNames(tree.Entries.Select(entry => entry.Name));
        if (tree.Entries.Any(entry => tree.Find(entry.Name) != entry))
            throw new InvalidDataException("an entry is not found by its name");
        return new([], string.Join('|', tree.Entries)) { IsTaken = !tree.Entries.IsEmpty };
    }

    private static Reading Commit(byte[] bytes)
    {
        var commit = GitObjectText.Commit(new("0123", "commit", bytes.Length, bytes), []);
        return new([], string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', commit.Parents)} {commit.Date:O} {commit.Subject}")) { IsTaken = commit.Parents.Length > 0 && commit.Date != DateTimeOffset.UnixEpoch };
    }

    // The tree of a commit, found by libgit2.
    private static Reading Store(byte[] bytes) => Scene.In(root =>
    {
        Directory.Delete(Path.Combine(root, ".git"));
        Repository.Init(root);
        Write(root, "blob", "title: a\n"u8);
        Write(root, "tree", []);
        var commit = Write(root, "commit", Encoding.UTF8.GetBytes($"tree {Write(root, "tree", bytes)}\nauthor x <x> 1 +0000\ncommitter x <x> 1 +0000\n\nx\n"));
        try
        {
            using var repository = GitRepository.TryOpen(root, GitBackend.LibGit2, out var error);
            var tree = repository!.TreeOf(repository.FindCommit(commit)!); // both have been written
            var (paths, _) = tree.Find([PathPattern.TryParse("**", "")!]); // it parses
            VerifyNames(paths.SelectMany(path => path.Split('/')));
            return new Reading([], string.Join('|', paths.Select(path => $"{path} {tree.TryRead(path, 100, out var fault)?.Length} {fault?.Message.Replace(root, "", StringComparison.Ordinal)}"))) { IsTaken = !paths.IsEmpty };
        }
        catch (GitFailure failure)
        {
            return new Reading([failure.Finding with { Span = SourceSpan.StartOf("f"), Message = failure.Finding.Message.Replace(root, "", StringComparison.Ordinal) }], "none");
        }
    });

    private static Reading Index(byte[] bytes) => Scene.In(root =>
    {
        Directory.Delete(Path.Combine(root, ".git"));
        Repository.Init(root);
        File.WriteAllBytes(Path.Combine(root, ".git", "index"), bytes);
        return new Reading([], $"{TrackedNames.MayHold(Path.Combine(root, "obj", Name))} {TrackedNames.MayHold(Path.Combine(root, "obj", "other"))}");
    });

    private static void VerifyNames(IEnumerable<string> names)
    {
        foreach (var name in names)
            if (name is "" or "." or ".." || name.Contains('/', StringComparison.Ordinal) || name.Equals(".git", StringComparison.OrdinalIgnoreCase))
                throw new InvalidDataException($"'{name}' is no name of a file");
    }

    // As git stores an object, whatever it holds.
    private static string Write(string root, string type, ReadOnlySpan<byte> content)
    {
        byte[] whole = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type} {content.Length}\0")), .. content];
#pragma warning disable CA5350 // git's own
        var id = Convert.ToHexStringLower(SHA1.HashData(whole));
#pragma warning restore CA5350
        var path = Path.Combine(root, ".git", "objects", id[..2], id[2..]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // it has a folder
        using ZLibStream packed = new(File.Create(path), CompressionLevel.Fastest);
        packed.Write(whole);
        return id;
    }
}
