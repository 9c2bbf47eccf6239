namespace Merlon.Core.Sources.Splunk;

/// <summary>A stream that keeps the beginning of what is read through it.</summary>
internal sealed class HeadStream(Stream content) : Stream
{
    private readonly byte[] _kept = new byte[1 << 16];
    private int _length;

    /// <summary>At most 65,536.</summary>
    public ReadOnlyMemory<byte> Bytes => _kept.AsMemory(0, _length);

    public override int Read(Span<byte> buffer)
    {
        var read = content.Read(buffer);
        var kept = Math.Min(read, _kept.Length - _length);
        buffer[..kept].CopyTo(_kept.AsSpan(_length));
        _length += kept;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
