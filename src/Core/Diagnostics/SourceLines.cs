namespace Merlon.Core.Diagnostics;

/// <summary>
/// The lines of a text as the YAML reader counts them, so that a place of a finding leads back to the text: CR LF, CR, LF and the breaks of
/// YAML 1.1, U+0085, U+2028 and U+2029, which YamlDotNet obeys.
/// </summary>
internal sealed class SourceLines
{
    private readonly string _text;
    // Where each line begins and ends, its break not counted.
    private readonly List<(int Start, int End)> _lines = [];

    public SourceLines(string text)
    {
        _text = text;
        var start = 0;
        for (var at = 0; at < text.Length; at++)
            if (text[at] is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029')
            {
                _lines.Add((start, at));
                if (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
                    at++;
                start = at + 1;
            }
        _lines.Add((start, text.Length));
        Break = _lines is [var (_, end), var (next, _), ..] ? text[end..next] : "\n";
    }

    /// <summary>What ends the first line, and most likely every other; LF where there is only one line.</summary>
    public string Break { get; }

    /// <param name="line">1-based.</param>
    /// <returns>Without its break; empty for a line that the text does not have.</returns>
    public ReadOnlySpan<char> this[int line] => line < 1 || line > _lines.Count ? [] : _text.AsSpan(_lines[line - 1].Start, _lines[line - 1].End - _lines[line - 1].Start);

    /// <summary>The index of a place in the text; null for a place that it does not have.</summary>
    /// <param name="line">1-based. The line after the last is the end of the text, so that the last line can be taken out like any other.</param>
    /// <param name="column">1-based, in UTF-16 code units.</param>
    public int? IndexOf(int line, int column)
    {
        if (line == _lines.Count + 1 && column == 1)
            return _text.Length;
        if (line < 1 || line > _lines.Count || column < 1)
            return null;
        var (start, end) = _lines[line - 1];
        return start + column - 1 <= end ? start + column - 1 : null;
    }
}
