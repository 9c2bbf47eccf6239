using System.Text;
using Merlon.Core.Git;
using Xunit;

namespace Merlon.Core.Tests;

public class GitRepositoryTests
{
    private static readonly string[] Shapes = ["plain", "packed", "bare", "worktree", "separate", "shallow", "sparse", "alternates", "fetched"];

    private static readonly string[] Both = ["LibGit2", "Program"];

    public static TheoryData<string, string> EveryShape => [.. from shape in Shapes from backend in Both select (shape, backend)];

    public static TheoryData<string> Backends => [.. Both];

    [Theory, MemberData(nameof(EveryShape))]
    public void Every_shape_has_the_files_of_its_commits(string shape, string backend)
    {
        using TemporaryGit git = new();
        using var repository = Open(git.Make(shape), backend);
        Assert.Null(repository.Notice);
        Assert.Equal((shape == "bare", shape == "shallow", false), (repository.IsBare, repository.IsShallow, repository.IsSha256));
        foreach (var name in shape is "shallow" or "fetched" ? ["HEAD"] : new[] { "HEAD", "v1" })
        {
            var tree = repository.TreeOf(repository.FindCommit(name)!);
            var expected = git.Git("source", "ls-tree", "-r", "-z", "--name-only", name).Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(expected, tree.Find([TemporaryGit.All]).Paths);
            foreach (var path in expected.Where(path => path != "rules/link.yml"))
            {
                var bytes = tree.TryRead(path, 100, out var error);
                Assert.Null(error);
                Assert.Equal(git.Git("source", "cat-file", "blob", $"{name}:{path}"), Encoding.UTF8.GetString(bytes!).TrimEnd('\n'));
                Assert.Equal(BlobId.Of(bytes, false), tree.BlobOf(path));
            }
        }
    }

