using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation.Results;

/// <summary>One run of a test on one host, or an attempt at one.</summary>
internal sealed record Execution
{
    /// <summary>Where the log tells of it.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>What the log calls the test.</summary>
    public required string Name { get; init; }

    /// <summary>The test's own id, in the form of <c>TestId</c>; null where the log has none.</summary>
    public string? Test { get; init; }

    /// <summary>As the log has it: an older release's id where the test's author has not changed it.</summary>
    public TechniqueId? Technique { get; init; }

    /// <summary>As the log has it; null where it does not say.</summary>
    public string? Host { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>UTC; the start where the log has no end.</summary>
    public required DateTimeOffset Stop { get; init; }

    /// <summary>Why the test did not run at all; null for one that ran.</summary>
    public string? Skip { get; init; }

    /// <summary>How the test ended badly. It may have shown something even so; null where it ended well or nobody knows.</summary>
    public string? Failure { get; init; }

    /// <summary>What tells tests from each other: the id, or the name where there is none.</summary>
    public string Key => Test ?? $"name {Name}";
}
