using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Splunk;

/// <summary>A value that is being read, line by line.</summary>
internal sealed class ConfValue(string path)
{
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<PlacedRun>.Builder _runs = ImmutableArray.CreateBuilder<PlacedRun>();
    private (int Line, int Column) _end;
    private bool _isCut;

    /// <param name="line">The one at hand of <paramref name="lines"/>.</param>
    /// <param name="start">0-based, of the value in its line.</param>
    public void Append(string line, int start, ConfLines lines)
    {
        if (_text.Length > 0)
            _text.Append('\n');
        else
        {
            // White space before the value is none of it, whole lines either.
            if (!_isCut)
                _runs.Clear();
            start = line.Length - line.AsSpan(start).TrimStart().Length;
        }
        _isCut |= lines.IsCut || _text.Length + line.Length > ConfReader.MaxValue;
        _end = (lines.Number, line.AsSpan().TrimEnd().Length + 1);
        if (_runs.Count == 0 || !_isCut)
            _runs.Add(new(_text.Length, lines.Number, start + 1));
        if (!_isCut)
            _text.Append(line.AsSpan(start));
    }

    /// <summary>All of it; the next line begins another one.</summary>
    public PlacedText End()
    {
        var first = _runs[0];
        SourceSpan span = new(path, first.Line, first.Column, _end.Line, _end.Line > first.Line ? _end.Column : Math.Max(first.Column, _end.Column));
        PlacedText value = _isCut ? new("", span, []) { IsCut = true } : new(_text.ToString().TrimEnd(), span, _runs.ToImmutable());
        _text.Clear();
        _runs.Clear();
        _isCut = false;
        return value;
    }
}