    [Theory, MemberData(nameof(EveryShape))]
    public void Every_shape_tells_its_history(string shape, string backend)
    {
        using TemporaryGit git = new();
        using var repository = Open(git.Make(shape), backend);
        var head = repository.FindCommit("HEAD")!;
        Assert.Equal((git.Git("source", "rev-parse", "HEAD"), "two", new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.FromHours(1))), (head.Id, head.Subject, head.Date));
        Assert.Equal(shape == "shallow" ? ["two"] : ["two", "one"], repository.FirstParents(head).Select(commit => commit.Subject));
        Assert.Equal(["origin"], repository.Remotes);
        Assert.Equal(shape == "shallow" ? [] : new[] { ("v1", "one") }, repository.Tags.Select(tag => (tag.Name, tag.Commit.Subject)));
        Assert.Equal(head.Id, repository.FindCommit(head.ShortId)?.Id);
        Assert.Null(repository.FindCommit("nothing"));
        Assert.Null(repository.FindCommit(new string('1', 40)));
        if (shape != "shallow")
            Assert.Equal("one", repository.FindMergeBase(head, repository.FindCommit("HEAD~1")!)?.Subject);
        Assert.True(repository.IsClean());
        Assert.Empty(repository.FindChanges(head));
    }

    [Fact]
    public void A_sparse_index_is_read_by_the_git_program()
    {
        using TemporaryGit git = new();
        using var repository = Open(git.Make("sparse-index"), "Auto");
        Assert.NotNull(repository.Notice);
        Assert.True(repository.IsClean());
        Assert.Contains(repository.ReadIndex(), entry => entry.Name == "rules/windows/renamed.yml");
    }

    [Theory, MemberData(nameof(Backends))]
    public void What_a_sparse_checkout_leaves_out_is_not_gone(string backend)
    {
        using TemporaryGit git = new();
        git.Make("sparse");
        git.Write("source/README", "r\n");
        git.Commit("source", "three");
        git.Git("copy", "pull", "-q");
        git.Git("copy", "config", "index.version", "4");
        git.Git("copy", "update-index", "--index-version", "4");
        File.Delete(git.PathOf("copy/README"));
        using var repository = Open(git.PathOf("copy"), backend);
        Assert.Equal(["README"], repository.FindChanges(repository.FindCommit("HEAD")!));
        Assert.Contains("rules/a.yml", repository.FindChanges(repository.FindCommit("v1")!).AsEnumerable());
        Assert.False(repository.IsClean());
    }

    [Theory, MemberData(nameof(Backends))]
    public void What_differs_is_the_same_for_both(string backend)
    {
        using TemporaryGit git = new();
        git.Write("source/.gitignore", "ignored\n");
        git.Commit("source", "three");
        using var repository = Open(git.PathOf("source"), backend);
        Assert.True(repository.IsClean());
        git.Write("source/rules/a.yml", "a3\n");
        git.Write("source/rules/new/d e.yml", "d\n");
        git.Write("source/rules/ignored", "i\n");
        git.Write("source/rules/staged.yml", "s\n");
        git.Git("source", "add", "rules/staged.yml");
        File.Delete(git.PathOf("source/other/ü ü.txt"));
        Assert.False(repository.IsClean());
        Assert.Equal(["other/ü ü.txt", "rules/a.yml", "rules/new/d e.yml", "rules/staged.yml"], repository.FindChanges(repository.FindCommit("HEAD")!).Order(StringComparer.Ordinal));
        Assert.Contains("rules/windows/b.yml", repository.FindChanges(repository.FindCommit("v1")!).AsEnumerable());
    }

    [Theory, MemberData(nameof(Backends))]
    public void Histories_without_a_common_commit_have_no_merge_base(string backend)
    {
        using TemporaryGit git = new();
        git.Git("source", "checkout", "-q", "--orphan", "apart");
        git.Commit("source", "apart");
        using var repository = Open(git.PathOf("source"), backend);
        Assert.Null(repository.FindMergeBase(repository.FindCommit("main")!, repository.FindCommit("apart")!));
    }

    [Theory, MemberData(nameof(Backends))]
    public void A_branch_without_commits_has_no_head(string backend)
    {
        using TemporaryGit git = new();
        using var repository = Open(git.Make("unborn"), backend);
        Assert.Null(repository.FindCommit("HEAD"));
        Assert.Empty(repository.Tags);
        Assert.True(repository.IsClean());
        git.Write("copy/a.yml", "a\n");
        Assert.False(repository.IsClean());
    }

    [Fact]
    public void Where_objects_are_named_by_SHA256_the_git_program_reads_them_and_a_line_says_so()
    {
        using TemporaryGit git = new("sha256");
        using var repository = Open(git.PathOf("source"), "Auto");
        Assert.True(repository.IsSha256);
        Assert.StartsWith("the git program reads this repository: ", repository.Notice, StringComparison.Ordinal);
        var tree = repository.TreeOf(repository.FindCommit("v1")!);
        Assert.Equal("b\n", Encoding.UTF8.GetString(tree.TryRead("rules/windows/b.yml", 100, out _)!));
        Assert.Equal(BlobId.Of("b\n"u8, isSha256: true), tree.BlobOf("rules/windows/b.yml"));
        Assert.Equal("one", repository.FirstParents(repository.FindCommit("HEAD")!).Last().Subject);
        Assert.Null(GitRepository.TryOpen(git.PathOf("source"), GitBackend.LibGit2, out var error));
        Assert.Equal("MRL9003", error!.Info.Id);
    }

    [Theory]
    [InlineData("Auto")]
    [InlineData("LibGit2")]
    [InlineData("Program")]
    public void The_owner_is_never_passed_over(string backend)
    {
        using TemporaryGit git = new();
        Assert.SkipUnless(TemporaryGit.TryRun("chown", git.Folder, "-R", "12345", "source").Code == 0, "only root gives a folder to somebody else");
        Assert.Null(GitRepository.TryOpen(git.PathOf("source"), Enum.Parse<GitBackend>(backend), out var error));
        Assert.Equal(("MRL9003", $"repository belongs to another user; if you trust it, 'git config --global --add safe.directory {git.PathOf("source")}' says so"), (error!.Info.Id, error.Message));
        // Nothing is known of what git ignores, and nothing is said.
        Assert.Contains("rules/a.yml", new WorkingTree(git.PathOf("source")).Find([TemporaryGit.All]).Paths);
    }

    [Theory, MemberData(nameof(Backends))]
    public void A_damaged_repository_is_a_finding_and_not_the_one_above_it(string backend)
    {
        using TemporaryGit git = new();
        Directory.CreateDirectory(git.PathOf("source/inner/.git"));
        Assert.Null(GitRepository.TryOpen(git.PathOf("source/inner"), Enum.Parse<GitBackend>(backend), out var error));
        Assert.Equal("MRL9003", error!.Info.Id);
        File.WriteAllText(git.PathOf("source/.git/config"), "[core\n");
        Assert.Null(GitRepository.TryOpen(git.PathOf("source"), Enum.Parse<GitBackend>(backend), out error));
        Assert.Equal("MRL9003", error!.Info.Id);
    }

    [Theory, MemberData(nameof(Backends))]
    public void A_missing_tree_is_a_failure_with_a_finding(string backend)
    {
        using TemporaryGit git = new();
        var id = git.Git("source", "rev-parse", "HEAD:rules/windows");
        File.Delete(git.PathOf($"source/.git/objects/{id[..2]}/{id[2..]}"));
        using var repository = Open(git.PathOf("source"), backend);
        var tree = repository.TreeOf(repository.FindCommit("HEAD")!);
        Assert.Equal("MRL9003", Assert.Throws<GitFailure>(() => tree.Find([TemporaryGit.All])).Finding.Info.Id);
        Assert.Equal(["other/ü ü.txt"], tree.Find([PathPattern.TryParse("other/*", "")!]).Paths);
        Assert.Null(tree.TryRead("rules/windows/renamed.yml", 100, out var error));
        Assert.Equal("MRL9003", error!.Info.Id);
    }

    [Theory, MemberData(nameof(Backends))]
    public void Nothing_that_a_repository_names_is_run(string backend)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are for a shell");
        using TemporaryGit git = new();
        var (root, bait) = (git.PathOf("source"), git.PathOf("bait"));
        git.Write("source/.gitattributes", "*.yml filter=evil diff=evil\n");
        git.Commit("source", "three");
        foreach (var key in new[] { "core.fsmonitor", "core.sshCommand", "core.pager", "core.askPass", "diff.external", "diff.evil.textconv", "diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "credential.helper", "pager.status" })
            git.Git("source", "config", key, $"touch {bait}-{key}; cat");
        git.Git("source", "config", "filter.evil.required", "true");
        git.Git("source", "config", "protocol.allow", "always");
        foreach (var hook in new[] { "post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman" })
        {
            git.Write($"source/.git/hooks/{hook}", $"#!/bin/sh\ntouch {bait}-{hook}\n");
            Assert.Equal(0, TemporaryGit.TryRun("chmod", git.Folder, "+x", $"source/.git/hooks/{hook}").Code);
        }
        git.Write("source/rules/a.yml", "a3\n");
        git.Write("source/.gitignore", "x\n");
        using (var repository = Open(root, backend))
        {
            var head = repository.FindCommit("HEAD")!;
            Assert.False(repository.IsClean());
            Assert.Equal([".gitignore", "rules/a.yml"], repository.FindChanges(head).Order(StringComparer.Ordinal));
            Assert.Equal("a2\n", Encoding.UTF8.GetString(repository.TreeOf(head).TryRead("rules/a.yml", 100, out _)!));
            Assert.NotEmpty(repository.Tags);
            Assert.Empty(repository.Remotes);
            Assert.NotNull(repository.FindMergeBase(head, head));
            Assert.NotEmpty(new WorkingTree(root, Enum.Parse<GitBackend>(backend)).Find([TemporaryGit.All]).Paths);
        }
        Assert.Empty(Directory.GetFiles(git.Folder, "bait*"));
    }

    [Fact]
    public void Only_full_paths_of_the_search_path_are_looked_in()
    {
        using TemporaryGit git = new();
        var name = OperatingSystem.IsWindows() ? "git.exe" : "git";
        git.Write($"bin/{name}", "");
        Assert.Equal(git.PathOf($"bin/{name}"), GitProgram.Find(string.Join(Path.PathSeparator, "", ".", "bin", git.PathOf("none"), git.PathOf("bin"))));
        Assert.Null(GitProgram.Find(""));
        Assert.Null(GitProgram.Find(null));
    }

    internal static GitRepository Open(string root, string backend)
    {
        var repository = GitRepository.TryOpen(root, Enum.Parse<GitBackend>(backend), out var error);
        Assert.Null(error);
        return repository!;
    }
}
