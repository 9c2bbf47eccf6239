using Merlon.Core.Diagnostics;

namespace Merlon.Core.Evidence;

/// <summary>A rule that may match benign events, as <c>tests.allowed</c> says.</summary>
/// <param name="RuleId">The rule's <c>id</c>, in any case.</param>
/// <param name="Reason">Why that is acceptable.</param>
/// <param name="Span">Of the id.</param>
internal sealed record AllowedAlert(string RuleId, string Reason, SourceSpan Span);
