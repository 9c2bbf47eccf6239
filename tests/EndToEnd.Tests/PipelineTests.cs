using System.Text.Json;
using Merlon.Core.Tests;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>
/// Checkouts as pipelines make them, with the environment that they set, by the command and by a build. A pull request deleted a rule that has
/// no other beside it; what the checkout lacks is fetched with the command that the finding gives.
/// </summary>
public sealed class PipelineTests : IDisposable
{
    private const string Lost = """
        lost T1003.001 Fox on Windows error: removed rules/b.yml:5
        floor Fox 3/5 of 80 error
        MRL5002 error actors/fox.yml:2
        MRL5001 error merlon.yml:1
        """;

    private static readonly string Nothing = new('0', 40);

    private readonly History _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void GitHub_checks_the_merge_of_a_pull_request_at_depth_1()
    {
        var (merge, target, source) = Pull();
        var clone = _server.CheckOut(merge, "refs/remotes/pull/7/merge", 1);
        (string, string)[] environment =
        [
            ("CI", "true"), ("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_BASE_REF", "main"), ("GITHUB_REF", "refs/pull/7/merge"), ("GITHUB_SHA", merge),
            ("GITHUB_EVENT_PATH", Event(new { pull_request = new { @base = new { @ref = "main", sha = target }, head = new { sha = source } } })),
        ];
        AssertMissing(clone, environment, $"git fetch --no-tags --deepen=1 origin {merge}");
        AssertSays($"failed, base HEAD^ by first-parent\n{Lost}", clone, environment);
    }

