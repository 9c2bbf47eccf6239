namespace Merlon.Core.Matching;

/// <summary>A piece of a file that is one JSON value, if it is well-formed.</summary>
/// <param name="Depth">How many maps and lists lie within each other.</param>
/// <param name="IsClosed">Whether each of them ends.</param>
internal readonly record struct JsonSlice(int Start, int Length, int Depth, bool IsClosed);

/// <summary>
/// Cuts a file into its JSON values by brackets and quotes alone, so that a broken value spoils no other. A list at the top counts as the
/// values in it.
/// </summary>
internal sealed class JsonSlices(byte[] bytes)
{
    private int _at;

    /// <summary>Whether a list at the top has begun and not ended.</summary>
    public bool IsInList { get; private set; }

    /// <summary>The next value; null at the end.</summary>
    public JsonSlice? Next()
    {
        while (true)
        {
            while (_at < bytes.Length && (IsSpace(bytes[_at]) || (IsInList && bytes[_at] == ',')))
                _at++;
            if (_at == bytes.Length)
                return null;
            if (bytes[_at] == '[' && !IsInList)
                IsInList = true;
            else if (bytes[_at] == ']' && IsInList)
                IsInList = false;
            else
                return Value();
            _at++;
        }
    }

    /// <summary>Goes on at the first line after the beginning of a broken value that begins with a map: there the next event stands most likely.</summary>
    public void Recover(JsonSlice broken)
    {
        var rest = bytes.AsSpan(broken.Start, broken.Length);
        if (rest.IndexOf("\n{"u8) is >= 0 and var line)
            _at = broken.Start + line + 1;
    }

    private JsonSlice Value()
    {
        var (start, depth, deepest) = (_at, 0, 0);
        do
        {
            switch (bytes[_at])
            {
                case (byte)'{' or (byte)'[':
                    deepest = Math.Max(deepest, ++depth);
                    _at++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    _at++;
                    break;
                case (byte)'"':
                    SkipText();
                    break;
                case var other when depth > 0 || !IsBare(other):
                    _at++;
                    break;
                default:
                    while (_at < bytes.Length && IsBare(bytes[_at]))
                        _at++;
                    break;
            }
        }
        while (depth > 0 && _at < bytes.Length);
        return new(start, _at - start, deepest, depth <= 0);
    }

    private void SkipText()
    {
        _at++;
        while (_at < bytes.Length)
            switch (bytes.AsSpan(_at).IndexOfAny((byte)'"', (byte)'\\'))
            {
                case < 0:
                    _at = bytes.Length;
                    return;
                case var length when bytes[_at + length] == '"':
                    _at += length + 1;
                    return;
                case var length:
                    _at = Math.Min(bytes.Length, _at + length + 2);
                    break;
            }
    }

    private static bool IsSpace(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    // A part of a number or a word.
    private static bool IsBare(byte c) => !IsSpace(c) && c is not ((byte)',' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)'"');
}
