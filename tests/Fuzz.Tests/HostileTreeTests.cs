using System.Diagnostics;
using System.Globalization;
using System.Text;
using Merlon.Core.Git;
using Xunit;

namespace Merlon.Fuzz.Tests;

/// <summary>Trees that git itself would not check out, read in both ways.</summary>
public sealed class HostileTreeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("merlon-tree-").FullName;
    private readonly byte[] _blob;

    public HostileTreeTests()
    {
        Git([], "init", "-q");
        _blob = Write("blob", "title: a\n"u8.ToArray());
    }

    public static TheoryData<string, string> Names => new()
    {
        { "..", "" },
        { ".", "" },
        { ".git", "" },
        { ".GiT", "" },
        { "a/b", "" },
        { "-a.yml", "-a.yml" },
        { "@file", "@file" },
        { "a\\..\\b.yml", "a\\..\\b.yml" },
        { "a\n::error::b", "a\n::error::b" },
        { "\u001b[31m", "\u001b[31m" },
        { new('x', 5000), new('x', 5000) },
    };

    public void Dispose()
    {
        foreach (var file in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal); // git's objects cannot be written
        Directory.Delete(_root, recursive: true);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_name_is_kept_only_where_it_is_one(string name, string expected)
    {
        var commit = Commit(Tree(("100644", Encoding.UTF8.GetBytes(name), _blob), ("100644", "z.yml"u8.ToArray(), _blob)));
        string[] paths = expected.Length == 0 ? ["z.yml"] : [expected, "z.yml"];
        AssertBoth(string.Join('|', paths.Select(path => $"{path}=9")), commit);
    }

    [Fact]
    public void A_name_that_is_no_UTF8_is_read_with_replacements() =>
        AssertBoth("z.yml=9", Commit(Tree(("100644", [0xFF, 0xFE], _blob), ("100644", "z.yml"u8.ToArray(), _blob))), onlyKnown: true);

    [Fact]
    public void The_first_of_two_entries_of_a_name_counts() =>
        AssertBoth("x=9", Commit(Tree(("100644", "x"u8.ToArray(), _blob), ("40000", "x"u8.ToArray(), Write("tree", [])))));

    [Fact]
    public void A_link_is_not_followed_and_a_submodule_that_is_not_here_holds_nothing() =>
        AssertBoth("link=", Commit(Tree(("120000", "link"u8.ToArray(), _blob), ("160000", "sub"u8.ToArray(), [.. Enumerable.Range(0, 20).Select(i => (byte)i)]))));

    [Fact]
    public void A_folder_whose_tree_is_a_file_is_a_finding() =>
        AssertBoth("failed", Commit(Tree(("40000", "folder"u8.ToArray(), _blob))));

    [Fact]
    public void Nesting_without_end_is_a_finding()
    {
        var tree = Tree(("100644", "a.yml"u8.ToArray(), _blob));
        for (var depth = 0; depth < 300; depth++)
            tree = Tree(("40000", "d"u8.ToArray(), tree));
        AssertBoth("failed", Commit(tree));
    }

    // Each of a few trees names the one before twice: 2 to the power of 40 files.
    [Fact]
    public void A_few_trees_that_stand_for_files_without_end_are_a_finding()
    {
        var tree = Tree(("100644", "a.yml"u8.ToArray(), _blob));
        for (var depth = 0; depth < 40; depth++)
            tree = Tree(("40000", "a"u8.ToArray(), tree), ("40000", "b"u8.ToArray(), tree));
        AssertBoth("failed", Commit(tree));
    }

    private void AssertBoth(string expected, string commit, bool onlyKnown = false)
    {
        foreach (var backend in new[] { GitBackend.LibGit2, GitBackend.Program })
            Assert.Equal(expected, Read(backend, commit, onlyKnown));
    }

    private string Read(GitBackend backend, string commit, bool onlyKnown)
    {
        try
        {
            using var repository = GitRepository.TryOpen(_root, backend, out _);
            var tree = repository!.TreeOf(repository.FindCommit(commit)!); // both are here
            var paths = tree.Find([PathPattern.TryParse("**", "")!]).Paths.Where(path => !onlyKnown || char.IsAscii(path[0])); // the pattern parses
            return string.Join('|', paths.Select(path => string.Create(CultureInfo.InvariantCulture, $"{path}={tree.TryRead(path, 100, out _)?.Length}")));
        }
        catch (GitFailure)
        {
            return "failed";
        }
    }

    private byte[] Tree(params (string Mode, byte[] Name, byte[] Id)[] entries) =>
        Write("tree", [.. entries.SelectMany(entry => (byte[])[.. Encoding.ASCII.GetBytes($"{entry.Mode} "), .. entry.Name, 0, .. entry.Id])]);

    private string Commit(byte[] tree) =>
        Convert.ToHexStringLower(Write("commit", Encoding.UTF8.GetBytes($"tree {Convert.ToHexStringLower(tree)}\nauthor x <x> 1 +0000\ncommitter x <x> 1 +0000\n\nx\n")));

    private byte[] Write(string type, byte[] content) => Convert.FromHexString(Git(content, "hash-object", "-t", type, "--literally", "-w", "--stdin").Trim());

    private string Git(byte[] input, params string[] arguments)
    {
        using Process git = new() { StartInfo = new("git", ["-C", _root, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true } };
        git.Start();
        git.StandardInput.BaseStream.Write(input);
        git.StandardInput.Close();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed");
    }
}
