using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Files that are none, change, or came from somebody else.</summary>
public class HostileFileTests
{
    // What is no file takes the place of each kind of file that a check reads.
    [Theory]
    [InlineData("merlon.yml")]
    [InlineData("rules/a.yml")]
    [InlineData("rules/a.match.json")]
    [InlineData("rules/savedsearches.conf")]
    [InlineData("actors/a.yml")]
    [InlineData("baseline.json")]
    [InlineData("ratchet.json")]
    [InlineData("inventory.yml")]
    [InlineData("records/a.yml")]
    [InlineData(".gitignore")]
    [InlineData("rules/.gitignore")]
    [InlineData(".gitmodules")]
    public async Task A_pipe_keeps_nobody_waiting(string path)
    {
        using var repository = Scene(path);
        Directory.CreateDirectory(Path.GetDirectoryName(repository.PathOf(path))!);
        File.Delete(repository.PathOf(path));
        using (var made = Process.Start("mkfifo", [repository.PathOf(path)]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.Run(() => repository.Check(), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_socket_and_a_link_to_a_device_are_no_rules()
    {
        using var repository = Scene();
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(repository.PathOf("rules/s.yml")));
        File.CreateSymbolicLink(repository.PathOf("rules/z.yml"), "/dev/zero");
        File.CreateSymbolicLink(repository.PathOf("rules/.gitignore"), "/dev/zero");
        var found = repository.Check().Diagnostics;
        Assert.Contains(found, finding => finding.Span.Path == "rules/s.yml" && finding.Severity == Diagnostics.Severity.Error);
        Assert.Contains(found, finding => finding.Span.Path == "rules/z.yml" && finding.Info.Id == "MRL1009");
    }

    [Fact]
    public void A_rule_that_changes_while_it_is_checked_ends_the_run()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Measure.RuleText("t1059.001")));
        using WorkingTree tree = new(repository.Root);
        var rule = RuleFiles.Read(tree, "rules/a.yml", RuleSource.Sigma, new SigmaFiles()).Sigma!.Rules[0];
        repository.Write("rules/a.yml", Measure.RuleText("t1059.002"));
        Assert.Equal("'rules/a.yml' changed while it was read; run again", Assert.Throws<IOException>(() => rule.Root).Message);
    }

