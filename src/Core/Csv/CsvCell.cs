using Merlon.Core.Diagnostics;

namespace Merlon.Core.Csv;

/// <summary>One cell of a row.</summary>
/// <param name="Text">Without its quotes, where it has some.</param>
/// <param name="Span">Of all of it, quotes too: as long as the text, or longer by two, where nothing in it is written in another way.</param>
internal readonly record struct CsvCell(string Text, SourceSpan Span)
{
    /// <summary>Its first character alone, for findings about a row.</summary>
    public SourceSpan Start => Span with { EndLine = Span.Line, EndColumn = Span.Column + 1 };
}

/// <summary>Why a file can't be read on.</summary>
/// <param name="Why">Ends the sentence "file cannot be read on: …".</param>
internal sealed record CsvFault(string Why, SourceSpan Span);
