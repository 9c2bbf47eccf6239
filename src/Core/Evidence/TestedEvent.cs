using Merlon.Core.Matching;

namespace Merlon.Core.Evidence;

/// <summary>A result, and how it came about.</summary>
/// <param name="Path">Of the events, from the root.</param>
/// <param name="Explanation">What each part of the rule made of the event; null where nobody asked, or no event was compared.</param>
internal sealed record TestedEvent(TestResult Result, string Path, MatchExplanation? Explanation);