    [Fact]
    public void A_rule_that_is_gone_or_a_link_by_now_ends_the_run()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Measure.RuleText("t1059.001")), ("b.yml", Measure.RuleText("t1059.001")));
        using WorkingTree tree = new(repository.Root);
        var rule = RuleFiles.Read(tree, "rules/a.yml", RuleSource.Sigma, new SigmaFiles()).Sigma!.Rules[0];
        File.Delete(repository.PathOf("rules/a.yml"));
        Assert.Throws<IOException>(() => rule.Root);
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(repository.PathOf("rules/a.yml"), repository.PathOf("b.yml"));
        Assert.Throws<IOException>(() => rule.Root);
    }

    [Fact]
    public void What_a_link_leads_to_may_be_tracked_elsewhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        using TemporaryRepository repository = new(("a", ""), ("other/deep/report.json", "{}"), ("obj/own.json", "{}"));
        Directory.CreateSymbolicLink(repository.PathOf("linked"), repository.PathOf("other"));
        // None is in the index.
        LibGit2Sharp.Repository.Init(repository.Root);
        File.WriteAllBytes(repository.PathOf(".git/index"), EmptyIndex);
        Assert.False(TrackedNames.MayHold(repository.PathOf("obj/own.json")));
        Assert.False(TrackedNames.MayHold(repository.PathOf("other/deep/report.json")));
        Assert.True(TrackedNames.MayHold(repository.PathOf("linked/deep/report.json")));
        File.CreateSymbolicLink(repository.PathOf("obj/report.json"), repository.PathOf("other/deep/report.json"));
        Assert.True(TrackedNames.MayHold(repository.PathOf("obj/report.json")));
    }

    [Fact]
    public void What_git_tracks_is_named_and_not_used()
    {
        using TemporaryRepository repository = new(("obj/merlon.report.json", "{}"), ("obj/merlon.rules", "x"), ("rules/a.yml", Measure.RuleText("t1059.001")));
        var request = repository.Request() with { SavedReport = repository.PathOf("obj/merlon.report.json"), Cache = repository.PathOf("obj/merlon.rules") };
        Assert.DoesNotContain("MRL9006", LintRuleTests.Lines(Check.Run(request).Diagnostics), StringComparison.Ordinal);
        repository.Commit();
        var found = LintRuleTests.Lines(Check.Run(request).Diagnostics);
        foreach (var path in new[] { "obj/merlon.report.json", "obj/merlon.rules" })
        {
            Assert.Contains($"'{path}' is not used, as git tracks a file of its name or a link leads to it; if it is in git, 'git rm --cached {path}' takes it out", found, StringComparison.Ordinal);
            Assert.True(SavedFiles.IsForeign(repository.PathOf(path)));
        }
        Assert.False(SavedFiles.IsForeign(repository.PathOf("obj/none")));
        // Nor written.
        Assert.Equal("x", File.ReadAllText(repository.PathOf("obj/merlon.rules")));
    }

    [Fact]
    public void Rules_of_a_commit_whose_names_differ_in_case_alone_are_two()
    {
        using TemporaryRepository repository = new(("a", ""));
        repository.Commit();
        using (LibGit2Sharp.Repository git = new(repository.Root))
        {
            LibGit2Sharp.TreeDefinition tree = new();
            foreach (var name in new[] { "rules/a.yml", "rules/A.yml", "Rules/a.yml" })
                tree.Add(name, git.ObjectDatabase.CreateBlob(new MemoryStream(Encoding.UTF8.GetBytes(Measure.RuleText("t1059.001", title: name)))), LibGit2Sharp.Mode.NonExecutableFile);
            LibGit2Sharp.Signature author = new("a", "a@example.org", new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
            git.Refs.Add("refs/heads/cases", git.ObjectDatabase.CreateCommit(author, author, "c", git.ObjectDatabase.CreateTree(tree), [], prettifyMessage: false).Id);
        }
        foreach (var backend in new[] { GitBackend.LibGit2, GitBackend.Program })
        {
            using var opened = GitRepository.TryOpen(repository.Root, backend, out var error);
            Assert.True(opened is not null, error?.Message);
            var revision = opened.TreeOf(opened.FindCommit("refs/heads/cases")!);
            Assert.Equal(["rules/A.yml", "rules/a.yml"], revision.Find([PathPattern.TryParse("rules/*.yml", "")!]).Paths);
            Assert.Contains("title: rules/A.yml", Encoding.UTF8.GetString(revision.TryRead("rules/A.yml", 1000, out _)!), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_takes_its_place_whole_and_leaves_nothing_beside_it()
    {
        using TemporaryRepository repository = new(("out/a.txt", "before"));
        NewFile.Put(repository.PathOf("out/a.txt"), "after"u8);
        Assert.Equal("after", File.ReadAllText(repository.PathOf("out/a.txt")));
        Assert.Throws<IOException>(() => NewFile.Put(repository.PathOf("out/a.txt"), "x"u8, overwrite: false));
        Directory.CreateDirectory(repository.PathOf("out/folder"));
        Assert.ThrowsAny<SystemException>(() => NewFile.Put(repository.PathOf("out/folder"), "x"u8));
        NewFile.Put(repository.PathOf($"out/{new string('n', 250)}"), "x"u8);
        Assert.Equal(["a.txt", new string('n', 250)], Directory.GetFiles(repository.PathOf("out")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    // Version 2 with no entries, and the hash of that.
    private static byte[] EmptyIndex => [.. "DIRC\0\0\0\u0002\0\0\0\0"u8, .. Convert.FromHexString("39d890139ee5356c7ef572216cebcd27aa41f9df")];

    // What merlon.yml names has to be there, so that only one of them is named.
    private static TemporaryRepository Scene(string path = "")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such files there");
        var named = path switch
        {
            "baseline.json" => "lint: { baseline: baseline.json }\n",
            "ratchet.json" => "gate: { baseline: ratchet.json }\n",
            "inventory.yml" => "coverage: { logSources: inventory.yml }\n",
            _ => "",
        };
        TemporaryRepository repository = new(
            ("merlon.yml", $"rules: [ 'rules/*.yml', {{ path: 'rules/*.conf', format: splunk-conf }} ]\nvalidation: {{ records: ['records/*.yml'] }}\n{named}"),
            ("rules/a.yml", Measure.RuleText("t1059.001")), ("rules/savedsearches.conf", ""), ("actors/a.yml", "name: A\ntechniques: [T1059.001]\n"));
        Assert.True(named.Length > 0 || repository.Check().IsUsable);
        return repository;
    }
}
