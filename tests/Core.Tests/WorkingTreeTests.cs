using System.Text;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Xunit;

namespace Merlon.Core.Tests;

public class WorkingTreeTests
{
    private static readonly PathPattern Rules = PathPattern.TryParse("rules/**/*.yml", "")!;

    public static TheoryData<string> Backends => ["LibGit2", "Program", "Auto"];

    [Theory, MemberData(nameof(Backends))]
    public void What_git_ignores_is_left_out_unless_it_is_tracked(string backend)
    {
        using TemporaryGit git = new();
        git.Write("source/.gitignore", "a.yml\n/rules/build/\n:x.yml\n!keep.yml\n");
        git.Write("source/rules/windows/.gitignore", "# a comment\n*-draft.yml\n");
        foreach (var path in new[] { "rules/new.yml", "rules/deep/a.yml", "rules/build/x.yml", "rules/windows/x-draft.yml", "rules/x-draft.yml", "rules/keep.yml", "rules/excluded.yml", "rules/:x.yml" })
            git.Write($"source/{path}", "x\n");
        git.Write("source/.git/info/exclude", "excluded.yml\n");
        using WorkingTree tree = new(git.PathOf("source"), Enum.Parse<GitBackend>(backend));
        Assert.Equal(["rules/a.yml", "rules/keep.yml", "rules/link.yml", "rules/new.yml", "rules/windows-old/c.yml", "rules/windows/renamed.yml", "rules/x-draft.yml"], tree.Find([Rules]).Paths);
        Assert.Equal(12, tree.FindAll([Rules]).Paths.Length);
        Assert.Equal(["rules/build/*"], tree.Find([Rules, PathPattern.TryParse("rules/build/*", "")!]).Unmatched.Select(pattern => pattern.Text));
        Assert.Equal(
            [".git/index", ".git/info/exclude", ".gitignore", "rules/windows/.gitignore"],
            tree.IgnoreFiles.Select(path => ((ISourceTree)tree).PathOf(path)!).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Backends))]
    public void A_linked_worktree_ignores_what_its_repository_excludes(string backend)
    {
        using TemporaryGit git = new();
        var root = git.Make("worktree");
        git.Write("first/.git/info/exclude", "excluded.yml\n");
        git.Write("copy/rules/excluded.yml", "x\n");
        using WorkingTree tree = new(root, Enum.Parse<GitBackend>(backend));
        Assert.DoesNotContain("rules/excluded.yml", tree.Find([Rules]).Paths);
        Assert.Contains(git.PathOf("first/.git/info/exclude"), tree.IgnoreFiles);
        Assert.Contains(git.PathOf("first/.git/worktrees/copy/index"), tree.IgnoreFiles);
    }

    [Fact]
    public void An_index_that_libgit2_does_not_read_is_read_by_the_git_program()
    {
        using TemporaryGit git = new();
        git.Make("sparse-index");
        git.Write("copy/.gitignore", "*.yml\n");
        git.Write("copy/other/x.yml", "x\n");
        git.Write("copy/other/y.yml", "y\n");
        git.Git("copy", "add", "-f", "--sparse", "other/y.yml");
        using WorkingTree tree = new(git.PathOf("copy"));
        Assert.Equal([".gitignore", "other/y.yml", "other/ü ü.txt"], tree.Find([TemporaryGit.All]).Paths);
    }

    [Fact]
    public void Where_there_is_no_repository_nothing_is_ignored()
    {
        using TemporaryRepository repository = new((".gitignore", "*.yml\n"), ("rules/a.yml", "a\n"));
        using WorkingTree tree = new(repository.Root);
        Assert.Equal(["rules/a.yml"], tree.Find([Rules]).Paths); // '.git' is an empty folder
        Directory.Delete(repository.PathOf(".git"));
        using WorkingTree loose = new(repository.Root);
        Assert.Equal(["rules/a.yml"], loose.Find([Rules]).Paths);
        Assert.Equal([repository.PathOf(".gitignore")], loose.IgnoreFiles);
    }

    [Fact]
    public void A_check_watches_ignored_files_and_what_ignores_them()
    {
        using TemporaryRepository repository = new(("merlon.yml", "rules: [rules/*.yml]\n"), (".gitignore", "b.yml\n"), ("rules/a.yml", "a\n"), ("rules/b.yml", "b\n"));
        repository.Commit();
        Watched watched = new(repository.Root, "merlon.yml", ["merlon.yml"], ["rules/*.yml"], [], [], []);
        Assert.Equal(
            [".git/index", ".git/info/exclude", ".gitignore", "merlon.yml", "rules/a.yml", "rules/b.yml"],
            watched.Inputs().Select(path => Path.GetRelativePath(repository.Root, path).Replace('\\', '/')));
    }

    [Fact]
    public void A_check_watches_tests_records_and_what_the_events_are_called()
    {
        using TemporaryRepository repository = new(("merlon.yml", "rules: [rules/**/*.yml]\ntests: { mappings: fields.yml }\n"), ("fields.yml", "mappings: []\n"), ("rules/w/a.yml", "a\n"), ("rules/w/a.match.json", ""),
            ("rules/w/tests/a.nomatch.json", ""), ("rules/w/other.json", ""), ("tests/deep/a.match.json", ""), ("tests/bin/output.dll", ""), ("validation/q1.yml", ""), ("data/info.yml", ""), ("data/events.json", ""));
        string[] byPatterns = ["fields.yml", "merlon.yml", "rules/w/a.match.json", "rules/w/a.yml", "rules/w/tests/a.nomatch.json", "tests/deep/a.match.json", "validation/q1.yml"];
        var watched = Watched.By(ProgramFiles.Find(repository.Request()));
        Assert.Equal(byPatterns, Inputs(watched));
        Assert.Equal(byPatterns.Append("data/info.yml").Append("none.json").Order(StringComparer.Ordinal), Inputs(watched with { Search = new(["data/info.yml", "none.json"], []) }));

        IEnumerable<string> Inputs(Watched some) => some.Inputs().Select(path => Path.GetRelativePath(repository.Root, path).Replace('\\', '/')).Where(path => !path.StartsWith(".git", StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_to_a_folder_is_not_entered()
    {
        using TemporaryGit git = new();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        Directory.CreateSymbolicLink(git.PathOf("source/linked"), git.PathOf("source/rules"));
        using WorkingTree tree = new(git.PathOf("source"));
        Assert.Empty(tree.Find([PathPattern.TryParse("linked/*.yml", "")!]).Paths);
        Assert.Null(tree.TryRead("linked/a.yml", 100, out var error));
        Assert.Equal("MRL1009", error!.Info.Id);
    }

    [Fact]
    public void A_file_is_read_up_to_its_limit_and_one_more()
    {
        using TemporaryGit git = new();
        using WorkingTree tree = new(git.PathOf("source"));
        Assert.Equal("a2", Encoding.UTF8.GetString(tree.TryRead("rules/a.yml", 1, out _)!));
    }
}
