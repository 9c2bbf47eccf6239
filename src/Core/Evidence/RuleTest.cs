using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>A file of events and what a rule must do with them.</summary>
/// <param name="Path">Of the events, from the root.</param>
/// <param name="ExpectsMatch">Whether the rule must match: each event, or as many as <see cref="Count"/> says.</param>
internal sealed record RuleTest(DetectionRule Rule, string Path, bool ExpectsMatch)
{
    /// <summary>How many events must match, of regression data; null for each of them.</summary>
    public ExpectedCount? Count { get; init; }
}

/// <summary>How many events of regression data a rule must match.</summary>
/// <param name="Least">At least one.</param>
/// <param name="IsExact">Whether more are worth a finding: the number is written.</param>
/// <param name="Span">Of the number, or of the path of the events.</param>
internal sealed record ExpectedCount(int Least, bool IsExact, SourceSpan Span);
