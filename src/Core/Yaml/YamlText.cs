using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Yaml;

/// <summary>Bytes into text, as YAML wants it: UTF-8 with or without a byte order mark, no control characters.</summary>
internal static class YamlText
{
    /// <summary>The text, or a finding at the first offending byte.</summary>
    public static string? TryDecode(string path, ReadOnlySpan<byte> bytes, out Diagnostic? error)
    {
        error = null;
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..] or [not 0, 0, ..])
        {
            error = YamlDiagnostics.Encoding.At(SourceSpan.StartOf(path), "file is UTF-16 or UTF-32; save it as UTF-8");
            return null;
        }
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        var characters = ArrayPool<char>.Shared.Rent(bytes.Length);
        _ = Utf8.ToUtf16(bytes, characters, out var read, out var written, replaceInvalidSequences: false);
        var text = new string(characters, 0, written);
        ArrayPool<char>.Shared.Return(characters);
        if (read < bytes.Length)
        {
            error = YamlDiagnostics.Encoding.At(PlaceOf(path, text, written), $"byte 0x{bytes[read]:X2} is not UTF-8; save the file as UTF-8");
            return null;
        }
        if (text.AsSpan().IndexOfAny(Forbidden) is >= 0 and var index)
        {
            error = YamlDiagnostics.Encoding.At(PlaceOf(path, text, index), $"control character U+{(int)text[index]:X4} is not allowed in YAML; remove it or write it as an escape in double quotes");
            return null;
        }
        return text;
    }

    // YAML 1.2.2, section 5.1: the printable characters, and these are the ones below U+00A0 that are not.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Except(['\t', '\n', '\r']), .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c).Except(['\u0085'])]);

    private static SourceSpan PlaceOf(string path, string text, int index)
    {
        var before = text.AsSpan(0, index);
        var line = before.Count('\n') + 1;
        var column = index - before.LastIndexOf('\n');
        return new(path, line, column, line, column + 1);
    }
}
