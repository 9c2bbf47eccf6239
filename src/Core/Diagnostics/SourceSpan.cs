namespace Merlon.Core.Diagnostics;

/// <summary>A place in a file.</summary>
/// <param name="Path">From the repository root, with '/'.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in UTF-16 code units.</param>
/// <param name="EndLine">1-based line of the first character after the span.</param>
/// <param name="EndColumn">1-based column of the first character after the span.</param>
internal readonly record struct SourceSpan(string Path, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>Where a file as a whole is meant: its first character.</summary>
    public static SourceSpan StartOf(string path) => new(path, 1, 1, 1, 1);
}
