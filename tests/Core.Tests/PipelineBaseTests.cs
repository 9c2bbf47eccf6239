using System.Text;
using Merlon.Core.Git;
using Xunit;

namespace Merlon.Core.Tests;

public class PipelineBaseTests
{
    private static readonly string A = new('a', 40);
    private static readonly string B = new('b', 40);
    private static readonly string C = new('c', 64);

    [Theory]
    [InlineData("CI=true", true)]
    [InlineData("CI=1", true)]
    [InlineData("CI=woodpecker", true)]
    [InlineData("ContinuousIntegrationBuild=true", true)]
    [InlineData("GITHUB_ACTIONS=true", true)]
    [InlineData("TF_BUILD=True", true)]
    [InlineData("GITLAB_CI=true", true)]
    [InlineData("CI=false", false)]
    [InlineData("CI=False", false)]
    [InlineData("CI=0", false)]
    [InlineData("CI=", false)]
    [InlineData("GITHUB_BASE_REF=main", false)]
    public void A_pipeline_says_that_it_is_one(string variable, bool expected) => Assert.Equal(PipelineBase.Nothing with { IsPipeline = expected }, Read([variable]));

    [Fact]
    public void A_pull_request_of_GitHub_names_its_target_and_its_merge()
    {
        string[] variables = ["GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=pull_request", "GITHUB_BASE_REF=release/1.x", "GITHUB_REF=refs/pull/12/merge", $"GITHUB_SHA={A}", "GITHUB_EVENT_PATH=event"];
        var read = Read(variables, $$$"""{"pull_request":{"base":{"sha":"{{{B}}}","ref":"other"},"head":{"sha":"{{{C}}}"}},"repository":{"default_branch":"main"}}""");
        Assert.Equal(new() { IsPipeline = true, TargetBranch = "release/1.x", DefaultBranch = "main", Head = A, HeadRef = "refs/pull/12/merge", Source = C, IsMergeOfTarget = true }, read);
        Assert.Equal(read with { DefaultBranch = null, Source = null }, Read(variables));
    }

    [Fact]
    public void Other_events_of_a_pull_request_name_its_target_in_the_event_only()
    {
        var read = Read(["GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=pull_request_review", "GITHUB_BASE_REF=", "GITHUB_REF=refs/pull/12/merge", "GITHUB_EVENT_PATH=event"], """{"pull_request":{"base":{"ref":"main"}}}""");
        Assert.Equal(("main", true), (read.TargetBranch, read.IsMergeOfTarget));
        read = Read(["GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=pull_request_target", "GITHUB_BASE_REF=main", "GITHUB_REF=refs/heads/main"]);
        Assert.Equal(("main", false), (read.TargetBranch, read.IsMergeOfTarget));
    }

    [Fact]
    public void A_merge_queue_of_GitHub_names_the_commit_that_it_builds_on()
    {
        var read = Read(["GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=merge_group", "GITHUB_REF=refs/heads/gh-readonly-queue/main/pr-8", $"GITHUB_SHA={A}", "GITHUB_EVENT_PATH=event"],
            $$$"""{"merge_group":{"base_sha":"{{{B}}}","base_ref":"refs/heads/main","head_sha":"{{{A}}}"},"before":"{{{A}}}"}""");
        Assert.Equal(new() { IsPipeline = true, TargetBranch = "main", Head = A, HeadRef = "refs/heads/gh-readonly-queue/main/pr-8", Commit = B }, read);
    }

    [Fact]
    public void A_push_of_GitHub_names_the_commit_before_it()
    {
        Assert.Equal(B, Push($$"""{"before":"{{B}}","forced":false}""").Commit);
        Assert.Null(Push($$"""{"before":"{{B}}","forced":true}""").Commit);
        Assert.Null(Push($$"""{"before":"{{B}}"}""").Commit);
        Assert.Null(Push("""{"before":"0000000000000000000000000000000000000000","forced":false}""").Commit);
        Assert.Null(Push("""{"forced":false}""").TargetBranch);
    }

    [Theory]
    [InlineData("refs/heads/main")]
    [InlineData("main")]
    public void A_pull_request_of_Azure_names_its_target_and_its_merge(string target)
    {
        string[] variables = ["TF_BUILD=True", $"SYSTEM_PULLREQUEST_TARGETBRANCH={target}", "BUILD_SOURCEBRANCH=refs/pull/7/merge", $"BUILD_SOURCEVERSION={A}", $"SYSTEM_PULLREQUEST_SOURCECOMMITID={B}"];
        PipelineBase expected = new() { IsPipeline = true, TargetBranch = "main", Head = A, HeadRef = "refs/pull/7/merge", Source = B, IsMergeOfTarget = true };
        Assert.Equal(expected, Read([.. variables, "BUILD_REASON=PullRequest"]));
        Assert.Equal(expected with { IsMergeOfTarget = false }, Read([.. variables, "BUILD_REASON=Manual"]));
    }

