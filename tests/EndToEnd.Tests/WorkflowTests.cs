using System.Text.RegularExpressions;
using Xunit;
using static Merlon.EndToEnd.Tests.Workflow;

namespace Merlon.EndToEnd.Tests;

/// <summary>What the workflows and the action may do, and what they publish.</summary>
public sealed partial class WorkflowTests
{
    // Looked up at the actions' own repositories: a commit that is not here was not.
    private static readonly string[] Checked =
    [
        "actions/attest-build-provenance@a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32 # v4.1.0",
        "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
        "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0",
        "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
        "actions/setup-dotnet@a98b56852c35b8e3190ac28c8c2271da59106c68 # v6.0.0",
        "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
        "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0",
        "github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2",
    ];

    public static TheoryData<string> Files => [.. Workflow.Names];

    public static TheoryData<string> WorkflowFiles => [.. Workflow.Names.Where(name => name != Workflow.Action)];

    [Theory, MemberData(nameof(Files))]
    public void Actions_are_pinned_to_commits_that_were_checked(string name)
    {
        // On the text, so that what is commented out is looked at as well.
        var used = Used().Matches(Read(name).Text).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(used);
        Assert.All(used, action => Assert.Contains(action, Checked));
    }

    [Theory, MemberData(nameof(WorkflowFiles))]
    public void A_workflow_may_read_the_repository_and_a_job_says_what_else_it_needs(string name)
    {
        var workflow = Read(name);
        Assert.Equal("contents: read", Line(workflow.Root, "permissions"));
        var more = workflow.Jobs.Where(job => Line(job.Job, "permissions").Length > 0).Select(job => $"{job.Name}: {Line(job.Job, "permissions")}");
        Assert.Equal(name switch
        {
            "pull-request.yml" => ["code-scanning: actions: read, contents: read, security-events: write"],
            "pull-request-comment.yml" => ["comment: actions: read, contents: read, pull-requests: write"],
            "release.yml" => ["attest: attestations: write, contents: read, id-token: write", "release: contents: write"],
            _ => Array.Empty<string>(),
        }, more);
        // None of these runs what a pull request brings.
        Assert.All(workflow.Jobs.Where(job => Line(job.Job, "permissions").Contains("write", StringComparison.Ordinal)), job =>
            Assert.DoesNotContain(StepsOf(job.Job), step => Value(step, "run")?.Contains("dotnet", StringComparison.Ordinal) == true));
    }

    [Theory, MemberData(nameof(WorkflowFiles))]
    public void A_job_ends_in_time(string name) =>
        Assert.All(Read(name).Jobs, job => Assert.InRange(int.Parse(Value(job.Job, "timeout-minutes") ?? "0", System.Globalization.CultureInfo.InvariantCulture), 1, 60));

