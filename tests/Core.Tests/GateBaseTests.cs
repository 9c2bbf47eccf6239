using Xunit;
using static Merlon.Core.Tests.History;

namespace Merlon.Core.Tests;

/// <summary>Which commit a verdict compares with, in histories as people and pipelines make them.</summary>
public sealed class GateBaseTests : GateScene
{
    private const string Lost = """
        lost T1003.001 Fox on Windows error: removed rules/b.yml:5
        floor Fox 3/5 of 80 error
        MRL5002 error actors/fox.yml:2
        MRL5001 error merlon.yml:1
        """;

    [Fact]
    public void A_feature_branch_is_compared_with_where_it_left_main_whatever_main_lost_since()
    {
        Work.Delete("rules/b.yml");
        Work.Commit("lose on the branch");
        Work.Switch("main");
        Work.Delete("rules/c.yml");
        Work.Commit("lose on main");
        Work.Switch("change");
        AssertSays($"failed, base main by merge-base\n{Lost}", Gate());
    }

    [Fact]
    public void In_a_clone_the_branch_of_the_remote_is_the_base_and_not_a_local_one_that_lags()
    {
        Work.Switch("main");
        using var clone = Work.Clone();
        Work.Write("rules/e.yml", Rule("5", "t1055"));
        Work.Commit("main moves on");
        clone.Git("fetch", "--quiet");
        clone.Git("checkout", "--quiet", "-b", "feature", "origin/main");
        clone.Delete("rules/e.yml");
        clone.Commit("lose");
        AssertSays("""
            passed, base origin/HEAD by merge-base
            lost T1055 Fox on Windows warning: removed rules/e.yml:5
            MRL5002 warning actors/fox.yml:2
            """, Gate(folder: clone.Root));
    }

    [Fact]
    public void A_base_of_which_a_partial_clone_left_something_out_is_none_until_that_is_fetched()
    {
        Work.Delete("rules/b.yml");
        Work.Commit("lose");
        Work.Git("config", "uploadpack.allowFilter", "true");
        Work.Git("config", "uploadpack.allowAnySHA1InWant", "true");
        using var clone = Work.Clone("--filter=blob:none");
        var said = Gate(folder: clone.Root, pipeline: new() { IsPipeline = true });
        Assert.Contains("MRL5005 error", Said.In(said), StringComparison.Ordinal);
        var fetch = Said.MessageOf(said, "MRL5005").Split('\'').Single(part => part.StartsWith("git fetch ", StringComparison.Ordinal));
        clone.Git(fetch.Split(' ')[1..]);
        AssertSays($"failed, base HEAD^ by first-parent\n{Lost}", Gate(folder: clone.Root, pipeline: new() { IsPipeline = true }));
    }

    [Fact]
    public void A_base_that_somebody_names_and_that_is_not_here_is_an_error() => Assert.Contains("MRL5005 error merlon.yml:1", Said.In(Gate(given: "no-such-branch")), StringComparison.Ordinal);

    [Fact]
    public void On_main_the_parent_is_the_base()
    {
        Work.Switch("main");
        Work.Delete("rules/b.yml");
        Work.Commit("lose");
        AssertSays($"failed, base HEAD^ by first-parent\n{Lost}", Gate());
    }

    [Fact]
    public void What_is_not_committed_is_compared_with_the_commit_it_changes()
    {
        Work.Switch("main");
        Work.Delete("rules/b.yml");
        AssertSays($"failed, base main by merge-base\n{Lost}", Gate());
    }

    [Fact]
    public void The_base_that_is_given_is_taken_as_it_is()
    {
        var first = Work.Head;
        Work.Delete("rules/b.yml");
        Work.Commit("lose");
        Work.Write("rules/b.yml", Rule("2", "t1003.001"));
        Work.Write("rules/e.yml", Rule("5", "t1055"));
        Work.Commit("win");
        AssertSays($"""
            passed, base {first} by given
            gained T1055 Fox: new rule rules/e.yml:5
            """, Gate(first));
        AssertSays("""
            passed, base HEAD~1 by given
            gained T1003.001 Fox: new rule rules/b.yml:5
            gained T1055 Fox: new rule rules/e.yml:5
            """, Gate("HEAD~1"));
    }

