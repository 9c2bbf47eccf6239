using System.IO.Compression;

namespace Merlon.Core.Attack.Stix;

/// <summary>Files of other tools: plain or gzip, and never more than a limit, packed and unpacked. A few bytes of gzip can claim any size.</summary>
internal static class StoredBytes
{
    /// <exception cref="InvalidDataException">It is longer than the limit.</exception>
    public static ReadOnlyMemory<byte> Read(Stream stream, int maxBytes)
    {
        MemoryStream bytes = new();
        var buffer = new byte[128 * 1024];
        while (stream.Read(buffer) is > 0 and var read)
            Add(bytes, buffer.AsSpan(0, read), maxBytes);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    /// <summary>What gzip packed, or else the bytes themselves; their first two tell which.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or longer than the limit.</exception>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> stored, int maxBytes)
    {
        if (stored.Span is not [0x1f, 0x8b, ..])
            return stored;
        using MemoryStream packed = new(stored.ToArray());
        using GZipStream gzip = new(packed, CompressionMode.Decompress);
        MemoryStream bytes = new();
        var buffer = new byte[128 * 1024];
        while (ReadPart(gzip, buffer) is > 0 and var read)
            Add(bytes, buffer.AsSpan(0, read), maxBytes);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static int ReadPart(GZipStream gzip, byte[] buffer)
    {
        try
        {
            return gzip.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw new InvalidDataException("it is gzip and damaged");
        }
    }

    private static void Add(MemoryStream bytes, ReadOnlySpan<byte> part, int maxBytes)
    {
        if (bytes.Length + part.Length > maxBytes)
            throw new InvalidDataException($"it is longer than {maxBytes >> 20} MiB");
        bytes.Write(part);
    }
}
