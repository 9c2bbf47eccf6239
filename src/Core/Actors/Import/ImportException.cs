using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors.Import;

/// <summary>Why a file is refused, from deep within a reader to the one place that makes a finding of it.</summary>
/// <param name="why">Ends the sentence "file cannot be imported: …".</param>
/// <param name="span">Where; the start of the file otherwise.</param>
internal sealed class ImportException(string why, SourceSpan? span = null) : Exception(why)
{
    public SourceSpan? Span => span;

    public Diagnostic ToDiagnostic(string path) =>
        ImportDiagnostics.Unreadable.At(span ?? SourceSpan.StartOf(path), $"file cannot be imported: {Message}");
}
