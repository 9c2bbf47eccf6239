using System.Collections.Immutable;

namespace Merlon.Core.Diagnostics;

/// <summary>Something wrong, or worth saying, in what the user wrote. It is data: readers and checks return it and a report prints it.</summary>
/// <param name="Span">The offending token.</param>
/// <param name="Message">One sentence that names the value and the way out, without a full stop.</param>
internal sealed record Diagnostic(DiagnosticInfo Info, SourceSpan Span, string Message)
{
    /// <summary>Of the id, until configuration changes it.</summary>
    public Severity Severity { get; init; } = Info.Severity;

    /// <summary>Unknown, until it is compared with a baseline or a base revision.</summary>
    public Origin Origin { get; init; }

    /// <summary>Whether a baseline has it: it is not shown to people and fails nothing.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>What would mend it; null where that takes a person.</summary>
    public Fix? Fix { get; init; }
}

internal static class ReportOrder
{
    extension(IEnumerable<Diagnostic> diagnostics)
    {
        /// <summary>Each finding once, by path, place, id and message: the order in which every output lists them.</summary>
        public ImmutableArray<Diagnostic> InReportOrder() =>
        [
            .. diagnostics.DistinctBy(diagnostic => (diagnostic.Info, diagnostic.Span, diagnostic.Message))
                .OrderBy(diagnostic => diagnostic.Span.Path, StringComparer.Ordinal)
                .ThenBy(diagnostic => (diagnostic.Span.Line, diagnostic.Span.Column))
                .ThenBy(diagnostic => diagnostic.Info.Id, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Message, StringComparer.Ordinal),
        ];
    }
}
