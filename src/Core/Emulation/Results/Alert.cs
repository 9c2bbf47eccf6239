using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation.Results;

/// <summary>What a row of the alerts says.</summary>
internal enum AlertKind
{
    /// <summary>A rule alerted.</summary>
    Alert,
    /// <summary>The events of a test arrived, and no more.</summary>
    Logged,
    /// <summary>A control stopped a test.</summary>
    Blocked,
}

/// <summary>A row of the alerts.</summary>
/// <param name="Time">UTC.</param>
/// <param name="Rule">The id or title of a rule, as written; null where the row names a test.</param>
/// <param name="Host">As written; null where the row does not say.</param>
/// <param name="Test">For a row that is no alert: the test that it is about, in the form of <c>TestId</c>.</param>
internal sealed record Alert(SourceSpan Span, DateTimeOffset Time, string? Rule, string? Host, AlertKind Kind = AlertKind.Alert, string? Test = null);
