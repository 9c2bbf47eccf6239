using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>Findings of looking at another revision of the repository. A comparison with nothing passes nothing.</summary>
internal static class RevisionDiagnostics
{
    public static DiagnosticInfo NoRepository { get; } = Error("MRL9001", "There is no git repository",
        "What is compared with a revision lies in the working tree of a git repository.");

    public static DiagnosticInfo UnknownRevision { get; } = Error("MRL9002", "Revision does not exist here",
        "A checkout in CI often has one commit only. Fetch the revision first; the message has the command.");

    public static DiagnosticInfo Unreadable { get; } = Error("MRL9003", "Repository cannot be read",
        "The repository is damaged, of a form that cannot be read, or belongs to another user. The message says which.");

    public static DiagnosticInfo MissingContent { get; } = Error("MRL9004", "Content is not here",
        "A partial clone leaves out the content of files until somebody asks for it. Nothing is fetched while rules are checked; the message has the command that fetches it.");

    public static DiagnosticInfo UnreadSubmodule { get; } = Error("MRL9005", "Submodule is not read",
        "A submodule is read at the commit that is recorded for it, at the base and at head alike. Where that commit is not here, its rules are left out on both sides. Initialise it first; the message has the command.");

    public static DiagnosticInfo CommittedState { get; } = new()
    {
        Id = "MRL9006",
        Title = "What a check saved may be somebody's commit",
        Severity = Severity.Warning,
        Rationale = "A build keeps its last report and what it read of rules, to be quicker when nothing has changed. Who commits such a file could make a broken rule pass, so it is not used where git tracks a file of that name or a link leads to it. Take it out of git and ignore its folder.",
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } = [NoRepository, UnknownRevision, Unreadable, MissingContent, UnreadSubmodule, CommittedState];

    /// <summary>What to say about a repository that neither git nor libgit2 opens because of its owner.</summary>
    public static string NotOwned(string root) => $"repository belongs to another user; if you trust it, 'git config --global --add safe.directory {(GitCommands.IsPlain(root) ? root : $"\"{root}\"")}' says so";

    /// <summary>The finding about a submodule that <see cref="ISourceTree.UnreadSubmodules"/> names.</summary>
    public static Diagnostic Unread(string path) =>
        UnreadSubmodule.At(SourceSpan.StartOf(path), $"submodule '{path}' is not here at the commit that is recorded for it, so its files are left out of the comparison; 'git submodule update --init{(GitCommands.IsPlain(path) ? $" {path}" : "")}' brings it");

    private static DiagnosticInfo Error(string id, string title, string rationale) =>
        new() { Id = id, Title = title, Severity = Severity.Error, Rationale = rationale };
}
