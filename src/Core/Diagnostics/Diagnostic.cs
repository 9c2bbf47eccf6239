using System.Collections.Immutable;

namespace Merlon.Core.Diagnostics;

/// <summary>One finding about user input. Made by a check, ordered by the driver, rendered by Report; never thrown.</summary>
/// <param name="Span">The offending token.</param>
/// <param name="Message">One sentence that names the value and the way out, without a full stop.</param>
internal sealed record Diagnostic(DiagnosticInfo Info, SourceSpan Span, string Message)
{
    /// <summary>The check's own severity unless configuration says otherwise.</summary>
    public Severity Severity { get; init; } = Info.Severity;
}

internal static class ReportOrder
{
    extension(IEnumerable<Diagnostic> diagnostics)
    {
        /// <summary>Each finding once, by path, place, id and message: the order in which every output lists them.</summary>
        public ImmutableArray<Diagnostic> InReportOrder() =>
        [
            .. diagnostics.Distinct()
                .OrderBy(diagnostic => diagnostic.Span.Path, StringComparer.Ordinal)
                .ThenBy(diagnostic => (diagnostic.Span.Line, diagnostic.Span.Column))
                .ThenBy(diagnostic => diagnostic.Info.Id, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Message, StringComparer.Ordinal),
        ];
    }
}
