using Merlon.Core.Git;
using Xunit;

namespace Merlon.Core.Tests;

public class BaseFinderTests(GitSandbox git) : IClassFixture<GitSandbox>
{
    private static readonly PipelineBase Job = new() { IsPipeline = true };

    private PipelineBase PullRequest => Job with { TargetBranch = "main", Head = git["pull"], Source = git["feature"], IsMergeOfTarget = true };

    [Fact]
    public void A_feature_branch_is_compared_with_where_it_left_main()
    {
        var clone = git.Clone("--branch", "feature");
        Finds(clone, "one", BaseKind.MergeBase, "origin/HEAD", PipelineBase.Nothing);
        File.WriteAllText(Path.Combine(clone, "new.yml"), "");
        Finds(clone, "one", BaseKind.MergeBase, "origin/HEAD", PipelineBase.Nothing);
    }

    [Fact]
    public void Main_is_compared_with_its_parent_and_what_is_not_committed_with_main()
    {
        var clone = git.Clone();
        Finds(clone, "one", BaseKind.FirstParent, "HEAD^", PipelineBase.Nothing);
        File.WriteAllText(Path.Combine(clone, "new.yml"), "");
        Finds(clone, "two", BaseKind.MergeBase, "origin/HEAD", PipelineBase.Nothing);
        // A report that a job wrote must not hide what was pushed.
        Finds(clone, "one", BaseKind.FirstParent, "HEAD^", Job);
    }

    [Fact]
    public void Commits_of_main_that_are_not_pushed_are_compared_with_what_is()
    {
        var clone = git.Clone();
        git.Commit(clone, "mine");
        git.Commit(clone, "mine too");
        Finds(clone, "two", BaseKind.MergeBase, "origin/HEAD", PipelineBase.Nothing);
    }