    [Fact]
    public void A_merge_request_of_GitLab_names_where_it_began()
    {
        var read = Read(["GITLAB_CI=true", "CI_PIPELINE_SOURCE=merge_request_event", "CI_MERGE_REQUEST_EVENT_TYPE=detached", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA=",
            $"CI_MERGE_REQUEST_DIFF_BASE_SHA={B}", $"CI_COMMIT_SHA={A}", "CI_MERGE_REQUEST_REF_PATH=refs/merge-requests/7/head", "CI_DEFAULT_BRANCH=main", "CI_COMMIT_BEFORE_SHA=0000000000000000000000000000000000000000"]);
        Assert.Equal(new() { IsPipeline = true, TargetBranch = "main", DefaultBranch = "main", Head = A, HeadRef = "refs/merge-requests/7/head", Commit = B }, read);
    }

    [Fact]
    public void Merged_results_of_GitLab_name_the_target_and_never_where_the_request_began()
    {
        string[] variables = ["GITLAB_CI=true", "CI_MERGE_REQUEST_EVENT_TYPE=merged_result", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", $"CI_MERGE_REQUEST_DIFF_BASE_SHA={B}", $"CI_COMMIT_SHA={A}"];
        var read = Read([.. variables, $"CI_MERGE_REQUEST_TARGET_BRANCH_SHA={C}"]);
        Assert.Equal((C, true), (read.Commit, read.IsMergeOfTarget));
        read = Read(variables);
        Assert.Equal((null, true), (read.Commit, read.IsMergeOfTarget));
    }

    [Fact]
    public void A_push_of_GitLab_names_the_commit_before_it()
    {
        Assert.Equal(B, Read(["GITLAB_CI=true", "CI_PIPELINE_SOURCE=push", $"CI_COMMIT_BEFORE_SHA={B}"]).Commit);
        Assert.Null(Read(["GITLAB_CI=true", "CI_PIPELINE_SOURCE=push", "CI_COMMIT_BEFORE_SHA=0000000000000000000000000000000000000000"]).Commit);
        Assert.Null(Read(["GITLAB_CI=true", "CI_PIPELINE_SOURCE=schedule", $"CI_COMMIT_BEFORE_SHA={B}"]).Commit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"before":3,"forced":false}""")]
    [InlineData("""{"before":"main","forced":false}""")]
    [InlineData("""{"before":"--upload-pack=x","forced":false}""")]
    [InlineData("""{"before":"\ud800","forced":false}""")]
    [InlineData("""{"\ud800":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","before":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","forced":false}""")]
    [InlineData("""{"before":{"before":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},"forced":false}""")]
    [InlineData("""{"before":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n","forced":false,"repository":[]}""")]
    public void An_event_that_is_no_event_says_nothing(string text) => Assert.Equal(new() { IsPipeline = true }, Push(text));

    [Fact]
    public void An_event_that_is_too_large_or_too_deep_says_nothing()
    {
        var text = $$"""{"before":"{{B}}","forced":false""";
        Assert.Equal(B, Push(text + new string(' ', PipelineBase.MaxEventBytes - text.Length - 1) + "}").Commit);
        Assert.Null(Push(text + new string(' ', PipelineBase.MaxEventBytes - text.Length) + "}").Commit);
        Assert.Null(Push(text + ",\"x\":" + new string('[', 1000) + new string(']', 1000) + "}").Commit);
    }

    [Theory]
    [InlineData("-main")]
    [InlineData("main^{/x}")]
    [InlineData("main~1")]
    [InlineData("main@{1}")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("refs/heads/")]
    [InlineData("")]
    public void A_target_that_is_no_branch_is_none(string target) => Assert.Null(Read(["GITHUB_ACTIONS=true", $"GITHUB_BASE_REF={target}"]).TargetBranch);

    [Theory]
    [InlineData("refs/pull/7/head")]
    [InlineData("refs/pull//merge")]
    [InlineData("refs/pull/x/merge")]
    [InlineData("refs/pull/7/merge/x")]
    [InlineData("refs/heads/pull/7/merge")]
    public void Other_refs_are_no_merge(string name) => Assert.False(Read(["GITHUB_ACTIONS=true", $"GITHUB_REF={name}"]).IsMergeOfTarget);

    private static PipelineBase Push(string text) => Read(["GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=push", "GITHUB_EVENT_PATH=event"], text);

    private static PipelineBase Read(string[] variables, string? text = null)
    {
        var map = variables.ToDictionary(variable => variable[..variable.IndexOf('=', StringComparison.Ordinal)], variable => variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return PipelineBase.Read(name => map.GetValueOrDefault(name), path => path == "event" && text is not null ? Encoding.UTF8.GetBytes(text) : null);
    }
}
