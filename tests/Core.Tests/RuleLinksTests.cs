using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Addresses of rule files: only of what a known host shows, at the commit that has the very content.</summary>
public sealed class RuleLinksTests : GateScene
{
    [Theory]
    [InlineData("https://github.com/o/r.git", "https://github.com/o/r/blob/C/a%20b/c%23.yml#L7")]
    [InlineData("https://github.com/o/r/", "https://github.com/o/r/blob/C/a%20b/c%23.yml#L7")]
    [InlineData("git@github.com:o/r.git", "https://github.com/o/r/blob/C/a%20b/c%23.yml#L7")]
    [InlineData("ssh://git@github.com:22/o/r.git", "https://github.com/o/r/blob/C/a%20b/c%23.yml#L7")]
    [InlineData("https://me:secret@github.com/o/r.git", "https://github.com/o/r/blob/C/a%20b/c%23.yml#L7")]
    [InlineData("https://x-access-token:ghs_secret@github.example.org:8443/o/r", "https://github.example.org:8443/o/r/blob/C/a%20b/c%23.yml#L7")]
    [InlineData("https://gitlab.com/g/sub/r.git", "https://gitlab.com/g/sub/r/-/blob/C/a%20b/c%23.yml#L7")]
    [InlineData("git@gitlab.example.org:g/r.git", "https://gitlab.example.org/g/r/-/blob/C/a%20b/c%23.yml#L7")]
    [InlineData("git@bitbucket.org:o/r.git", "https://bitbucket.org/o/r/src/C/a%20b/c%23.yml#lines-7")]
    [InlineData("https://org@dev.azure.com/org/My%20Project/_git/r", "https://dev.azure.com/org/My%20Project/_git/r?path=/a%20b/c%23.yml&version=GCC&line=7&lineEnd=7")]
    [InlineData("git@ssh.dev.azure.com:v3/org/p/r", "https://dev.azure.com/org/p/_git/r?path=/a%20b/c%23.yml&version=GCC&line=7&lineEnd=7")]
    [InlineData("https://org.visualstudio.com/p/_git/r", "https://org.visualstudio.com/p/_git/r?path=/a%20b/c%23.yml&version=GCC&line=7&lineEnd=7")]
    public void A_remote_of_a_known_host_has_pages(string remote, string url) => Assert.Equal(url, FilePages.OfRemote(remote)?.UrlOf("a b/c#.yml", 7, "C"));

    [Theory]
    [InlineData("")]
    [InlineData("/srv/git/r.git")]
    [InlineData("../r.git")]
    [InlineData("C:\\git\\r")]
    [InlineData("file:///srv/r.git")]
    [InlineData("http://github.com/o/r.git")]
    [InlineData("https://git.example.org/o/r.git")]
    [InlineData("https://github.com/o")]
    [InlineData("https://github.com/o/r/more")]
    [InlineData("https://github.com/o/..")]
    [InlineData("https://github.com/o/%7Bpath%7D")]
    [InlineData("https://github.com/o/r?token=secret")]
    [InlineData("javascript:alert(1)")]
    [InlineData("ext::sh -c id")]
    public void Any_other_remote_has_none(string remote) => Assert.Null(FilePages.OfRemote(remote));