    [Fact]
    public void GitHub_checks_a_push_of_two_merges_each_of_which_removed_one_of_two_rules()
    {
        var (before, after) = Push();
        (string, string)[] environment = [("CI", "true"), ("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "push"), ("GITHUB_REF", "refs/heads/main"), ("GITHUB_SHA", after)];
        (string, string) push = ("GITHUB_EVENT_PATH", Event(new { before, forced = false, repository = new { default_branch = "main" } }));
        var clone = _server.CheckOut(after, "refs/remotes/origin/main", 1);
        AssertMissing(clone, [.. environment, push], $"git fetch --no-tags --depth=1 origin {before}");
        AssertSays($"""
            failed, base {before} by given
            lost T1003.001 Fox on Windows error: removed rules/b.yml:5; removed rules/e.yml:5
            floor Fox 3/5 of 80 error
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:1
            """, clone, [.. environment, push]);
        // Without the event only the last merge is seen.
        using var whole = _server.Clone();
        AssertSays("""
            failed, base HEAD^ by first-parent
            lost T1003.001 Fox on Windows error: removed rules/e.yml:5
            floor Fox 3/5 of 80 error
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:1
            """, whole, environment);
    }

    [Fact]
    public void GitHub_checks_a_merge_queue_against_the_request_before()
    {
        var (_, target, _) = Pull();
        _server.Git("checkout", "--quiet", "-b", "queue", "main");
        _server.Write("rules/e.yml", History.Rule("5", "t1055"));
        _server.Commit("the request before");
        var before = _server.Head;
        _server.Merge("change");
        var head = _server.Head;
        var clone = _server.CheckOut(head, "refs/remotes/origin/gh-readonly-queue/main/pr-8", 1);
        (string, string)[] environment =
        [
            ("CI", "true"), ("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "merge_group"), ("GITHUB_REF", "refs/heads/gh-readonly-queue/main/pr-8"), ("GITHUB_SHA", head),
            ("GITHUB_EVENT_PATH", Event(new { merge_group = new { base_sha = before, base_ref = "refs/heads/main" } })),
        ];
        AssertMissing(clone, environment, $"git fetch --no-tags --depth=1 origin {before}");
        AssertSays($"""
            passed, base {before} by given
            lost T1003.001 Fox on Windows warning: removed rules/b.yml:5
            MRL5002 warning actors/fox.yml:2
            """, clone, environment);
        Assert.NotEqual(target, before);
    }

    [Fact]
    public void Azure_checks_the_merge_of_a_pull_request_at_depth_1()
    {
        var (merge, _, source) = Pull();
        var clone = _server.CheckOut(merge, "refs/remotes/pull/7/merge", 1);
        (string, string)[] environment =
        [
            ("TF_BUILD", "True"), ("BUILD_REASON", "PullRequest"), ("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main"), ("BUILD_SOURCEBRANCH", "refs/pull/7/merge"),
            ("BUILD_SOURCEVERSION", merge), ("SYSTEM_PULLREQUEST_SOURCECOMMITID", source),
        ];
        AssertMissing(clone, environment, $"git fetch --no-tags --deepen=1 origin {merge}");
        AssertSays($"failed, base HEAD^ by first-parent\n{Lost}", clone, environment);
    }

    [Fact]
    public void GitLab_checks_the_branch_of_a_merge_request_against_where_it_left()
    {
        var (_, target, source) = Pull();
        var clone = _server.CheckOut(source, "refs/remotes/origin/change", 1);
        (string, string)[] environment =
        [
            ("CI", "true"), ("GITLAB_CI", "true"), ("CI_PIPELINE_SOURCE", "merge_request_event"), ("CI_MERGE_REQUEST_EVENT_TYPE", "detached"), ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", target), ("CI_COMMIT_SHA", source), ("CI_COMMIT_BEFORE_SHA", Nothing), ("CI_DEFAULT_BRANCH", "main"),
        ];
        AssertMissing(clone, environment, $"git fetch --no-tags --depth=1 origin {target}");
        AssertSays($"failed, base {target} by given\n{Lost}", clone, environment);
    }

    // Main with a merge of a branch that deleted a rule, on a detached HEAD.
    private (string Merge, string Target, string Source) Pull()
    {
        var target = _server.Head;
        _server.Branch("change");
        _server.Delete("rules/b.yml");
        _server.Commit("lose");
        var source = _server.Head;
        _server.Git("checkout", "--quiet", "--detach", "main");
        _server.Merge("change");
        return (_server.Head, target, source);
    }

    private (string Before, string After) Push()
    {
        _server.Write("rules/e.yml", History.Rule("5", "t1003.001"));
        _server.Commit("a second rule");
        var before = _server.Head;
        foreach (var rule in new[] { "b", "e" })
        {
            _server.Git("checkout", "--quiet", "-b", rule, before);
            _server.Delete($"rules/{rule}.yml");
            _server.Commit($"remove {rule}");
        }
        _server.Switch("main");
        _server.Merge("b");
        _server.Merge("e");
        return (before, _server.Head);
    }

    // A checkout of one commit fails, and says what to execute.
    private static void AssertMissing(History clone, (string, string)[] environment, string command)
    {
        var ended = Gate(clone, environment);
        Assert.True(ended.ExitCode == 1, ended.ToString());
        var message = Said.MessageOf(ended.Output, "MRL5005");
        Assert.Contains($"'{command}'", message, StringComparison.Ordinal);
        clone.Git(command.Split(' ')[1..]);
    }

    private static void AssertSays(string expected, History clone, (string, string)[] environment)
    {
        var ended = Gate(clone, environment);
        var said = Said.In(ended.Output);
        Assert.True(said == expected.ReplaceLineEndings("\n"), $"expected:\n{expected}\n\nsaid:\n{said}");
        Assert.Equal(said.StartsWith("passed", StringComparison.Ordinal) ? 0 : 1, ended.ExitCode);
        AssertBuildAgrees(clone, ended.ExitCode, environment);
    }

    // An untracked file is none of what a pipeline checks.
    private static void AssertBuildAgrees(History clone, int exitCode, (string, string)[] environment)
    {
        clone.Write("rules.proj", RulesRepository.Project);
        var build = Program.Run(clone.Root, "dotnet", ["build", "rules.proj", "--verbosity", "detailed", "-m:1"], environment);
        Assert.True(build.ExitCode == exitCode, build.ToString());
        var check = Program.Run(clone.Root, "dotnet", [Checkout.Cli, "check", "--format", "json", "--date", RulesRepository.Day], environment);
        Assert.Equal(Reported.InJson(check.Output), Reported.InBuildLog(build.Output, clone.Root));
    }

    private static Ended Gate(History clone, (string, string)[] environment) =>
        Program.Run(clone.Root, "dotnet", [Checkout.Cli, "gate", "--format", "json", "--date", RulesRepository.Day], environment);

    private string Event(object payload)
    {
        var path = _server.PathOf("../event.json");
        File.WriteAllText(path, JsonSerializer.Serialize(payload));
        return path;
    }
}
