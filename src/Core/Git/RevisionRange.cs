using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>What <c>merlon diff</c> compares, as git writes it.</summary>
/// <param name="Base">Null for the gate's base.</param>
/// <param name="Head">Null for the working tree.</param>
/// <param name="IsSinceFork">Whether the base is where the two parted: <c>A...B</c>.</param>
internal sealed record RevisionRange(string? Base, string? Head, bool IsSinceFork)
{
    /// <param name="text"><c>A..B</c>, <c>A...B</c>, either without one side, which is HEAD then, <c>A</c>, or nothing.</param>
    /// <returns>Null for anything else.</returns>
    public static RevisionRange? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return new(null, null, false);
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
            return new(text, null, false);
        var isSinceFork = text.AsSpan(dots).StartsWith("...");
        var (one, other) = (text[..dots], text[(dots + (isSinceFork ? 3 : 2))..]);
        return other.StartsWith('.') || other.Contains("..", StringComparison.Ordinal) || (one.Length == 0 && other.Length == 0) ? null
            : new(one.Length == 0 ? "HEAD" : one, other.Length == 0 ? "HEAD" : other, isSinceFork);
    }

    /// <summary>Finds both sides.</summary>
    /// <param name="configured">As for <see cref="BaseFinder.Find"/>, for a range that names no base.</param>
    /// <returns>Null, with a finding, when one is missing. Only a range without a base can have found that there is nothing before head.</returns>
    public RevisionPair? TryFind(GitRepository repository, string? configured, PipelineBase pipeline, out Diagnostic? error)
    {
        var found = BaseFinder.Find(repository, Base, configured, pipeline);
        error = Finding(found);
        if (error is not null || Head is null)
            return error is null ? new(found, "working tree", null) : null;
        var head = BaseFinder.Find(repository, Head, null, pipeline);
        error = Finding(head);
        if (error is null && IsSinceFork)
            (found, error) = Fork(repository, found, head);
        return error is null ? new(found, Head, head.Commit) : null;
    }

    private static (FoundBase, Diagnostic?) Fork(GitRepository repository, FoundBase one, FoundBase other)
    {
        var found = repository.FindMergeBase(one.Commit!, other.Commit!) is { } fork ? FoundBase.Of(one.Ref, fork, BaseKind.MergeBase) // both were given and found
            : repository.IsShallow ? FoundBase.Missing($"history ends before '{one.Ref}' and '{other.Ref}' meet, as in a shallow clone", FetchCommand.OfHistory(repository))
            : FoundBase.Missing($"'{one.Ref}' and '{other.Ref}' have no commit in common; '{one.Ref}..{other.Ref}' compares the two themselves", null);
        return (found, Finding(found));
    }

    private static Diagnostic? Finding(FoundBase found) => found.Message is { } message ? RevisionDiagnostics.UnknownRevision.At(SourceSpan.StartOf(""), message) : null;
}

/// <summary>The two sides of a comparison.</summary>
/// <param name="HeadRef">As somebody named it; <c>working tree</c>.</param>
/// <param name="Head">Null for the working tree.</param>
internal sealed record RevisionPair(FoundBase Base, string HeadRef, GitCommit? Head);
