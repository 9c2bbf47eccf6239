using System.Collections.Immutable;
using Merlon.Core.Configuration;

namespace Merlon.Core.Programs;

/// <summary>What an entry point asks for. Everything that could differ from one machine or day to the next is in it.</summary>
internal sealed record CheckRequest
{
    /// <summary>Full path of the folder from which merlon.yml is looked for, upward.</summary>
    public required string Directory { get; init; }

    /// <summary>Full path of the merlon.yml to use instead.</summary>
    public string? Config { get; init; }

    /// <summary>Full paths of files and folders of rules, instead of the configured ones.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>The UTC day on which exclusions hold or have expired.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>False for a command that shows something without rules: having none is then no error.</summary>
    public bool NeedsRules { get; init; } = true;

    /// <summary>False for a command that measures nothing: profiles are then not looked for.</summary>
    public bool NeedsActors { get; init; } = true;

    public Overrides Overrides { get; init; } = new();

    /// <summary>Full path of the baseline to use instead of the configured one.</summary>
    public string? Baseline { get; init; }

    /// <summary>Accepts all that is found: the result has the text of the new baseline.</summary>
    public bool WriteBaseline { get; init; }

    /// <summary>A git revision: only findings in files that differ from it are reported. All files are read even so.</summary>
    public string? ChangedSince { get; init; }

    /// <summary>With <see cref="ChangedSince"/>: only findings that the revision did not have are reported, in whatever file.</summary>
    public bool NewOnly { get; init; }

    /// <summary>The comparison that a gate makes; null for none, as in commands that only show.</summary>
    public BaseRequest? Base { get; init; }

    /// <summary>Full path of the file in which what was read of rules is kept from one check to the next, whether it exists or not; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>Full path of the file in which the caller keeps the last report, whether it exists or not; null for none.</summary>
    public string? SavedReport { get; init; }

    /// <summary>Told how many of how many rule files have been read.</summary>
    public Action<int, int>? Progress { get; init; }
}