    [Theory, MemberData(nameof(Files))]
    public void What_others_wrote_never_becomes_a_script(string name)
    {
        var workflow = Read(name);
        Assert.DoesNotContain("pull_request_target", workflow.Text, StringComparison.Ordinal);
        Assert.All(workflow.Scripts, script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Files))]
    public void A_checkout_leaves_no_token_and_chooses_no_commit(string name)
    {
        foreach (var step in Read(name).Steps.Where(step => Uses(step, "actions/checkout")))
        {
            Assert.Equal("false", Value(step, "with", "persist-credentials"));
            Assert.Null(Value(step, "with", "ref"));
            Assert.Null(Value(step, "with", "repository"));
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void A_script_that_is_called_is_there(string name)
    {
        foreach (var path in Read(name).Scripts.SelectMany(script => Called().Matches(script)).Select(match => match.Value).Distinct())
        {
            var file = Path.Combine(Checkout.Root, path);
            Assert.True(File.Exists(file), path);
            if (!OperatingSystem.IsWindows())
                Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute), path);
        }
    }

    [Fact]
    public void What_comes_from_a_pull_request_is_fetched_by_the_script_alone()
    {
        var comment = Read("pull-request-comment.yml");
        Assert.Equal("workflow_run", Assert.Single((YamlDotNet.RepresentationModel.YamlMappingNode)comment.Root["on"]).Key.ToString());
        Assert.Equal(["build/comment.sh"], comment.Scripts);
        Assert.Equal("actions/checkout", Assert.Single(comment.Steps, step => Value(step, "uses") is not null) is var step ? Value(step, "uses")!.Split('@')[0] : "");
        // The name by which the two know each other.
        Assert.Contains($"name: {Value(Read("pull-request.yml").Root, "name")}\n", Read("pull-request.yml").Text, StringComparison.Ordinal);
        Assert.Contains("workflows: [pull-request]\n", comment.Text, StringComparison.Ordinal);
        Assert.Contains("artifact=merlon-comment\n", File.ReadAllText(Path.Combine(Checkout.Root, "build", "comment.sh")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_uploaded_lists_gaps_only_where_the_script_made_it()
    {
        var uploads = Workflow.All.SelectMany(workflow => workflow.Steps.Where(step => Uses(step, "actions/upload-artifact"))
            .Select(step => $"{workflow.Name}: {Value(step, "with", "name")}, {Value(step, "with", "path")}, {Value(step, "if")}"));
        Assert.Equal(
        [
            "ci.yml: packages-${{ matrix.os }}, packages, ",
            "pull-request.yml: merlon-comment, ${{ runner.temp }}/merlon/merlon.md, ${{ !cancelled() && github.event_name == 'pull_request' }}",
            "pull-request.yml: merlon-sarif, ${{ runner.temp }}/merlon/merlon.sarif, ${{ !cancelled() && steps.check.outputs.sarif != '' }}",
            "release.yml: packages-${{ matrix.rid }}, ${{ matrix.files }}, ",
            "release.yml: packages-sbom, packages/*.cdx.json, ",
            "release.yml: gaps, ${{ runner.temp }}/gaps, ${{ steps.gaps.outputs.made == 'true' }}",
        ], uploads);
        // A release takes them on the same condition.
        Assert.All(Read("release.yml").Jobs.Single(job => job.Name == "release").Job is var release ? StepsOf(release) : [], step =>
            Assert.True(!step.ToString().Contains("gaps", StringComparison.Ordinal) || Value(step, "if") == "${{ needs.gaps.outputs.made == 'true' }}", step.ToString()));
        Assert.All(Workflow.All.SelectMany(workflow => workflow.Scripts), script => Assert.DoesNotMatch(@"(?m)\bmerlon\b.* (layer|report|assess|gaps|coverage|plan|why|trend)\b|--format[= ]*json", script));
    }

    [Fact]
    public void Pages_are_published_by_nothing_but_what_is_commented_out()
    {
        Assert.All(Workflow.All.SelectMany(workflow => workflow.Text.Split('\n')).Where(line => line.Contains("pages", StringComparison.OrdinalIgnoreCase)), line => Assert.Matches("^ *#", line));
        var release = Read("release.yml").Text.Split('\n');
        Assert.StartsWith("  # GAPS BECOME PUBLIC", release[Array.IndexOf(release, "  # pages:") - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_on_pipelines_has_what_the_action_takes_and_gives()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "pipelines.md")).ReplaceLineEndings("\n");
        Assert.All(Used().Matches(page).Select(match => match.Groups[1].Value), action => Assert.True(Checked.Contains(action) || action.StartsWith("OWNER/merlon@COMMIT # v", StringComparison.Ordinal), action));
        var action = Read(Workflow.Action).Root;
        foreach (var (key, heading) in new[] { ("inputs", "| input | is |"), ("outputs", "| output | is |") })
        {
            var table = page[page.IndexOf(heading, StringComparison.Ordinal)..].Split("\n\n")[0];
            var documented = Cell().Matches(table).SelectMany(match => match.Groups[1].Value.Split(", ")).Select(name => name.Trim('`'));
            Assert.Equal(((YamlDotNet.RepresentationModel.YamlMappingNode)action[key]).Select(pair => pair.Key.ToString()).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
        }
    }

    [GeneratedRegex(@"^\| (`[^|]+`) \|", RegexOptions.Multiline)]
    private static partial Regex Cell();

    [GeneratedRegex(@"^[ #-]*uses: *(.+)$", RegexOptions.Multiline)]
    private static partial Regex Used();

    [GeneratedRegex(@"(?<![\w.])(?:build/[\w-]+\.sh|\.ci/run)\b")]
    private static partial Regex Called();
}
