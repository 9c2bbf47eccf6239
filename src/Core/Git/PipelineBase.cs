using System.Buffers;

namespace Merlon.Core.Git;

/// <summary>
/// What a pipeline says about the commit that it checks and the one to compare it with. <see cref="Commit"/>, <see cref="Source"/> and
/// <see cref="IsMergeOfTarget"/> speak of <see cref="Head"/>: a job may have checked out another commit, and then they say nothing.
/// </summary>
internal sealed record PipelineBase
{
    /// <summary>The largest event file that is read. GitHub's own are below one.</summary>
    public const int MaxEventBytes = 8 * 1024 * 1024;

    // https://git-scm.com/docs/git-check-ref-format
    private static readonly SearchValues<char> NoneOfABranch = SearchValues.Create(" ~^:?*[\\");

    /// <summary>What is known outside of a pipeline.</summary>
    public static PipelineBase Nothing { get; } = new();

    /// <summary>Whether this is a build that people wait for on a server, where missing history is an error.</summary>
    public bool IsPipeline { get; init; }

    /// <summary>The plain name of the branch that a pull request or a merge queue goes to.</summary>
    public string? TargetBranch { get; init; }

    /// <summary>The plain name of the repository's main branch.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>All digits of the commit that the pipeline is about: of the merge commit, where it checks one.</summary>
    public string? Head { get; init; }

    /// <summary>The ref or branch that the pipeline is about, for messages: <c>refs/pull/7/merge</c>.</summary>
    public string? HeadRef { get; init; }

    /// <summary>All digits of the commit to compare with: that before a push, or that which a request was put on.</summary>
    public string? Commit { get; init; }

    /// <summary>All digits of the last commit of a pull request.</summary>
    public string? Source { get; init; }

    /// <summary>Whether <see cref="Head"/> is a merge that the server made of the target branch, its first parent, and a pull request.</summary>
    public bool IsMergeOfTarget { get; init; }

    /// <param name="variable">The value of an environment variable; null for one that is not set.</param>
    /// <param name="readFile">The bytes of a file, those beyond <see cref="MaxEventBytes"/> and one left out; null for one that can't be read.</param>
    public static PipelineBase Read(Func<string, string?> variable, Func<string, byte[]?> readFile)
    {
        var read = IsOn("GITHUB_ACTIONS") ? GitHubEvent.Read(variable, readFile)
            : IsOn("TF_BUILD") ? Azure(variable)
            : IsOn("GITLAB_CI") ? GitLab(variable)
            : Nothing;
        string[] signs = ["CI", "ContinuousIntegrationBuild", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"];
        return read with { IsPipeline = signs.Any(IsOn) };

        bool IsOn(string name) => variable(name) is { Length: > 0 } value && value != "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The file of an event, as <see cref="Read"/> wants it.</summary>
    public static byte[]? ReadEvent(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[(int)Math.Min(file.Length, MaxEventBytes + 1L)];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A commit's digits; null for anything else, and for the zeros that stand for none.</summary>
    internal static string? CommitOf(string? text) =>
        text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit) && text.Any(digit => digit != '0') ? text.ToLowerInvariant() : null;

    /// <summary>A branch's plain name; null for what git would not take for one, which might be read as an expression.</summary>
    internal static string? BranchOf(string? text)
    {
        const string Heads = "refs/heads/";
        var name = text is not null && text.StartsWith(Heads, StringComparison.Ordinal) ? text[Heads.Length..] : text;
        return string.IsNullOrEmpty(name) || name[0] is '-' or '/' || name[^1] is '/' or '.' || name.AsSpan().ContainsAny(NoneOfABranch)
            || name.Contains("..", StringComparison.Ordinal) || name.Contains("@{", StringComparison.Ordinal) || name.Any(char.IsControl) ? null : name;
    }

    /// <summary>Whether a ref is the merge that GitHub and Azure make of a pull request: <c>refs/pull/7/merge</c>.</summary>
    internal static bool IsMerge(string? name) => name is not null && name.Split('/') is ["refs", "pull", { Length: > 0 } number, "merge"] && number.All(char.IsAsciiDigit);

    // https://learn.microsoft.com/azure/devops/pipelines/build/variables: the target is refs/heads/main for Azure Repos, main for GitHub.
    private static PipelineBase Azure(Func<string, string?> variable) => new()
    {
        TargetBranch = BranchOf(variable("SYSTEM_PULLREQUEST_TARGETBRANCH")),
        Head = CommitOf(variable("BUILD_SOURCEVERSION")),
        HeadRef = variable("BUILD_SOURCEBRANCH"),
        Source = CommitOf(variable("SYSTEM_PULLREQUEST_SOURCECOMMITID")),
        IsMergeOfTarget = variable("BUILD_REASON") == "PullRequest" && IsMerge(variable("BUILD_SOURCEBRANCH")),
    };

    // https://docs.gitlab.com/ci/variables/predefined_variables: the target's commit is there for merged results only.
    private static PipelineBase GitLab(Func<string, string?> variable)
    {
        var target = CommitOf(variable("CI_MERGE_REQUEST_TARGET_BRANCH_SHA"));
        var isMerge = target is not null || variable("CI_MERGE_REQUEST_EVENT_TYPE") is "merged_result" or "merge_train";
        var isPush = variable("CI_PIPELINE_SOURCE") == "push";
        return new()
        {
            TargetBranch = BranchOf(variable("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")),
            DefaultBranch = BranchOf(variable("CI_DEFAULT_BRANCH")),
            Head = CommitOf(variable("CI_COMMIT_SHA")),
            HeadRef = variable("CI_MERGE_REQUEST_REF_PATH") ?? variable("CI_COMMIT_REF_NAME"),
            Commit = isMerge ? target : CommitOf(variable("CI_MERGE_REQUEST_DIFF_BASE_SHA")) ?? (isPush ? CommitOf(variable("CI_COMMIT_BEFORE_SHA")) : null),
            Source = CommitOf(variable("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA")),
            IsMergeOfTarget = isMerge,
        };
    }
}
