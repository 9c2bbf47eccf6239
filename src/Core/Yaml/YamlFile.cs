using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using YamlDotNet.Core;

namespace Merlon.Core.Yaml;

/// <summary>One document of a file.</summary>
/// <param name="Index">0-based, counting every document of the file.</param>
/// <param name="IsWhole">False when a finding says that a part of it could not be read: what it holds then counts for nothing.</param>
internal sealed record YamlDocument(int Index, YamlNode Root, bool IsWhole);

/// <summary>The documents of a YAML file, as far as it can be read, and what is wrong with the rest.</summary>
/// <param name="Path">From the repository root, with '/'.</param>
internal sealed record YamlFile(string Path, ImmutableArray<YamlDocument> Documents, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Its comments, where one of them may speak to Merlon; empty otherwise.</summary>
    public ImmutableArray<YamlComment> Comments { get; init; } = [];

    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>Reads a file's bytes. What the parser throws ends here as a finding; documents before it are kept.</summary>
    /// <param name="keepsDuplicateKeys">For another tool's file in which a key may stand twice: maps then hold each entry, and finding a key finds the first.</param>
    public static YamlFile Parse(string path, ReadOnlySpan<byte> bytes, bool keepsDuplicateKeys = false)
    {
        if (bytes.Length > MaxBytes)
            return Unreadable(YamlDiagnostics.Limit.At(SourceSpan.StartOf(path), $"file has more than {MaxBytes} bytes; split it"));
        if (YamlText.TryDecode(path, bytes, out var error) is not { } text)
            return Unreadable(error!); // TryDecode gives a text or an error.
        return (keepsDuplicateKeys ? null : ReadQuickly(path, text)) ?? ReadAny(path, text, keepsDuplicateKeys);
    }

    /// <summary>The same as <see cref="ReadAny"/>, or null.</summary>
    internal static YamlFile? ReadQuickly(string path, string text) =>
        BlockReader.TryRead(path, text) is { } documents ? new(path, documents, []) { Comments = YamlComments.Read(path, text) } : null;

    /// <summary>Reads what may be anything with YamlDotNet.</summary>
    internal static YamlFile ReadAny(string path, string text, bool keepsDuplicateKeys)
    {
        YamlComposer composer = new(path, text, keepsDuplicateKeys);
        var documents = ImmutableArray.CreateBuilder<YamlDocument>();
        try
        {
            composer.Open();
            // A null document is what a stray '---' leaves: nothing to read, and its index is spent.
            while (composer.NextDocument() is { } document)
                if (document.Root is not YamlScalar { IsNull: true })
                    documents.Add(document);
        }
        catch (YamlException e)
        {
            composer.Report(SyntaxError(path, text, e));
        }
        // YamlDotNet's scanner throws these for a plain scalar that a flow ends in an odd place, '{a: b#c', and for a tag that is no URI, '!!]['.
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            composer.Report(YamlDiagnostics.Syntax.At(composer.Reached, "not valid YAML: the parser stopped after this place"));
        }
        if (documents.Count == 0 && composer.Diagnostics.Count == 0)
            composer.Report(YamlDiagnostics.Empty.At(SourceSpan.StartOf(path), "file holds no YAML document; write a rule or delete it"));
        return new(path, documents.ToImmutable(), [.. composer.Diagnostics]) { Comments = YamlComments.Read(path, text) };
    }

    private static YamlFile Unreadable(Diagnostic diagnostic) => new(diagnostic.Span.Path, [], [diagnostic]);

    // Of YAML 1.1.
    private static readonly string[] Breaks = ["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"];

    private static Diagnostic SyntaxError(string path, string text, YamlException e)
    {
        var (line, column) = (Math.Max(1, (int)e.Start.Line), Math.Max(1, (int)e.Start.Column));
        // The parser stops below a last line that has no end.
        if (text.Split(Breaks, StringSplitOptions.None) is var lines && line > lines.Length)
            (line, column) = (lines.Length, lines[^1].Length + 1);
        SourceSpan span = new(path, line, column, line, column + 1);
        if (TabInIndentation(text, line, (int)e.End.Line + 1) is var (at, tab))
            return YamlDiagnostics.Syntax.At(new(path, at, tab, at, tab + 1), "a tab indents this line; YAML allows only spaces there");
        var reason = e.Message.TrimEnd('.');
        return YamlDiagnostics.Syntax.At(span, reason.Length == 0 ? "not valid YAML" : $"not valid YAML: {char.ToLowerInvariant(reason[0])}{reason[1..]}");
    }

    private static (int Line, int Column)? TabInIndentation(string text, int first, int last)
    {
        foreach (var (index, content) in text.Split('\n').Index().Skip(first - 1).Take(last - first + 1))
            if (content.AsSpan(0, content.Length - content.AsSpan().TrimStart(" \t").Length).IndexOf('\t') is >= 0 and var tab)
                return (index + 1, tab + 1);
        return null;
    }
}
