using Merlon.Core.Git;
using Xunit;

namespace Merlon.Core.Tests;

public class RevisionRangeTests(GitSandbox git) : IClassFixture<GitSandbox>
{
    [Theory]
    [InlineData(null, null, null, false)]
    [InlineData("", null, null, false)]
    [InlineData("A", "A", null, false)]
    [InlineData("A..B", "A", "B", false)]
    [InlineData("A...B", "A", "B", true)]
    [InlineData("A..", "A", "HEAD", false)]
    [InlineData("..B", "HEAD", "B", false)]
    [InlineData("A...", "A", "HEAD", true)]
    [InlineData("...B", "HEAD", "B", true)]
    [InlineData("origin/a.b~2..v1.2^", "origin/a.b~2", "v1.2^", false)]
    public void A_range_has_two_sides(string? text, string? one, string? other, bool isSinceFork) => Assert.Equal(new(one, other, isSinceFork), RevisionRange.TryParse(text));

    [Theory]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("A....B")]
    [InlineData("A..B..C")]
    [InlineData("A...B..")]
    public void Anything_else_is_no_range(string text) => Assert.Null(RevisionRange.TryParse(text));

    [Theory]
    [InlineData("main..feature", "main two given", "feature feature")]
    [InlineData("origin/main...feature", "origin/main one merge-base", "feature feature")]
    [InlineData("v1..", "v1 one given", "HEAD feature")]
    [InlineData("..main", "HEAD feature given", "main two")]
    [InlineData("main", "main two given", "working tree ")]
    [InlineData(null, "origin/HEAD one merge-base", "working tree ")]
    public void Both_sides_are_found(string? text, string one, string other)
    {
        var pair = Find(git.Feature, text, out var message);
        Assert.Null(message);
        Assert.Equal((one, other), ($"{pair!.Base.Ref} {pair.Base.Commit!.Subject} {pair.Base.How.Name}", $"{pair.HeadRef} {pair.Head?.Subject}"));
    }

    [Theory]
    [InlineData("main..nothing", "'nothing' names no commit of this repository; 'git fetch --tags origin \"+refs/heads/*:refs/remotes/origin/*\"' may bring it")]
    [InlineData("origin/x..HEAD", "'origin/x' names no commit of this repository; 'git fetch --no-tags origin +refs/heads/x:refs/remotes/origin/x' may bring it")]
    [InlineData("-x", "'-x' names no commit of this repository; 'git fetch' may bring it")]
    [InlineData("a b..HEAD", "'a b' is not the name of a commit; write a branch, a tag or a commit's id")]
    [InlineData("unrelated...HEAD", "'unrelated' and 'HEAD' have no commit in common; 'unrelated..HEAD' compares the two themselves")]
    public void A_side_that_is_missing_is_a_finding(string text, string expected)
    {
        Assert.Null(Find(git.Feature, text, out var message));
        Assert.Equal("MRL9002 " + expected, message);
    }

    [Fact]
    public void A_fork_that_a_shallow_clone_lacks_is_fetched()
    {
        var clone = git.Clone("--depth=1", "--no-single-branch", "--branch", "feature");
        Assert.Null(Find(clone, "main...HEAD", out var message));
        Assert.Equal("MRL9002 history ends before 'main' and 'HEAD' meet, as in a shallow clone; 'git fetch --no-tags --unshallow origin' may bring it", message);
        GitSandbox.Execute(clone, "git fetch --no-tags --unshallow origin");
        Assert.Equal(git["one"], Find(clone, "main...HEAD", out _)!.Base.Commit!.Id);
    }

    [Fact]
    public void Before_the_first_commit_there_is_nothing_to_find()
    {
        var clone = git.NewFolder();
        GitSandbox.Git(Path.GetTempPath(), "init", "--quiet", clone);
        var pair = Find(clone, null, out var message);
        Assert.Null(message);
        Assert.True(pair!.Base.IsFirstCommit);
    }

    private static RevisionPair? Find(string clone, string? text, out string? message)
    {
        var (pair, error) = GitSandbox.Read(clone, repository => (RevisionRange.TryParse(text)!.TryFind(repository, null, PipelineBase.Nothing, out var found), found)); // every text is a range
        message = error is null ? null : $"{error.Info.Id} {error.Message}";
        return pair;
    }
}
