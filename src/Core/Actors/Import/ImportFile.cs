using System.Text;
using System.Text.Json;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Diagnostics;
using Merlon.Core.Json;

namespace Merlon.Core.Actors.Import;

/// <summary>A file to import, as text: UTF-8 or UTF-16 with or without a byte order mark, plain or gzip.</summary>
internal sealed class ImportFile : IDisposable
{
    /// <summary>The largest file that is read, in bytes, compressed and not.</summary>
    public const int MaxBytes = 64 << 20;

    private readonly JsonPlaces _places;

    private ImportFile(string path, ReadOnlyMemory<byte> utf8)
    {
        (Path, Utf8) = (path, utf8);
        _places = new(utf8, path);
    }

    /// <summary>For findings and comments.</summary>
    public string Path { get; }

    /// <summary>The text, without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    public string Text => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>Null when the text does not begin as JSON does.</summary>
    public JsonDocument? Json { get; private set; }

    /// <param name="isLines">Whether each line is a text of its own, so that the whole is not read as JSON.</param>
    /// <returns>Null, with a finding, when the bytes are no text, or begin as JSON does and are none.</returns>
    public static ImportFile? Open(string path, Stream stream, List<Diagnostic> diagnostics, bool isLines = false)
    {
        try
        {
            ImportFile file = new(path, ToUtf8(StoredBytes.Unpack(StoredBytes.Read(stream, MaxBytes), MaxBytes)));
            file.Parse(isLines);
            return file;
        }
        catch (ImportException error)
        {
            diagnostics.Add(error.ToDiagnostic(path));
        }
        catch (InvalidDataException error)
        {
            diagnostics.Add(Refuse(path, error.Message));
        }
        return null;
    }

    public SourceSpan Of(JsonElement element) => _places.Of(element);

    public void Dispose() => Json?.Dispose();

    private static Diagnostic Refuse(string path, string why) => ImportDiagnostics.Unreadable.At(SourceSpan.StartOf(path), $"file cannot be imported: {why}");

    private void Parse(bool isLines)
    {
        var start = Utf8.Span.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
            throw new ImportException("it is empty");
        if (!isLines && (start[0] is (byte)'{' or (byte)'['))
            Json = ParseJson(Utf8, Path);
    }

    /// <exception cref="ImportException">It is no JSON, or holds a text that is not Unicode.</exception>
    public static JsonDocument ParseJson(ReadOnlyMemory<byte> utf8, string path)
    {
        try
        {
            return JsonText.Parse(utf8);
        }
        catch (JsonException error)
        {
            throw new ImportException(error is NotUnicodeException ? error.Message : "it is not JSON from here on, or nested more than 64 deep", JsonText.PlaceOf(error, utf8.Span, path));
        }
    }

    private static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] or [not 0, 0, 0, 0, ..])
            throw new ImportException("it is UTF-32; save it as UTF-8");
        if (bytes.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return FromUtf16(bytes[2..], isBigEndian: bytes.Span[0] == 0xFE);
        // The first character of all the formats is ASCII, so that its other byte tells the order.
        if (bytes.Span is [0, not 0, ..] or [not 0, 0, ..])
            return FromUtf16(bytes, isBigEndian: bytes.Span[0] == 0);
        var text = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (System.Text.Unicode.Utf8.IsValid(text.Span))
            return text;
        _ = System.Text.Unicode.Utf8.ToUtf16(text.Span, new char[text.Length], out var read, out _, replaceInvalidSequences: false);
        throw new ImportException($"byte 0x{text.Span[read]:X2} at {read} is not UTF-8; save it as UTF-8");
    }

    private static byte[] FromUtf16(ReadOnlyMemory<byte> bytes, bool isBigEndian)
    {
        try
        {
            return Encoding.UTF8.GetBytes(new UnicodeEncoding(isBigEndian, byteOrderMark: false, throwOnInvalidBytes: true).GetString(bytes.Span));
        }
        catch (DecoderFallbackException)
        {
            throw new ImportException("it is damaged UTF-16; save it as UTF-8");
        }
    }
}