    [Fact]
    public void A_push_of_two_merges_is_compared_with_the_commit_before_it()
    {
        var push = Job with { DefaultBranch = "pushed", Head = git["queued"], Commit = git["two"] };
        var clone = git.CheckOut("queued", "refs/remotes/origin/pushed", 0);
        Finds(clone, "two", BaseKind.Given, git["two"], push);
        Finds(clone, "pull", BaseKind.FirstParent, "HEAD^", push with { Commit = null });
        // What the pipeline says is about its own commit, and another one is checked out.
        Finds(clone, "pull", BaseKind.FirstParent, "HEAD^", push with { Head = git["pull"] });
        // Pushed over: nobody has it.
        Finds(clone, "pull", BaseKind.FirstParent, "HEAD^", push with { Commit = new('1', 40) });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_shallow_clone_of_a_push_fetches_the_commit_before_it(int depth)
    {
        var push = Job with { DefaultBranch = "pushed", Head = git["queued"], Commit = git["one"] };
        Fetches(git.CheckOut("queued", "refs/remotes/origin/pushed", depth), $"git fetch --no-tags --depth=1 origin {git["one"]}", "one", BaseKind.Given, push);
    }

    [Fact]
    public void A_shallow_clone_of_a_push_fetches_the_parent_when_no_commit_is_named()
    {
        var push = Job with { DefaultBranch = "pushed" };
        Fetches(git.CheckOut("queued", "refs/remotes/origin/pushed", 1), $"git fetch --no-tags --deepen=1 origin {git["queued"]}", "pull", BaseKind.FirstParent, push);
        Finds(git.CheckOut("queued", "refs/remotes/origin/pushed", 2), "pull", BaseKind.FirstParent, "HEAD^", push);
    }

    [Fact]
    public void A_push_to_a_branch_fetches_main_when_it_is_not_here()
    {
        var push = Job with { DefaultBranch = "main", Head = git["feature"], Commit = git["start"] };
        Fetches(git.CheckOut("feature", "refs/remotes/origin/feature", 1), "git fetch --no-tags --unshallow origin +refs/heads/main:refs/remotes/origin/main", "one", BaseKind.MergeBase, push);
        Fetches(git.CheckOut("feature", "refs/remotes/origin/feature", 1), "git fetch --no-tags --unshallow origin \"+refs/heads/*:refs/remotes/origin/*\"", "one", BaseKind.MergeBase, Job);
        Finds(git.CheckOut("feature", "refs/remotes/origin/feature", 0), "one", BaseKind.MergeBase, "origin/main", push);
    }

    [Theory]
    [InlineData(0, BaseKind.MergeBase, "origin/main")]
    [InlineData(2, BaseKind.FirstParent, "HEAD^")]
    public void The_merge_of_a_pull_request_is_compared_with_its_target(int depth, object how, string name) =>
        Finds(git.CheckOut("pull", "refs/remotes/pull/7/merge", depth), "two", (BaseKind)how, name, PullRequest);

    [Fact]
    public void The_merge_of_a_pull_request_fetches_its_parents()
    {
        Fetches(git.CheckOut("pull", "refs/remotes/pull/7/merge", 1), $"git fetch --no-tags --deepen=1 origin {git["pull"]}", "two", BaseKind.FirstParent, PullRequest);
        Fetches(git.CheckOut("pull", "refs/remotes/pull/7/merge", 1), $"git fetch --no-tags --deepen=1 origin {git["pull"]}", "two", BaseKind.FirstParent, PullRequest, configured: "origin/main");
    }

    [Fact]
    public void A_merge_that_is_not_the_servers_is_no_merge_of_the_target()
    {
        // The pull request's own last commit may be a merge: its first parent is the author's.
        var pipeline = PullRequest with { Head = git["two"] };
        const string Command = "git fetch --no-tags --unshallow origin +refs/heads/main:refs/remotes/origin/main";
        Fetches(git.CheckOut("queued", "refs/remotes/pull/8/head", 2), Command, "two", BaseKind.MergeBase, pipeline);
        // Merged the other way round.
        Fetches(git.CheckOut("pull", "refs/remotes/pull/7/merge", 2), Command, "two", BaseKind.MergeBase, PullRequest with { Source = git["two"] });
    }

    [Fact]
    public void A_target_that_is_not_the_configured_branch_is_not_taken_for_it() =>
        Fetches(git.CheckOut("pull", "refs/remotes/pull/7/merge", 2), "git fetch --no-tags --unshallow origin +refs/heads/other:refs/remotes/origin/other", "two", BaseKind.MergeBase, PullRequest, configured: "origin/other");

    [Fact]
    public void A_merge_queue_is_compared_with_the_request_before()
    {
        var queue = Job with { TargetBranch = "main", Head = git["queued"], Commit = git["pull"] };
        Fetches(git.CheckOut("queued", "refs/remotes/origin/gh-readonly-queue/main/pr-8", 1), $"git fetch --no-tags --depth=1 origin {git["pull"]}", "pull", BaseKind.Given, queue);
        Finds(git.CheckOut("queued", "refs/remotes/origin/gh-readonly-queue/main/pr-8", 0), "pull", BaseKind.Given, git["pull"], queue);
    }

    [Fact]
    public void A_merge_request_of_GitLab_is_compared_with_where_it_began()
    {
        var request = Job with { TargetBranch = "main", Head = git["feature"], Commit = git["one"] };
        Fetches(git.CheckOut("feature", "refs/remotes/origin/merge-requests/7/head", 1), $"git fetch --no-tags --depth=1 origin {git["one"]}", "one", BaseKind.Given, request);
        Finds(git.CheckOut("feature", "refs/remotes/origin/merge-requests/7/head", 20), "one", BaseKind.Given, git["one"], request);
        Finds(git.CheckOut("feature", "refs/remotes/origin/merge-requests/7/head", 0), "one", BaseKind.MergeBase, "origin/main", request);
        // An older one than the branch shows is out of date.
        Finds(git.CheckOut("feature", "refs/remotes/origin/merge-requests/7/head", 0), "one", BaseKind.MergeBase, "origin/main", request with { Commit = git["root"] });
    }

    [Fact]
    public void Merged_results_of_GitLab_are_compared_with_the_target()
    {
        var request = PullRequest with { Commit = git["two"] };
        Fetches(git.CheckOut("pull", "refs/remotes/origin/merge-requests/7/merge", 1), $"git fetch --no-tags --depth=1 origin {git["two"]}", "two", BaseKind.Given, request);
        Finds(git.CheckOut("pull", "refs/remotes/origin/merge-requests/7/merge", 20), "two", BaseKind.Given, git["two"], request);
        Finds(git.CheckOut("pull", "refs/remotes/origin/merge-requests/7/merge", 20), "two", BaseKind.FirstParent, "HEAD^", request with { Commit = null });
    }

    [Fact]
    public void A_clone_of_a_single_branch_fetches_the_other()
    {
        const string Command = "git fetch --no-tags origin +refs/heads/main:refs/remotes/origin/main";
        Fetches(git.Clone("--single-branch", "--branch", "feature"), Command, "one", BaseKind.MergeBase, Job with { TargetBranch = "main" });
        Fetches(git.Clone("--single-branch", "--branch", "feature"), Command, "one", BaseKind.MergeBase, PipelineBase.Nothing, configured: "origin/main");
        Fetches(git.Clone("--single-branch", "--branch", "feature"), "git fetch --tags origin \"+refs/heads/*:refs/remotes/origin/*\"", "one", BaseKind.MergeBase, PipelineBase.Nothing, configured: "main");
    }

    [Fact]
    public void History_that_ends_before_the_two_meet_is_fetched() =>
        Fetches(git.Clone("--depth=1", "--no-single-branch", "--branch", "feature"), "git fetch --no-tags --unshallow origin", "one", BaseKind.MergeBase, PipelineBase.Nothing);

    [Theory]
    [InlineData("origin/other", "git fetch --no-tags origin +refs/heads/other:refs/remotes/origin/other", "other")]
    [InlineData("refs/remotes/origin/other", "git fetch --no-tags origin +refs/heads/other:refs/remotes/origin/other", "other")]
    [InlineData("origin/HEAD", "git fetch --no-tags origin +HEAD:refs/remotes/origin/HEAD", "two")]
    [InlineData("origin/other~1", "git fetch --no-tags origin +refs/heads/other:refs/remotes/origin/other", "two")]
    [InlineData("refs/tags/v1", "git fetch --no-tags origin +refs/tags/v1:refs/tags/v1", "one")]
    [InlineData("v1", "git fetch --tags origin \"+refs/heads/*:refs/remotes/origin/*\"", "one")]
    [InlineData("other", "git fetch --tags origin \"+refs/heads/*:refs/remotes/origin/*\"", "other")]
    public void A_base_that_is_named_and_not_here_is_fetched(string given, string command, string commit)
    {
        Fetches(git.Clone("--single-branch", "--no-tags", "--branch", "feature"), command, commit, BaseKind.Given, PipelineBase.Nothing, given);
        var depth = given.StartsWith("origin/other~", StringComparison.Ordinal) || command.Contains("--tags", StringComparison.Ordinal) && !command.Contains("--no-tags", StringComparison.Ordinal) ? "--unshallow" : "--depth=1";
        Fetches(git.Clone("--depth=1", "--no-tags", "--branch", "feature"), command.Replace("tags origin", $"tags {depth} origin", StringComparison.Ordinal), commit, BaseKind.Given, PipelineBase.Nothing, given);
    }

    [Fact]
    public void A_base_that_is_named_by_its_id_is_fetched()
    {
        Fetches(git.Clone("--single-branch", "--branch", "feature"), $"git fetch --no-tags origin {git["other"]}", "other", BaseKind.Given, PipelineBase.Nothing, git["other"]);
        Fetches(git.Clone("--depth=1", "--branch", "feature"), $"git fetch --no-tags --depth=1 origin {git["root"]}", "root", BaseKind.Given, PipelineBase.Nothing, git["root"]);
        Fetches(git.Clone("--depth=1", "--branch", "feature"), "git fetch --no-tags --unshallow origin", "one", BaseKind.Given, PipelineBase.Nothing, "HEAD~2");
    }

    [Fact]
    public void A_base_that_is_named_is_taken_as_it_is()
    {
        var clone = git.Feature;
        foreach (var (given, commit) in new[] { ("HEAD", "feature"), ("main", "two"), ("origin/unrelated", "unrelated"), (git["one"], "one"), ("v1", "one"), ("HEAD~1", "start") })
            Finds(clone, commit, BaseKind.Given, given, PullRequest, given, "origin/other");
        var none = Find(clone, "HEAD~20", null, Job);
        Assert.Equal(("'HEAD~20' names no commit of this repository", null), (none.Problem, none.Fetch));
    }

    [Fact]
    public void A_tag_is_not_taken_for_a_branch_of_the_remote()
    {
        var clone = git.Clone("--branch", "feature");
        GitSandbox.Git(clone, "tag", "origin/main", git["feature"]);
        GitSandbox.Git(clone, "tag", "main", git["feature"]);
        Finds(clone, "one", BaseKind.MergeBase, "origin/main", Job with { TargetBranch = "main" });
        Finds(clone, "one", BaseKind.MergeBase, "origin/main", PipelineBase.Nothing, configured: "origin/main");
    }

    [Theory]
    [InlineData("--upload-pack=touch /tmp/x")]
    [InlineData("--upload-pack=x")]
    [InlineData("-x")]
    [InlineData("$(id)")]
    [InlineData("a;id")]
    [InlineData("a'b")]
    [InlineData("origin/`id`")]
    [InlineData("+main")]
    [InlineData("a|b~2")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("^main")]
    [InlineData(":/one")]
    [InlineData("HEAD^{/(o+)+$}")]
    [InlineData("HEAD:one.yml")]
    [InlineData("ma\nin")]
    public void A_name_that_means_something_to_a_shell_is_in_no_command(string name)
    {
        var clone = git.Feature;
        foreach (var found in new[] { Find(clone, name, null, Job), Find(clone, null, name, Job) })
        {
            Assert.NotNull(found.Problem);
            Assert.Null(found.Commit);
            Assert.Contains(found.Fetch, new[] { null, "git fetch" });
        }
    }

    [Fact]
    public void A_branch_with_the_digits_of_a_commit_is_not_taken_for_it()
    {
        var clone = git.Clone("--branch", "feature");
        var digits = new string('1', 40);
        GitSandbox.Git(clone, "update-ref", $"refs/remotes/origin/{digits}", git["feature"]);
        Assert.Equal($"git fetch --no-tags origin {digits}", Find(clone, digits, null, Job).Fetch);
    }

    [Fact]
    public void A_main_branch_of_the_remote_that_is_gone_is_passed_over()
    {
        var clone = git.Clone("--branch", "feature");
        GitSandbox.Git(clone, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone");
        Finds(clone, "one", BaseKind.MergeBase, "origin/main", PipelineBase.Nothing);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_BASE_REF=main GITHUB_REF=refs/pull/7/merge GITHUB_SHA=", "--deepen=1 origin pull")]
    [InlineData("TF_BUILD=True BUILD_REASON=PullRequest SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main BUILD_SOURCEBRANCH=refs/pull/7/merge BUILD_SOURCEVERSION=", "--deepen=1 origin pull")]
    [InlineData("GITLAB_CI=true CI_MERGE_REQUEST_EVENT_TYPE=merged_result CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_MERGE_REQUEST_TARGET_BRANCH_SHA=two CI_COMMIT_SHA=", "--depth=1 origin two")]
    public void What_a_pipeline_says_of_a_merge_leads_to_its_target(string variables, string command)
    {
        var map = (variables + "pull").Split(' ').Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1] is "pull" or "two" ? git[pair[1]] : pair[1]);
        var pipeline = PipelineBase.Read(map.GetValueOrDefault, _ => null);
        var words = command.Split(' ');
        Fetches(git.CheckOut("pull", "refs/remotes/pull/7/merge", 1), $"git fetch --no-tags {words[0]} origin {git[words[2]]}", "two", words[2] == "two" ? BaseKind.Given : BaseKind.FirstParent, pipeline);
        Finds(git.CheckOut("pull", "refs/remotes/pull/7/merge", 0), "two", BaseKind.MergeBase, "origin/main", pipeline);
    }

    [Fact]
    public void Nothing_is_before_the_first_commit()
    {
        var clone = git.NewFolder();
        GitSandbox.Git(Path.GetTempPath(), "init", "--quiet", "--initial-branch=main", clone);
        Assert.Same(FoundBase.First, Find(clone, null, null, Job));
        Assert.Same(FoundBase.First, Find(clone, null, "origin/main", Job));
        Assert.NotNull(Find(clone, "HEAD", null, Job).Problem);
        var first = git.Commit(clone, "first");
        Assert.Same(FoundBase.First, Find(clone, null, null, Job));
        GitSandbox.Git(clone, "branch", "-m", "trunk");
        Assert.Same(FoundBase.First, Find(clone, null, null, Job));
        var configured = Find(clone, null, "origin/main", Job);
        Assert.Equal(("'origin/main' names no commit of this repository", null), (configured.Problem, configured.Fetch));
        File.WriteAllText(Path.Combine(clone, "first.yml"), "changed");
        Assert.Equal(first, Find(clone, null, null, PipelineBase.Nothing).Commit?.Id);
        git.Commit(clone, "second");
        Assert.Equal("there is no branch to compare with: none is named in 'gate.base', and there is no main or master here", Find(clone, null, null, Job).Message);
    }

    [Fact]
    public void Histories_that_never_meet_are_a_problem_that_no_fetch_mends()
    {
        var found = Find(git.Clone("--branch", "unrelated"), null, null, Job);
        Assert.Equal(("'origin/HEAD' and HEAD have no commit in common; name the commit to compare with", null), (found.Problem, found.Fetch));
    }

    [Fact]
    public void The_only_remote_stands_for_origin_and_several_for_none()
    {
        var clone = git.Clone("--origin", "up", "--single-branch", "--branch", "feature");
        Fetches(clone, "git fetch --no-tags up +refs/heads/main:refs/remotes/up/main", "one", BaseKind.MergeBase, Job with { TargetBranch = "main" });
        GitSandbox.Git(clone, "remote", "add", "up/other", git.Server);
        GitSandbox.Git(clone, "branch", "-m", "mine");
        Fetches(clone, "git fetch --no-tags up/other +refs/heads/main:refs/remotes/up/other/main", "two", BaseKind.Given, Job, "up/other/main");
        Assert.Equal("git fetch --all", Find(clone, null, "other", Job).Fetch);
    }

    [Theory]
    [InlineData("none", BaseKind.None)]
    [InlineData("given", BaseKind.Given)]
    [InlineData("merge-base", BaseKind.MergeBase)]
    [InlineData("first-parent", BaseKind.FirstParent)]
    [InlineData("baseline", BaseKind.Baseline)]
    public void The_way_a_base_was_found_has_a_name(string name, object kind) => Assert.Equal(name, ((BaseKind)kind).Name);

    private static FoundBase Find(string clone, string? given, string? configured, PipelineBase pipeline) =>
        GitSandbox.Read(clone, repository => BaseFinder.Find(repository, given, configured, pipeline));

    private void Finds(string clone, string commit, BaseKind how, string name, PipelineBase pipeline, string? given = null, string? configured = null)
    {
        var found = Find(clone, given, configured, pipeline);
        Assert.Equal((git[commit], how, name, null, false), (found.Commit?.Id, found.How, found.Ref, found.Message, found.IsFirstCommit));
    }

    // The command is what makes it work: before it there is a problem, and after it the base.
    private void Fetches(string clone, string command, string commit, BaseKind how, PipelineBase pipeline, string? given = null, string? configured = null)
    {
        var missing = Find(clone, given, configured, pipeline);
        Assert.Equal((command, null, false), (missing.Fetch, missing.Commit, missing.IsFirstCommit));
        Assert.EndsWith($"; '{command}' may bring it", missing.Message, StringComparison.Ordinal);
        GitSandbox.Execute(clone, command);
        var found = Find(clone, given, configured, pipeline);
        Assert.Equal((git[commit], how, null), (found.Commit?.Id, found.How, found.Message));
    }
}
