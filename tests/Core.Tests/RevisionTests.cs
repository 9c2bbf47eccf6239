using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Xunit;

namespace Merlon.Core.Tests;

public class RevisionTests
{
    private static readonly PathPattern All = PathPattern.TryParse("**", "")!;

    [Fact]
    public void A_revision_has_its_files_and_the_paths_that_differ_from_it()
    {
        using TemporaryRepository repository = new((".gitignore", "ignored.yml\n"), ("rules/a.yml", "a\n"), ("rules/b.yml", "b\n"), ("rules/deep/c.yml", "c\n"));
        var id = repository.Commit();
        repository.Write("rules/a.yml", "changed\n");
        repository.Write("rules/new.yml", "n\n");
        repository.Write("rules/ignored.yml", "i\n");
        File.Delete(repository.PathOf("rules/deep/c.yml"));
        using var git = GitRepository.TryOpen(repository.Root, out _)!;
        var commit = git.FindCommit(id)!;
        var revision = git.TreeOf(commit);
        Assert.Equal([".gitignore", "rules/a.yml", "rules/b.yml", "rules/deep/c.yml"], revision.Find([All]).Paths);
        Assert.Equal(["rules/a.yml", "rules/deep/c.yml", "rules/new.yml"], git.FindChanges(commit).Order(StringComparer.Ordinal));
        Assert.Equal("a\n", Encoding.UTF8.GetString(revision.TryRead("rules/a.yml", 100, out _)!));
        Assert.Equal("a", Encoding.UTF8.GetString(revision.TryRead("rules/a.yml", 0, out _)!));
        Assert.Null(revision.TryRead("rules/new.yml", 100, out var error));
        Assert.Equal("MRL1008", error!.Info.Id);
    }

