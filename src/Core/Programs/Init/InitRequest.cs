using System.Collections.Immutable;

namespace Merlon.Core.Programs.Init;

/// <summary>What somebody wants who begins.</summary>
internal sealed record InitRequest
{
    /// <summary>The folder to begin in, the day, and who is told of progress.</summary>
    public required CheckRequest Check { get; init; }

    /// <summary>The version that the files pin: of the package and of the tool.</summary>
    public required string Version { get; init; }

    /// <summary>Gives the text of a template by its name, with <c>@VERSION@</c> and <c>@BRANCH@</c> in it.</summary>
    public required Func<string, string> Template { get; init; }

    /// <summary>Names, aliases or ids of ATT&amp;CK; empty to have one chosen where there is no profile.</summary>
    public ImmutableArray<string> Actors { get; init; } = [];

    /// <summary>One of <see cref="Pipelines.Names"/>; null to find out.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Whether merlon.yml names a baseline, in which today's findings are accepted.</summary>
    public bool HasBaseline { get; init; }

    /// <summary>Whether to write a rule to begin with.</summary>
    public bool HasExample { get; init; }

    /// <summary>Whether files that are there are written anew.</summary>
    public bool Overwrites { get; init; }
}

/// <summary>What becomes of a file.</summary>
internal enum InitState
{
    New,
    /// <summary>It is there, and something is put into it.</summary>
    Changed,
    Overwritten,
    /// <summary>It is there, and left as it is.</summary>
    Kept,
}

/// <param name="Path">From the root.</param>
/// <param name="Text">What it will hold, or would.</param>
/// <param name="Remark">What is to be done by hand, or why it is left; null for nothing.</param>
internal sealed record InitFile(string Path, string Text, InitState State, string? Remark = null);

/// <summary>What beginning comes to.</summary>
internal sealed record InitPlan
{
    /// <summary>Full path that paths start from: of the repository, or of the folder where there is none.</summary>
    public required string Root { get; init; }

    public bool IsGit { get; init; }

    /// <summary>In the order of writing.</summary>
    public ImmutableArray<InitFile> Files { get; init; } = [];

    /// <summary>Where rules were found; null where merlon.yml is there already and says so itself.</summary>
    public RuleLayout? Layout { get; init; }

    /// <summary>What else there is to know, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Why nothing is written: findings in what is there.</summary>
    public ImmutableArray<Diagnostics.Diagnostic> Errors { get; init; } = [];

    /// <summary>Why nothing is written, in a sentence; null when something may be.</summary>
    public string? Refusal { get; init; }

    public bool IsUsable => Refusal is null && Errors.IsEmpty;

    public bool Writes => Files.Any(file => file.State != InitState.Kept);
}
