using System.Text;

namespace Merlon.Core.Sources.Splunk;

/// <summary>The lines of a file, read forward, each kept to a bounded length.</summary>
internal sealed class ConfLines(TextReader text)
{
    /// <summary>How many characters of a line are kept.</summary>
    public const int MaxLength = 1 << 22;

    private readonly char[] _buffer = new char[1 << 16];
    private readonly StringBuilder _kept = new();
    private int _at, _end;

    /// <summary>1-based, of the line at hand.</summary>
    public int Number { get; private set; }

    /// <summary>Whether the line at hand is longer than what is kept of it.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether the line at hand ends with a backslash, so that the next one belongs to it.</summary>
    public bool Continues { get; private set; }

    /// <summary>The next line without its end, LF or CR LF, and without the backslash that continues it; null at the end.</summary>
    public string? Next()
    {
        _kept.Clear();
        IsCut = false;
        var last = '\0';
        for (var isBegun = false; ; isBegun = true)
        {
            if (_at == _end)
                (_at, _end) = (0, text.Read(_buffer));
            if (_end == 0 && !isBegun)
                return null;
            var rest = _buffer.AsSpan(_at, _end - _at);
            var length = rest.IndexOf('\n');
            var part = length < 0 ? rest : rest[..length];
            if (part.TrimEnd('\r') is [.., var end])
                last = end;
            var kept = part[..Math.Min(part.Length, MaxLength - _kept.Length)];
            _kept.Append(kept);
            IsCut |= kept.Length < part.Length;
            _at += part.Length + (length < 0 ? 0 : 1);
            if (length < 0 && _end > 0)
                continue;
            Number++;
            Continues = last == '\\';
            var line = _kept.ToString().TrimEnd('\r');
            return Continues && !IsCut ? line[..^1] : line;
        }
    }
}
