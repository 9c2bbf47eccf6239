using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>Findings of reading files of a tree.</summary>
internal static class TreeDiagnostics
{
    public static DiagnosticInfo Unreadable { get; } = new()
    {
        Id = "MRL1008",
        Title = "File cannot be read",
        Severity = Severity.Error,
        Rationale = """
            The system refused to open the file or to read it. Its rules count as covering nothing.
            """,
    };

    public static DiagnosticInfo Link { get; } = new()
    {
        Id = "MRL1009",
        Title = "File is a link",
        Severity = Severity.Error,
        Rationale = """
            A link may lead out of the repository, to a file of the machine that checks a stranger's pull request. No
            link is followed. Put the file itself in its place.
            """,
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } =
        [Unreadable, Link];
}
