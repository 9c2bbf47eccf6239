using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>How a test of a rule ended.</summary>
internal enum TestOutcome
{
    /// <summary>The rule was not evaluated against the event, with a reason.</summary>
    Skipped,
    Passed,
    Failed,
}

/// <summary>One event that a rule must match, or must not, and what it did in this run.</summary>
/// <param name="Span">The event: its file, and where in it the event begins.</param>
/// <param name="Event">0-based, in its file.</param>
/// <param name="ExpectsMatch">Whether the test is positive.</param>
/// <param name="Detail">Of a failed test the value that did not match, or what matched; of a skipped one why. Null where it passed.</param>
internal sealed record TestResult(DetectionRule Rule, SourceSpan Span, int Event, bool ExpectsMatch, TestOutcome Outcome, string? Detail);
