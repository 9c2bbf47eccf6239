using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Evidence;

/// <summary>What became of a test in an exercise, as far as one rule, or any rule, is concerned. Of several runs of one test the lowest tells.</summary>
internal enum ValidationOutcome
{
    /// <summary>The rule alerted in time. The only one that validates.</summary>
    Alerted,
    /// <summary>The rule alerted after the window.</summary>
    Late,
    /// <summary>The rule alerts there without any test, too.</summary>
    Noisy,
    /// <summary>It cannot be told which of several tests the rule alerted on.</summary>
    Ambiguous,
    /// <summary>A control stopped the test before it could show anything.</summary>
    Blocked,
    /// <summary>The events arrived and no rule alerted.</summary>
    LoggedOnly,
    Missed,
    /// <summary>The test did not run, or failed, for a reason.</summary>
    NotExecuted,
}

internal static class ValidationOutcomes
{
    /// <summary>The words of records, in the order of the enumeration.</summary>
    public static ImmutableArray<string> Names { get; } = ["alerted", "late", "noisy", "ambiguous", "blocked", "logged-only", "missed", "not-executed"];

    extension(ValidationOutcome outcome)
    {
        public string Name => Names[(int)outcome];
    }
}

/// <summary>One line of what an exercise showed.</summary>
internal sealed record ValidationRecord
{
    public required SourceSpan Span { get; init; }

    public required string Exercise { get; init; }

    /// <summary>The UTC day of the exercise.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Whether a person wrote it rather than an import.</summary>
    public bool IsByHand { get; init; }

    /// <summary>The rule's id as written; null for what no rule alerted on: a gap in procedures.</summary>
    public string? RuleId { get; init; }

    /// <summary>Of the rule's content on that day, in lower-case hexadecimal; may be missing where it was written by hand.</summary>
    public string? Content { get; init; }

    /// <summary>Of the release of that day.</summary>
    public required TechniqueId Technique { get; init; }

    /// <summary>The id of the test, in lower case; null where only the technique is proven.</summary>
    public string? Test { get; init; }

    /// <summary>What stands for the host.</summary>
    public string? Host { get; init; }

    public required ValidationOutcome Outcome { get; init; }
}
