using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Yaml;

/// <summary>A node of a YAML document, with the place of its own text. Aliases are resolved; an alias's node has the place of the alias.</summary>
internal abstract class YamlNode(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>What a message calls this kind of node.</summary>
    public abstract string Kind { get; }

    /// <summary>The same content at another place.</summary>
    public abstract YamlNode MovedTo(SourceSpan span);
}

/// <summary>One key with its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>A map whose keys are scalars, each once, in the order of the file. Keys that a merge key (<c>&lt;&lt;</c>) brings come last.</summary>
internal sealed class YamlMapping(SourceSpan span, ImmutableArray<YamlEntry> entries) : YamlNode(span)
{
    public ImmutableArray<YamlEntry> Entries { get; } = entries;

    public override string Kind => "a map";

    public YamlNode? Find(string key) => FindEntry(key)?.Value;

    public YamlEntry? FindEntry(string key)
    {
        foreach (var entry in Entries)
            if (entry.Key.Value == key)
                return entry;
        return null;
    }

    /// <summary>This map with <paramref name="template"/> laid over it: maps merge at every depth, and elsewhere the template wins.</summary>
    public YamlMapping Under(YamlMapping template)
    {
        var merged = Entries.ToBuilder();
        var places = Entries.Index().ToDictionary(entry => entry.Item.Key.Value, entry => entry.Index, StringComparer.Ordinal);
        foreach (var entry in template.Entries)
            if (!places.TryGetValue(entry.Key.Value, out var index))
                merged.Add(entry);
            else
                merged[index] = merged[index] is { Value: YamlMapping own } && entry.Value is YamlMapping over ? new(merged[index].Key, own.Under(over)) : entry;
        return new(Span, merged.ToImmutable());
    }

    public YamlMapping Without(string key) => new(Span, [.. Entries.Where(entry => entry.Key.Value != key)]);

    public override YamlNode MovedTo(SourceSpan span) => new YamlMapping(span, Entries);
}

/// <summary>A text, number, truth value or null, as written and as YAML 1.2's core schema reads it. Dates stay text.</summary>
/// <param name="value">The text after unquoting and folding.</param>
/// <param name="isPlain">Whether it was written without quotes, so that it may be something else than text.</param>
/// <param name="source">The source text of the scalar where it spans lines, is escaped or has an anchor; null where the value stands in the file as it is,
/// empty where it stands elsewhere, as an alias's does.</param>
internal sealed class YamlScalar(SourceSpan span, string value, bool isPlain, string? source = null) : YamlNode(span)
{
    private (int Line, int Column)[]? _places;

    public string Value { get; } = value;

    public bool IsPlain { get; } = isPlain;

    /// <summary>What stands before and after the text where it is in quotes; empty otherwise.</summary>
    public string Quote { get; init; } = "";

    /// <summary>
    /// Whether the value stands in the file as it is, and for this place alone: on one line, without escapes, neither with an anchor nor through an
    /// alias. Only then can a fix change a part of it.
    /// </summary>
    public bool IsAsWritten => source is null;

    public override string Kind => IsNull ? "empty" : "a single value";

    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Number of characters, where one beyond UTF-16's basic plane counts once.</summary>
    public int Length => Value.EnumerateRunes().Count();

    /// <summary>What stands between spaces and at the ends, with the index of its first character; without white space of other kinds around it.</summary>
    public IEnumerable<(string Word, int Start)> Words
    {
        get
        {
            var start = 0;
            foreach (var part in Value.Split(' '))
            {
                yield return (part.Trim(), start + part.Length - part.TrimStart().Length);
                start += part.Length + 1;
            }
        }
    }