    [Fact]
    public void Without_a_base_floors_hold_and_losses_are_a_warning_here_and_an_error_in_a_pipeline()
    {
        Work.Git("branch", "--quiet", "-D", "main");
        Work.Delete("rules/b.yml");
        Work.Replace("merlon.yml", "80", "60");
        Work.Commit("lose");
        AssertSays("""
            passed, base  by none
            MRL5005 warning merlon.yml:1
            """, Gate());
        AssertSays("""
            failed, base  by none
            MRL5005 error merlon.yml:1
            """, Gate(pipeline: new() { IsPipeline = true }));
    }

    [Fact]
    public void The_first_commit_has_nothing_before_it_and_passes() => AssertSays("passed, base  by none", Gate(pipeline: new() { IsPipeline = true }));

    [Fact]
    public void A_rule_that_is_not_tracked_counts_and_one_that_is_ignored_does_not()
    {
        Work.Write(".gitignore", "drafts/\n");
        Start();
        Work.Write("rules/e.yml", Rule("5", "t1055"));
        Work.Write("rules/drafts/f.yml", Rule("6", "t1014"));
        AssertSays("""
            passed, base main by merge-base
            gained T1055 Fox: new rule rules/e.yml:5
            """, Gate());
        Work.Move("rules/b.yml", "rules/drafts/b.yml");
        Assert.Contains("lost T1003.001 Fox on Windows", Said.In(Gate()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_linked_worktree_is_compared_as_its_repository_is()
    {
        Work.Git("worktree", "add", "--quiet", "../linked", "-b", "linked", "main");
        var linked = Path.Combine(Work.Root, "..", "linked");
        File.Delete(Path.Combine(linked, "rules", "b.yml"));
        AssertSays($"failed, base main by merge-base\n{Lost}", Gate(folder: Path.GetFullPath(linked)));
    }

    [Fact]
    public void Revisions_are_compared_in_a_bare_repository_too()
    {
        Work.Delete("rules/b.yml");
        Work.Commit("lose");
        using var bare = Work.Clone("--bare");
        AssertSays("""
            failed, base main by given
            lost T1003.001 Fox on Windows error: removed rules/b.yml:5
            floor Fox 3/5 of 80 error
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:1
            """, Diff("main..change", bare.Root));
    }

    [Fact]
    public void Three_dots_leave_out_what_main_did_since()
    {
        Work.Delete("rules/b.yml");
        Work.Commit("lose on the branch");
        Work.Switch("main");
        Work.Write("rules/e.yml", Rule("5", "t1055"));
        Work.Commit("win on main");
        Assert.Contains("lost T1055", Said.In(Diff("main..change")), StringComparison.Ordinal);
        var since = Said.In(Diff("main...change"));
        Assert.DoesNotContain("T1055", since, StringComparison.Ordinal);
        Assert.Contains("lost T1003.001", since, StringComparison.Ordinal);
        Assert.Contains("gained T1003.001", Said.In(Diff("change..main")), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_a_submodule_are_compared_at_its_recorded_commits()
    {
        using History vendor = new();
        vendor.Git("rm", "-rq", "merlon.yml", "actors", "rules");
        vendor.Write("e.yml", Rule("5", "t1055"));
        vendor.Commit("rule");
        Work.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", vendor.Url, "rules/vendor");
        Start();
        var vendored = Work.PathOf("rules/vendor");
        File.Move(Path.Combine(vendored, "e.yml"), Work.PathOf("rules/e.yml"));
        History.Run(vendored, "commit", "--quiet", "-a", "-m", "moved to the users");
        Commits("passed, base main by merge-base");
        Work.Delete("rules/e.yml");
        Commits("""
            passed, base main by merge-base
            lost T1055 Fox on Windows warning: removed rules/vendor/e.yml:5
            MRL5002 warning actors/fox.yml:2
            """);
    }
}
