using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>Findings of looking at another revision of the repository. Each ends the run: a comparison with nothing passes nothing.</summary>
internal static class RevisionDiagnostics
{
    public static DiagnosticInfo NoRepository { get; } = Error("MRL9001", "There is no git repository",
        "What is compared with a revision lies in the working tree of a git repository.");

    public static DiagnosticInfo UnknownRevision { get; } = Error("MRL9002", "Revision does not exist here",
        "A checkout in CI often has one commit only. Fetch the revision first; the message has the command.");

    public static DiagnosticInfo Unreadable { get; } = Error("MRL9003", "Repository cannot be read",
        "The repository is of a form that libgit2 does not read, belongs to another user, or lacks objects. The message says which.");

    public static ImmutableArray<DiagnosticInfo> All { get; } = [NoRepository, UnknownRevision, Unreadable];

    private static DiagnosticInfo Error(string id, string title, string rationale) =>
        new() { Id = id, Title = title, Severity = Severity.Error, Rationale = rationale };
}
