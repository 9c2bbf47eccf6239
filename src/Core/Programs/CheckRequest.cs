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

    /// <summary>Told how many of how many rule files have been read.</summary>
    public Action<int, int>? Progress { get; init; }
}
