using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Splunk;

/// <summary>
/// Reads a file as Splunk does (admin manual, "Configuration file structure"): stanzas in brackets; keys up to the first <c>=</c>; values that go on
/// behind a backslash at the end of a line; comments on lines of their own. Lines that are nothing of this say nothing, as in Splunk.
/// </summary>
internal sealed class ConfReader(string path, Stream content)
{
    /// <summary>The longest value that is kept, in characters.</summary>
    public const int MaxValue = ConfLines.MaxLength;

    private readonly ConfLines _lines = new(new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true));
    private readonly List<ConfStanza> _stanzas = [];
    private readonly Dictionary<string, ConfStanza> _byName = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly ConfValue _value = new(path);
    private ConfStanza _stanza = new("default", SourceSpan.StartOf(path));
    private string? _key;
    private SourceSpan? _foreign;
    private bool _isValue, _hasBadBytes;

    public ConfFile Read(RuleSource source)
    {
        var defaults = _stanza;
        _byName.Add(defaults.Name, defaults);
        var isWhole = true;
        for (var isGoingOn = false; isWhole && _lines.Next() is { } line;)
        {
            isWhole = IsText(line);
            if (!isWhole)
                break;
            if (isGoingOn)
                Append(line, 0);
            else if (line.AsSpan().TrimStart() is not ([] or ['#' or ';', ..]) and var text)
                Begin(line, line.Length - text.Length);
            else
                continue; // a comment does not go on
            isGoingOn = _lines.Continues && _isValue;
            if (!isGoingOn)
                End();
        }
        End();
        if (_stanzas.Count == 0 && _foreign is { } place)
        {
            _diagnostics.Add(InventoryDiagnostics.Unreadable.At(place, "this is neither a stanza, '[name]', nor a setting, 'key = value'; name a savedsearches.conf, or the format that the file has"));
            isWhole = false;
        }
        return new(path, source) { Defaults = defaults, Stanzas = [.. _stanzas], Diagnostics = [.. _diagnostics], IsWhole = isWhole };
    }

    private bool IsText(string line)
    {
        if (!_hasBadBytes && line.IndexOf('\uFFFD', StringComparison.Ordinal) is >= 0 and var bad)
        {
            _hasBadBytes = true;
            _diagnostics.Add(InventoryDiagnostics.BadField.At(Place(bad, 1), "here are bytes that are not UTF-8, read as U+FFFD here and wherever they follow; save the file as UTF-8"));
        }
        if (line.IndexOf('\0', StringComparison.Ordinal) is not (>= 0 and var nul))
            return true;
        _diagnostics.Add(InventoryDiagnostics.Unreadable.At(Place(nul, 1), "file cannot be read on: the control character U+0000 is no text; save the file as UTF-8"));
        return false;
    }

    private SourceSpan Place(int start, int length) => new(path, _lines.Number, start + 1, _lines.Number, start + 1 + length);

    private void Begin(string line, int start)
    {
        _isValue = false;
        if (line[start] == '[')
            Enter(line, start);
        else if (line.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals)
        {
            var key = line[start..equals].TrimEnd();
            if (key.AsSpan().ContainsAnyExcept(KeyCharacters))
                _foreign ??= Place(start, Math.Max(1, key.Length));
            _isValue = true;
            _key = SavedSearch.Reads(key) ? key : null;
            Append(line, equals + 1);
        }
        else
            _foreign ??= Place(start, line.AsSpan(start).TrimEnd().Length);
    }

    private static readonly System.Buffers.SearchValues<char> KeyCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:-/$ ");

    // A name may hold brackets itself: it ends at the last one.
    private void Enter(string line, int start)
    {
        var header = line.AsSpan(start).TrimEnd();
        var close = header.LastIndexOf(']');
        var name = (close > 0 ? header[1..close] : header[1..]).ToString();
        var isBroken = close != header.Length - 1 || name.Length == 0 || _lines.IsCut;
        // No text holds a NUL: what is not closed is no other stanza's name.
        var known = isBroken ? $"\0{name}" : name;
        if (_byName.TryGetValue(known, out var stanza))
            _stanza = stanza;
        else
        {
            _stanza = new(name, Place(start, header.Length)) { IsBroken = isBroken };
            _byName.Add(known, _stanza);
            _stanzas.Add(_stanza);
        }
    }

    private void Append(string line, int start)
    {
        if (_key is not null)
            _value.Append(line, start, _lines);
    }

    private void End()
    {
        if (_key is not null)
            _stanza.Settings[_key] = _key == SavedSearch.Query ? SavedSearch.Hashed(_value.End()) : _value.End();
        _key = null;
    }
}
