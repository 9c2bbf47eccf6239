using System.Globalization;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;
using SourceSpan = Merlon.Core.Diagnostics.SourceSpan;

namespace Merlon.Core.Sources.Elastic;

/// <summary>Reads a TOML file into the nodes that YAML has. It is read whole or not at all, as TOML says (1.0.0, section "Spec").</summary>
internal static class TomlFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>How deep lists and tables may lie within each other.</summary>
    public const int MaxDepth = 64;

    private static readonly TomlSerializerOptions Options = new() { MaxDepth = MaxDepth };

    /// <returns>Null with the first error.</returns>
    public static YamlMapping? TryParse(string path, ReadOnlySpan<byte> bytes, out Diagnostic? error)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        var text = Encoding.UTF8.GetString(bytes);
        TextPlaces places = new(path, text);
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            // What could not be read became U+FFFD, three bytes that the file need not have.
            var characters = new char[bytes.Length];
            _ = System.Text.Unicode.Utf8.ToUtf16(bytes, characters, out var read, out var written, replaceInvalidSequences: false);
            error = Error(places.Span(written, 1), $"byte 0x{bytes[read]:X2} is not UTF-8; save the file as UTF-8");
            return null;
        }
        try
        {
            // Its own check of keys takes three times as long as all the rest; the builder makes it.
            var document = SyntaxParser.Parse(text, Options, path, validate: false);
            if (!document.HasErrors)
                return new TomlBuilder(places).Build(document, out error);
            var first = document.Diagnostics.First(message => message.Kind == DiagnosticMessageKind.Error);
            error = Error(places.Span(first.Span.Offset, 1), $"not valid TOML: {Sentence(first.Message)}");
        }
        catch (TomlException e)
        {
            error = Error(places.Span(e.Offset ?? 0, 1), $"not valid TOML: {Sentence(e.Message)}");
        }
        // Tomlyn's lexer throws it where the file ends within an escape.
        catch (ArgumentException)
        {
            error = Error(places.Span(text.TrimEnd().Length - 1, 1), "not valid TOML: the file ends within a string");
        }
        return null;
    }

    public static Diagnostic Error(SourceSpan span, string message) => InventoryDiagnostics.Unreadable.At(span, message);

    // Tomlyn quotes what it found, be that a whole table.
    private static string Sentence(string message)
    {
        var line = message.AsSpan(0, message.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : message.Length).TrimEnd(". ");
        if (line.StartsWith("The maximum depth"))
            return string.Create(CultureInfo.InvariantCulture, $"lists and tables lie more than {MaxDepth} deep within each other");
        return line.IsEmpty ? "the parser stopped here" : $"{char.ToLowerInvariant(line[0])}{line[1..Math.Min(line.Length, 160)]}";
    }
}