    [Theory]
    [InlineData("https://git.example.org/r", "https://git.example.org/r/a%20b/c.yml")]
    [InlineData("https://git.example.org/r/{commit}/{path}#{line}", "https://git.example.org/r/C/a%20b/c.yml#7")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("git.example.org", null)]
    [InlineData("https://me:secret@git.example.org/", null)]
    [InlineData("file:///etc", null)]
    [InlineData("{path}", null)]
    public void An_address_that_is_given_is_one_of_the_web(string text, string? url) => Assert.Equal(url, FilePages.TryParse(text)?.UrlOf("a b/c.yml", 7, "C"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_files_that_are_as_the_commit_has_them_have_an_address(bool asksProgram)
    {
        var backend = asksProgram ? GitBackend.Program : GitBackend.LibGit2;
        Work.Git("remote", "add", "other", "/srv/r.git");
        Work.Git("remote", "add", "origin", "https://me:secret@github.com/o/r.git");
        Work.Replace("rules/b.yml", "Rule 2", "Rule two");
        Work.Write("rules/new.yml", History.Rule("9", "t1055"));
        var links = Find(backend);
        Assert.Equal(Work.Head, links.Commit);
        Assert.Equal($"https://github.com/o/r/blob/{Work.Head}/rules/a.yml#L1", links.UrlOf(SourceSpan.StartOf("rules/a.yml")));
        foreach (var path in new[] { "rules/b.yml", "rules/new.yml", "rules/none.yml" })
            Assert.Null(links.UrlOf(SourceSpan.StartOf(path)));
        // What is compared with is a commit as it is.
        Assert.NotNull(RuleLinks.Find(Work.Root, "HEAD", null, backend, ["rules/b.yml"]).UrlOf(SourceSpan.StartOf("rules/b.yml")));
        Work.Git("remote", "set-url", "origin", "https://git.example.org/o/r.git");
        Assert.Null(Find(backend).UrlOf(SourceSpan.StartOf("rules/a.yml")));
        Work.Git("remote", "remove", "origin");
        Assert.Null(Find(backend).UrlOf(SourceSpan.StartOf("rules/a.yml")));

        RuleLinks Find(GitBackend one) => RuleLinks.Find(Work.Root, null, null, one, ["rules/a.yml", "rules/b.yml", "rules/new.yml", "rules/none.yml"]);
    }

    [Fact]
    public void Without_git_there_are_links_where_an_address_needs_no_commit()
    {
        using TemporaryRepository repository = new(("rules/a.yml", "x"));
        Directory.Delete(repository.PathOf(".git"));
        Assert.Equal("https://git.example.org/rules/a.yml", RuleLinks.Find(repository.Root, null, FilePages.TryParse("https://git.example.org"), default, []).UrlOf(SourceSpan.StartOf("rules/a.yml")));
        Assert.Null(RuleLinks.Find(repository.Root, null, FilePages.TryParse("https://git.example.org/{commit}"), default, []).UrlOf(SourceSpan.StartOf("rules/a.yml")));
    }

    [Fact]
    public void A_delta_has_what_is_lost_lowered_and_gained_and_why()
    {
        Work.Git("remote", "add", "origin", "https://github.com/o/r.git");
        Work.Delete("rules/b.yml");
        Work.Replace("rules/c.yml", "status: test", "status: experimental");
        Work.Write("rules/e.yml", History.Rule("5", "t1055"));
        var before = Work.Head;
        Work.Commit("change");
        var result = LayerRun.Run(new() { Check = new() { Directory = Work.Root, Date = TemporaryRepository.Day }, Comparison = LayerComparison.Required, Range = "HEAD^..HEAD" });
        Assert.True(result.Snapshot is not null, LintRuleTests.Lines(result.Diagnostics));
        var layer = DeltaLayer.Of(result.Snapshot.Coverage[0], result.Verdict!, LayerSettings.Of(result, result.Snapshot, isPrivate: false));
        LayerTests.Examine(layer, layer.Release);
        Assert.Equal(
            [
                $"T1003.001 0 #de2d26 lost: deployable -> none on Windows (Fox); removed: Rule 2 (its file is gone) https://github.com/o/r/blob/{before}/rules/b.yml#L1",
                $"T1047 0 #de2d26 lost: deployable -> claimed on Windows (Fox); demoted: Rule 3 (status test -> experimental) https://github.com/o/r/blob/{Work.Head}/rules/c.yml#L1",
                $"T1055 100 #31a354 gained: none -> deployable on Windows (Fox); new rule: Rule 5 https://github.com/o/r/blob/{Work.Head}/rules/e.yml#L1",
            ],
            layer.Techniques.Select(cell => $"{cell.Technique.Id} {cell.Score} {cell.Colour} {cell.Comment} {string.Join(' ', cell.Links.Select(link => link.Url))}"));
        Assert.Contains(layer.Metadata, pair => pair is { Name: "base" } && pair.Value.Contains(before, StringComparison.Ordinal));
    }

    [Fact]
    public void A_delta_of_nothing_is_empty_and_one_without_a_base_is_left_out()
    {
        var same = LayerRun.Run(new() { Check = new() { Directory = Work.Root, Date = TemporaryRepository.Day }, Comparison = LayerComparison.Required, Range = "HEAD" });
        Assert.Empty(DeltaLayer.Of(same.Snapshot!.Coverage[0], same.Verdict!, LayerSettings.Of(same, same.Snapshot, isPrivate: false)).Techniques);
        Assert.NotEmpty(LayerRun.Run(new() { Check = new() { Directory = Work.Root, Date = TemporaryRepository.Day }, Comparison = LayerComparison.Optional, Range = "nothing" }).Diagnostics);
        using var repository = ReportTests.Open();
        var none = LayerRun.Run(new() { Check = repository.Request(), Comparison = LayerComparison.Optional });
        Assert.Null(none.Verdict);
        Assert.StartsWith("there is no delta: ", Assert.Single(none.Notices), StringComparison.Ordinal);
        Assert.DoesNotContain(LayerFiles.Of(none, none.Snapshot!, LayerSettings.Of(none, none.Snapshot!, isPrivate: false)), file => file.Name.Contains("delta", StringComparison.Ordinal));
    }
}
