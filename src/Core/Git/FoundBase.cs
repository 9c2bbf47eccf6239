namespace Merlon.Core.Git;

/// <summary>The commit that head is compared with, or why there is none.</summary>
/// <param name="Ref">As somebody named it; empty for none.</param>
/// <param name="Problem">What is missing, without a full stop; null when nothing is.</param>
/// <param name="Fetch">The command that brings it; null when none does.</param>
internal sealed record FoundBase(string Ref, GitCommit? Commit, BaseKind How, string? Problem, string? Fetch)
{
    /// <summary>Whether nothing was committed before head: there is nothing to compare it with, and nothing is missing.</summary>
    public bool IsFirstCommit { get; init; }

    /// <summary>The problem with the command that mends it, for a finding; null when there is none.</summary>
    public string? Message => Fetch is null ? Problem : $"{Problem}; '{Fetch}' may bring it";

    public static FoundBase First { get; } = new("", null, BaseKind.None, null, null) { IsFirstCommit = true };

    public static FoundBase Of(string name, GitCommit commit, BaseKind how) => new(name, commit, how, null, null);

    public static FoundBase Missing(string problem, string? fetch) => new("", null, BaseKind.None, problem, fetch);
}
