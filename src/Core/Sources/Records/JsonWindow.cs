using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Records;

/// <summary>The part of a stream that is at hand: what is not read yet, and what was marked before it. Bytes are UTF-8; their places are known.</summary>
internal sealed class JsonWindow(string path, Stream content)
{
    private byte[] _bytes = new byte[1 << 16];
    private Stream? _content;
    private int _length, _mark = -1;
    // A place that was counted before, so that nothing is counted twice.
    private int _known;
    private (int Line, int Column) _place = (1, 1);

    /// <summary>Where the unread bytes begin. Only good until the next <see cref="Fill"/>, as every index.</summary>
    public int At { get; set; }

    /// <summary>Whether nothing comes behind it.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Why no more can be read, where that is not for the length.</summary>
    public string? Fault { get; private set; }

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(At, _length - At);

    public bool HasMark => _mark >= 0;

    /// <summary>How many bytes going back to the mark would make read again.</summary>
    public int SinceMark => HasMark ? At - _mark : 0;

    /// <summary>What is kept from the mark up to <see cref="At"/>.</summary>
    public ReadOnlySpan<byte> Marked => _bytes.AsSpan(_mark, At - _mark);

    public SourceSpan PlaceOfMark => Place(_mark);

    /// <summary>Keeps the bytes from here on.</summary>
    public void Mark(int index) => _mark = index;

    public void Release() => _mark = -1;

    /// <summary>Goes back to the mark, so that what it keeps is unread.</summary>
    public void Return()
    {
        if (HasMark)
            At = _mark;
        Release();
    }

    public SourceSpan Place(int index)
    {
        var (line, column) = index >= _known ? JsonRecord.Onward(_place, _bytes.AsSpan(_known, index - _known)) : JsonRecord.Onward(_start, _bytes.AsSpan(0, index));
        if (index >= _known)
            (_known, _place) = (index, (line, column));
        return new(path, line, column, line, column + 1);
    }

    // Of the first byte.
    private (int Line, int Column) _start = (1, 1);

    /// <summary>Reads on.</summary>
    /// <returns>False where there would be more than a record may have, or <see cref="Fault"/> says why.</returns>
    public bool Fill()
    {
        Drop(HasMark ? _mark : At);
        if (_length > JsonRecords.MaxRecordBytes)
            return false;
        if (_length == _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        try
        {
            _content ??= Open();
            var read = _content.Read(_bytes, _length, _bytes.Length - _length);
            _length += read;
            IsLast = read == 0;
        }
        catch (DecoderFallbackException)
        {
            Fault = "the file is not UTF-16, as its first two bytes say; save it as UTF-8";
        }
        return Fault is null;
    }

    private void Drop(int count)
    {
        if (count == 0)
            return;
        var place = Place(count);
        _start = (place.Line, place.Column);
        (_known, _place) = (0, _start);
        _bytes.AsSpan(count, _length - count).CopyTo(_bytes);
        _length -= count;
        At -= count;
        _mark -= HasMark ? count : 0;
    }

    private Stream Open()
    {
        _length = content.ReadAtLeast(_bytes.AsSpan(0, 2), 2, throwOnEndOfStream: false);
        if (_bytes is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]))
        {
            _length += content.ReadAtLeast(_bytes.AsSpan(_length, 1), 1, throwOnEndOfStream: false);
            if (_bytes.AsSpan(0, _length).SequenceEqual(Encoding.UTF8.Preamble))
                _length = 0;
            return content;
        }
        _length = 0;
        return Encoding.CreateTranscodingStream(content, new UnicodeEncoding(bigEndian: _bytes[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true), Encoding.UTF8, leaveOpen: true);
    }
}
