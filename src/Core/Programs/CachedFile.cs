using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>Writes what is kept of a Sigma file, without its trees, and reads it. All spans are of the file itself.</summary>
internal static class CachedFile
{
    private static readonly FrozenDictionary<string, DiagnosticInfo> Infos = DiagnosticCatalog.All.ToFrozenDictionary(info => info.Id, StringComparer.Ordinal);

    /// <summary>Whether a file is of the kind that is kept: whole, of rules alone, and not told in comments what to hold back.</summary>
    public static bool CanWrite(RuleFile file) =>
        file is { IsWhole: true, Sigma: { Comments.IsEmpty: true } sigma, Findings: { } findings } && sigma.Rules.All(rule => rule.Kind == SigmaKind.Rule)
        && file.Diagnostics.Concat(findings.Found).All(diagnostic => IsOf(file.Path, diagnostic));

    private static bool IsOf(string path, Diagnostic diagnostic) => diagnostic.Span.Path == path && diagnostic.Severity == diagnostic.Info.Severity
        && (diagnostic.Fix is not { } fix || fix.Edits.All(edit => edit.Span.Path == path));

    public static void Write(BinaryWriter writer, RuleFile file)
    {
        List(writer, file.Sigma!.Rules, Write); // the caller has asked
        List(writer, file.Diagnostics, Write);
        List(writer, file.Findings!.Found, Write);
    }

    /// <exception cref="IOException">The bytes end too early. Other exceptions of <see cref="BinaryReader"/> come from bytes that were not written here.</exception>
    public static RuleFile Read(BinaryReader reader, string path, RuleSource source, DateOnly date, ImmutableArray<string> checks)
    {
        var rules = List(reader, read => ReadRule(read, path));
        var diagnostics = List(reader, read => ReadDiagnostic(read, path));
        return RuleFile.Of(new(path, rules, diagnostics, IsWhole: true), source) with { Findings = new(date, checks, List(reader, read => ReadDiagnostic(read, path))) };
    }

    private static void Write(BinaryWriter writer, SigmaRule rule)
    {
        writer.Write7BitEncodedInt(rule.Index);
        Write(writer, rule.Extent);
        Write(writer, rule.Span);
        foreach (var text in (SigmaText?[])[rule.Title, rule.Id, rule.Name, rule.Status, rule.Level, rule.RegressionTests])
            Write(writer, text);
        List(writer, rule.Tags, Write);
        List(writer, rule.Related, (to, related) =>
        {
            Write(to, related.Id);
            Write(to, related.Type);
        });
        writer.Write(rule.LogSource is not null);
        foreach (var text in rule.LogSource is { } source ? [source.Category, source.Product, source.Service] : Array.Empty<SigmaText?>())
            Write(writer, text);
        writer.Write(rule.HasDetection);
        writer.Write(rule.HasSimulations);
        writer.Write(rule.IsValid);
    }

    // In the order of Write.
    private static SigmaRule ReadRule(BinaryReader reader, string path) => new()
    {
        Path = path,
        Content = SigmaContent.Released(),
        Kind = SigmaKind.Rule,
        Index = reader.Read7BitEncodedInt(),
        Extent = ReadSpan(reader, path),
        Span = ReadSpan(reader, path),
        Title = ReadText(reader, path),
        Id = ReadText(reader, path),
        Name = ReadText(reader, path),
        Status = ReadText(reader, path),
        Level = ReadText(reader, path),
        RegressionTests = ReadText(reader, path),
        Tags = List(reader, read => Required(ReadText(read, path))),
        Related = List(reader, read => new RelatedRule(Required(ReadText(read, path)), ReadText(read, path))),
        LogSource = reader.ReadBoolean() ? new(ReadText(reader, path), ReadText(reader, path), ReadText(reader, path)) : null,
        HasDetection = reader.ReadBoolean(),
        HasSimulations = reader.ReadBoolean(),
        IsValid = reader.ReadBoolean(),
    };

    private static void Write(BinaryWriter writer, Diagnostic diagnostic)
    {
        writer.Write(diagnostic.Info.Id);
        Write(writer, diagnostic.Span);
        writer.Write(diagnostic.Message);
        writer.Write(diagnostic.Fix is not null);
        if (diagnostic.Fix is not { } fix)
            return;
        writer.Write(fix.Title);
        writer.Write(fix.IsSafe);
        List(writer, fix.Edits, (to, edit) =>
        {
            Write(to, edit.Span);
            to.Write(edit.NewText);
        });
    }

    private static Diagnostic ReadDiagnostic(BinaryReader reader, string path) => Infos[reader.ReadString()].At(ReadSpan(reader, path), reader.ReadString()) with
    {
        Fix = reader.ReadBoolean() ? new(reader.ReadString(), reader.ReadBoolean(), List(reader, read => new Edit(ReadSpan(read, path), read.ReadString()))) : null,
    };

    private static void Write(BinaryWriter writer, SigmaText? text)
    {
        writer.Write(text is not null);
        if (text is null)
            return;
        writer.Write(text.Value);
        Write(writer, text.Span);
    }

    private static SigmaText? ReadText(BinaryReader reader, string path) => reader.ReadBoolean() ? new(reader.ReadString(), ReadSpan(reader, path)) : null;

    private static void Write(BinaryWriter writer, SourceSpan span)
    {
        writer.Write7BitEncodedInt(span.Line);
        writer.Write7BitEncodedInt(span.Column);
        writer.Write7BitEncodedInt(span.EndLine);
        writer.Write7BitEncodedInt(span.EndColumn);
    }

    private static SourceSpan ReadSpan(BinaryReader reader, string path)
    {
        SourceSpan span = new(path, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        return span is { Line: > 0, Column: > 0, EndColumn: > 0 } && (span.EndLine > span.Line || (span.EndLine == span.Line && span.EndColumn >= span.Column)) ? span : throw new FormatException($"{span} is no place");
    }

    // None is written as absent.
    private static SigmaText Required(SigmaText? text) => text ?? throw new FormatException("a text is absent");

    private static void List<T>(BinaryWriter writer, ImmutableArray<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write7BitEncodedInt(items.Length);
        foreach (var item in items)
            write(writer, item);
    }

    private static ImmutableArray<T> List<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var count = reader.Read7BitEncodedInt();
        if (count == 0)
            return [];
        // Not as many as the bytes claim: they may be anything.
        var items = ImmutableArray.CreateBuilder<T>(Math.Min(count, 64));
        for (var i = 0; i < count; i++)
            items.Add(read(reader));
        return items.DrainToImmutable();
    }
}
