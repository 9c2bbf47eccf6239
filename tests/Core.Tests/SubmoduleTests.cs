using System.Text;
using Merlon.Core.Git;
using Xunit;

namespace Merlon.Core.Tests;

public class SubmoduleTests
{
    private static readonly PathPattern Rules = PathPattern.TryParse("vendor/**/*.yml", "")!;

    public static TheoryData<string> Backends => ["LibGit2", "Program"];

    [Theory, MemberData(nameof(Backends))]
    public void Both_trees_read_a_submodule_at_its_recorded_commit(string backend)
    {
        using var git = Make();
        using var repository = GitRepositoryTests.Open(git.PathOf("outer"), backend);
        using WorkingTree working = new(git.PathOf("outer"), Enum.Parse<GitBackend>(backend));
        git.Write("outer/vendor/sigma/rules/a.yml", "dirty\n");
        git.Write("outer/vendor/sigma/rules/new.yml", "new\n");
        foreach (var tree in new[] { repository.TreeOf(repository.FindCommit("HEAD")!), working })
        {
            Assert.Equal(["vendor/own.yml", "vendor/sigma/rules/a.yml", "vendor/sigma/rules/link.yml", "vendor/sigma/rules/windows-old/c.yml", "vendor/sigma/rules/windows/renamed.yml"], tree.Find([Rules]).Paths);
            Assert.Empty(tree.UnreadSubmodules);
            Assert.Equal("a2\n", Encoding.UTF8.GetString(tree.TryRead("vendor/sigma/rules/a.yml", 100, out _)!));
            Assert.Equal(BlobId.Of("a2\n"u8, false), tree.BlobOf("vendor/sigma/rules/a.yml"));
            Assert.True(tree.Exists("vendor/sigma/rules/a.yml"));
            Assert.False(tree.Exists("vendor/sigma/rules/new.yml"));
            Assert.Null(tree.TryRead("vendor/sigma/rules/link.yml", 100, out var error));
            Assert.Equal("MRL1009", error!.Info.Id);
        }
        Assert.True(repository.IsClean());
        Assert.Throws<IOException>(() => working.Replace("vendor/sigma/rules/a.yml", "a2\n"u8, "fixed\n"u8));
    }

    [Theory, MemberData(nameof(Backends))]
    public void What_another_recorded_commit_changes_is_a_change(string backend)
    {
        using var git = Make();
        git.Git("outer/vendor/sigma", "checkout", "-q", "v1");
        using var repository = GitRepositoryTests.Open(git.PathOf("outer"), backend);
        var head = repository.FindCommit("HEAD")!;
        Assert.Empty(repository.FindChanges(head));
        git.Git("outer", "add", "vendor/sigma");
        Assert.False(repository.IsClean());
        Assert.Equal(
            ["vendor/sigma", "vendor/sigma/rules/a.yml", "vendor/sigma/rules/windows/b.yml", "vendor/sigma/rules/windows/renamed.yml"],
            repository.FindChanges(head).Order(StringComparer.Ordinal));
        using WorkingTree working = new(git.PathOf("outer"), Enum.Parse<GitBackend>(backend));
        Assert.Equal("a\n", Encoding.UTF8.GetString(working.TryRead("vendor/sigma/rules/a.yml", 100, out _)!));
    }

    [Theory, MemberData(nameof(Backends))]
    public void A_submodule_that_is_not_checked_out_is_read_from_where_git_keeps_it(string backend)
    {
        using var git = Make();
        git.Git("outer", "submodule", "deinit", "-q", "--force", "vendor/sigma");
        using (WorkingTree working = new(git.PathOf("outer"), Enum.Parse<GitBackend>(backend)))
            Assert.Equal(5, working.Find([Rules]).Paths.Length);
        Directory.Delete(git.PathOf("outer/vendor/sigma"));
        using var repository = GitRepositoryTests.Open(git.PathOf("outer"), backend);
        Assert.Equal(5, repository.TreeOf(repository.FindCommit("HEAD")!).Find([Rules]).Paths.Length);
    }