    public bool? AsBoolean => !IsPlain ? null : Value switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    public int? AsInteger => IsPlain && int.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>
    /// What writes another value in this one's place, quoted as this one is. Null where this one does not stand on one line as it is, or the
    /// other one would need other quotes or be read as something else than text.
    /// </summary>
    public Edit? EditTo(string value)
    {
        if (!IsAsWritten || value.Length == 0 || Span.EndColumn == Span.Column || value.Any(char.IsControl)
            || (IsPlain ? !CanBePlain(value) : value.AsSpan().ContainsAny('\'', '"', '\\')))
            return null;
        return new(IsPlain ? Span : Span with { Column = Span.Column + 1, EndColumn = Span.EndColumn - 1 }, value);
    }

    // Stricter than YAML 1.2.2, section 7.3.3. What a list or map in brackets forbids is fine where this value has it already.
    private bool CanBePlain(string value) =>
        !"-?:#&*!|>'\"%@`".Contains(value[0], StringComparison.Ordinal) && !char.IsWhiteSpace(value[0]) && !char.IsWhiteSpace(value[^1]) && !value.EndsWith(':')
        && !value.Contains(": ", StringComparison.Ordinal) && !value.Contains(" #", StringComparison.Ordinal)
        && (!value.AsSpan().ContainsAny(",[]{}") || Value.AsSpan().ContainsAny(",[]{}"))
        && new YamlScalar(Span, value, isPlain: true) is { IsNull: false, AsBoolean: null, AsInteger: null };

    /// <summary>The place of a part of the value in the file, also in quoted and folded text; the whole scalar where it can't be found.</summary>
    /// <param name="start">0-based index into <see cref="Value"/>.</param>
    /// <param name="length">Number of characters of the value.</param>
    public SourceSpan SpanOf(int start, int length)
    {
        if (PlaceOf(start) is not var (line, column) || PlaceOf(start + Math.Max(length, 1) - 1) is not var (endLine, endColumn))
            return Span;
        return new(Span.Path, line, column, endLine, length == 0 ? column : endColumn + 1);
    }

    private (int Line, int Column)? PlaceOf(int index)
    {
        if (source is null)
            return (Span.Line, Span.Column + (IsPlain ? 0 : 1) + index);
        _places ??= [.. Places(source)];
        return index < _places.Length ? _places[index] : null;
    }

    // Of each character of the value, as far as it can be found. The value is the source less indentation, line ends, quotes and escapes: step
    // through both and pass over what the value lacks.
    private IEnumerable<(int Line, int Column)> Places(string source)
    {
        var (line, column) = (Span.Line, Span.Column);
        var (read, header) = (0, HeaderLength);
        for (var at = 0; at < source.Length; at++)
        {
            if (source[0] == '"' && source[at] == '\\' && EscapeAt(at) is var (characters, values))
            {
                for (var i = 0; i < values; i++)
                    yield return (line, column);
                read += values;
                // A line break that is escaped is stepped over as any other.
                at += characters - 1;
                column += characters;
                continue;
            }
            var c = source[at];
            if (at >= header && read < Value.Length && (Value[read] == c || (c == '\n' && Value[read] == ' ')))
            {
                read++;
                yield return (line, column);
            }
            (line, column) = c == '\n' ? (line + 1, 1) : (line, column + 1);
        }
    }

    // How many characters an escape in double quotes takes in the source and in the value (YAML 1.2.2, section 5.7).
    private (int Characters, int Values) EscapeAt(int at) => (at + 1 < source!.Length ? source[at + 1] : '\\') switch // the caller has a source
    {
        'x' => (4, 1),
        'u' => (6, 1),
        'U' => (10, source.AsSpan(at + 2).StartsWith("0000") ? 1 : 2),
        '\r' or '\n' => (1, 0),
        _ => (2, 1),
    };

    // What stands before the text: an opening quote, or the line that opens a block ('|', '>-').
    private int HeaderLength => IsPlain ? 0 : source is ['|' or '>', ..] ? source.IndexOf('\n') + 1 : 1;

    public override YamlNode MovedTo(SourceSpan span) => new YamlScalar(span, Value, IsPlain, source: "");
}