    [Fact]
    public void What_is_committed_or_staged_since_differs_too_and_a_tag_names_its_commit()
    {
        using TemporaryRepository repository = new(("a.yml", "a\n"));
        repository.Commit();
        using (LibGit2Sharp.Repository git = new(repository.Root))
            LibGit2Sharp.RepositoryExtensions.ApplyTag(git, "v1", new("a", "a@example.org", new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero)), "a tag with a message");
        repository.Write("b.yml", "b\n");
        repository.Commit();
        repository.Write("c.yml", "c\n");
        using (LibGit2Sharp.Repository git = new(repository.Root))
            LibGit2Sharp.Commands.Stage(git, "c.yml");
        using var opened = GitRepository.TryOpen(repository.Root, out _)!;
        Assert.Equal(["b.yml", "c.yml"], opened.FindChanges(opened.FindCommit("v1")!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_link_of_a_revision_is_not_followed()
    {
        using TemporaryRepository repository = new(("a.yml", "a\n"));
        File.CreateSymbolicLink(repository.PathOf("l.yml"), "/etc/passwd");
        var id = repository.Commit();
        using var git = GitRepository.TryOpen(repository.Root, out _)!;
        Assert.Null(git.TreeOf(git.FindCommit(id)!).TryRead("l.yml", 100, out var error));
        Assert.Equal("MRL1009", error!.Info.Id);
    }

    [Theory]
    [InlineData("LibGit2")]
    [InlineData("Program")]
    public void What_a_partial_clone_lacks_is_a_finding_whose_command_brings_it(string backend)
    {
        using TemporaryGit git = new();
        var root = git.Make("partial");
        using (var repository = GitRepositoryTests.Open(root, backend))
        {
            var before = repository.FindCommit("HEAD~1")!;
            var tree = repository.TreeOf(before);
            Assert.Contains("rules/windows/b.yml", tree.Find([All]).Paths);
            foreach (var path in new[] { "rules/windows/b.yml", "rules/a.yml" })
            {
                Assert.Null(tree.TryRead(path, 100, out var error));
                Assert.Equal("MRL9004", error!.Info.Id);
                Assert.Equal($"content of '{path}' is not in this clone; 'git fetch --no-tags --refetch --no-filter origin {before.Id}' brings all of that commit's", error.Message);
            }
        }
        git.Git("copy", "fetch", "--no-tags", "--refetch", "--no-filter", "origin", git.Git("source", "rev-parse", "HEAD~1"));
        using var fetched = GitRepositoryTests.Open(root, backend);
        Assert.Equal("b\n", Encoding.UTF8.GetString(fetched.TreeOf(fetched.FindCommit("HEAD~1")!).TryRead("rules/windows/b.yml", 100, out _)!));
    }

    [Fact]
    public void A_comparison_with_content_that_is_not_here_ends_the_run()
    {
        using TemporaryGit git = new();
        var root = git.Make("partial");
        git.Write("copy/merlon.yml", "rules: [rules/*.yml]\n");
        git.Write("copy/rules/new.yml", Measure.RuleText("t1059"));
        var result = Check.Run(new() { Directory = root, Date = TemporaryRepository.Day, ChangedSince = "HEAD", NewOnly = true });
        Assert.False(result.IsUsable);
        Assert.Equal("MRL9004", Assert.Single(result.Diagnostics).Info.Id);
    }

    [Theory]
    [InlineData("LibGit2")]
    [InlineData("Program")]
    public void Patterns_find_what_they_find_in_the_working_tree(string backend)
    {
        using TemporaryGit git = new();
        using var repository = GitRepositoryTests.Open(git.PathOf("source"), backend);
        var revision = repository.TreeOf(repository.FindCommit("HEAD")!);
        using WorkingTree working = new(git.PathOf("source"));
        foreach (var texts in new[] { "**", "rules/*.yml", "rules/**/*.yml|!**/c.yml", "rules/windows/*|rules/windows-old/*|nothing/*", "other/ü ü.txt", "rules/link.yml/*", "!rules/**" })
        {
            var patterns = texts.Split('|').Select(text => PathPattern.TryParse(text, "")!).ToArray();
            var (found, expected) = (revision.Find(patterns), working.Find(patterns));
            Assert.Equal(expected.Paths, found.Paths);
            Assert.Equal(expected.Unmatched, found.Unmatched);
        }
        Assert.True(revision.Exists("rules/link.yml"));
        Assert.False(revision.Exists("rules"));
        Assert.Null(revision.TryRead("rules/link.yml/x", 100, out var error));
        Assert.Equal("MRL1008", error!.Info.Id);
    }

    [Theory]
    [InlineData("origin/main", "'origin/main' names no commit of this repository; 'git fetch origin main' may bring it")]
    [InlineData("v2", "'v2' names no commit of this repository; 'git fetch origin v2' may bring it")]
    [InlineData("HEAD:a.yml", "'HEAD:a.yml' names no commit of this repository; 'git fetch' may bring it")]
    [InlineData("$(x)", "'$(x)' names no commit of this repository; 'git fetch' may bring it")]
    [InlineData("", "revision is not the name of one commit; write a branch, a tag or a commit's id")]
    [InlineData("..", "revision is not the name of one commit; write a branch, a tag or a commit's id")]
    [InlineData("--help", "revision is not the name of one commit; write a branch, a tag or a commit's id")]
    public void An_unknown_revision_is_a_finding(string name, string message)
    {
        using TemporaryRepository repository = new(("a.yml", "a\n"));
        repository.Commit();
        using var git = GitRepository.TryOpen(repository.Root, out _)!;
        Assert.Null(git.FindCommit(name));
        var error = git.UnknownCommit(name);
        Assert.Equal(("MRL9002", message), (error.Info.Id, error.Message));
    }

    [Fact]
    public void No_repository_is_a_finding()
    {
        using TemporaryRepository repository = new();
        Assert.Null(GitRepository.TryOpen(repository.Root, out var error));
        Assert.Equal("MRL9003", error!.Info.Id); // an empty .git
        Directory.Delete(repository.PathOf(".git"));
        Assert.Null(GitRepository.TryOpen(repository.Root, out error));
        Assert.Equal("MRL9001", error!.Info.Id);
    }

    [Fact]
    public void Only_changed_files_are_reported()
    {
        using var repository = Open();
        Assert.Equal("rules/b.yml T9998|rules/b.yml T9999|rules/c.yml T9997", Found(repository, repository.Request() with { ChangedSince = "HEAD" }));
        Assert.Equal("rules/a.yml T9999|rules/b.yml T9998|rules/b.yml T9999|rules/c.yml T9997", Found(repository, repository.Request()));
    }

    [Fact]
    public void Only_what_the_revision_did_not_have_is_reported()
    {
        using var repository = Open();
        Assert.Equal("rules/b.yml T9998|rules/c.yml T9997", Found(repository, repository.Request() with { ChangedSince = "HEAD", NewOnly = true }));
        Assert.All(Check.Run(repository.Request() with { ChangedSince = "HEAD", NewOnly = true }).Diagnostics, finding => Assert.Equal(Origin.New, finding.Origin));
        Assert.Equal("rules/c.yml T9997", Found(repository, repository.Request() with { ChangedSince = "HEAD", NewOnly = true, Paths = [repository.PathOf("rules/a.yml"), repository.PathOf("rules/c.yml")] }));
    }

    [Fact]
    public void What_the_gate_says_is_reported_whatever_has_changed()
    {
        using TemporaryRepository repository = new(("rules/a.yml", "title: a\ndetection: 3\n"));
        repository.Commit();
        Assert.Equal(["MRL5003"], Check.Run(repository.Request() with { ChangedSince = "HEAD" }).Diagnostics.Select(finding => finding.Info.Id));
        Assert.Equal(["MRL5003"], Check.Run(repository.Request() with { ChangedSince = "HEAD", NewOnly = true }).Diagnostics.Select(finding => finding.Info.Id));
    }

    [Theory]
    [InlineData("nothing", false, "MRL9002")]
    [InlineData(null, true, "MRL8002")]
    public void A_comparison_with_nothing_ends_the_run(string? since, bool newOnly, string id)
    {
        using var repository = Open();
        var result = Check.Run(repository.Request() with { ChangedSince = since, NewOnly = newOnly });
        Assert.False(result.IsUsable);
        Assert.Equal(id, Assert.Single(result.Diagnostics).Info.Id);
    }

    // a has not changed, b has one finding more, c is not known to git yet.
    private static TemporaryRepository Open()
    {
        TemporaryRepository repository = new(("rules/a.yml", Measure.RuleText("t9999")), ("rules/b.yml", Measure.RuleText("t9999")));
        repository.Commit();
        repository.Write("rules/b.yml", "# later\n" + Measure.RuleText("t9999, attack.t9998"));
        repository.Write("rules/c.yml", Measure.RuleText("t9997"));
        return repository;
    }

    private static string Found(TemporaryRepository repository, CheckRequest request) =>
        string.Join('|', Check.Run(request).Diagnostics.Where(finding => finding.Info.Id == "MRL3001").Select(finding => $"{finding.Span.Path} {finding.Message[..5]}").Order(StringComparer.Ordinal));
}