    [Theory, MemberData(nameof(Backends))]
    public void A_submodule_that_is_not_here_is_named_when_a_pattern_reaches_into_it(string backend)
    {
        using var git = Make();
        git.Git("", "clone", "-q", git.PathOf("outer"), "copy");
        using var repository = GitRepositoryTests.Open(git.PathOf("copy"), backend);
        using WorkingTree working = new(git.PathOf("copy"), Enum.Parse<GitBackend>(backend));
        foreach (var tree in new[] { repository.TreeOf(repository.FindCommit("HEAD")!), working })
        {
            Assert.Equal(["own.yml"], tree.Find([PathPattern.TryParse("*.yml", "")!]).Paths);
            Assert.Empty(tree.UnreadSubmodules);
            Assert.Equal(["vendor/own.yml"], tree.Find([Rules]).Paths);
            Assert.Equal(["vendor/sigma"], tree.UnreadSubmodules);
            Assert.False(tree.Exists("vendor/sigma/rules/a.yml"));
            Assert.Null(tree.TryRead("vendor/sigma/rules/a.yml", 100, out var error));
            Assert.NotNull(error);
        }
        Assert.Equal("MRL9005: submodule 'vendor/sigma' is not here at the commit that is recorded for it, so its files are left out of the comparison; 'git submodule update --init vendor/sigma' brings it",
            $"{RevisionDiagnostics.Unread("vendor/sigma").Info.Id}: {RevisionDiagnostics.Unread("vendor/sigma").Message}");
    }

    [Theory, MemberData(nameof(Backends))]
    public void A_name_that_leads_out_and_a_link_in_place_of_a_checkout_are_not_followed(string backend)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        using var git = Make();
        git.Write("outer/.gitmodules", "[submodule \"../../../source/.git\"]\n\tpath = vendor/sigma\n\turl = x\n");
        git.Commit("outer", "hostile");
        Directory.Delete(git.PathOf("outer/vendor/sigma"), recursive: true);
        Directory.Delete(git.PathOf("outer/.git/modules"), recursive: true);
        Directory.CreateSymbolicLink(git.PathOf("outer/vendor/sigma"), git.PathOf("source"));
        using var repository = GitRepositoryTests.Open(git.PathOf("outer"), backend);
        var tree = repository.TreeOf(repository.FindCommit("HEAD")!);
        Assert.Equal(["vendor/own.yml"], tree.Find([Rules]).Paths);
        Assert.Equal(["vendor/sigma"], tree.UnreadSubmodules);
    }

    [Fact]
    public void Submodules_of_submodules_are_read_three_levels_deep()
    {
        using TemporaryGit git = new();
        foreach (var level in Enumerable.Range(1, 4))
        {
            git.Git("", "init", "-q", "-b", "main", $"level{level}");
            git.Write($"level{level}/{level}.yml", "x\n");
            git.Git($"level{level}", "submodule", "--quiet", "add", level == 1 ? git.Url : $"../level{level - 1}", "s");
            git.Commit($"level{level}", "one");
        }
        git.Git("", "clone", "-q", "--recurse-submodules", git.PathOf("level4"), "copy");
        using var repository = GitRepositoryTests.Open(git.PathOf("copy"), "LibGit2");
        var tree = repository.TreeOf(repository.FindCommit("HEAD")!);
        Assert.Equal(["4.yml", "s/3.yml", "s/s/2.yml", "s/s/s/1.yml"], tree.Find([PathPattern.TryParse("**/*.yml", "")!]).Paths);
        Assert.Equal(["s/s/s/s"], tree.UnreadSubmodules);
    }

    // The repository of the rules is a submodule of another one.
    private static TemporaryGit Make()
    {
        TemporaryGit git = new();
        git.Git("", "init", "-q", "-b", "main", "outer");
        git.Write("outer/own.yml", "o\n");
        git.Write("outer/vendor/own.yml", "o\n");
        git.Git("outer", "submodule", "--quiet", "add", "--name", "rules of others", git.Url, "vendor/sigma");
        git.Commit("outer", "one");
        return git;
    }
}
