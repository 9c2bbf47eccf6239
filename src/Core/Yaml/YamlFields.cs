using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Yaml;

/// <summary>What the findings about one kind of file are called.</summary>
internal sealed record ShapeDiagnostics(DiagnosticInfo UnknownKey, DiagnosticInfo BadValue, DiagnosticInfo MissingKey);

/// <summary>
/// Reads a map whose keys are fixed: each value by its key and type, and in the end every key that nobody asked for is an error with the
/// nearest known one. A value of the wrong type is reported and reads as absent.
/// </summary>
internal sealed class YamlFields(YamlMapping mapping, ShapeDiagnostics ids, ICollection<Diagnostic> diagnostics)
{
    private readonly List<string> _known = [];

    public SourceSpan Span => mapping.Span;

    /// <summary>The keys that are there.</summary>
    public IEnumerable<string> Keys => mapping.Entries.Select(entry => entry.Key.Value);

    /// <summary>Where a key itself stands.</summary>
    public SourceSpan? PlaceOf(string key) => mapping.FindEntry(key)?.Key.Span;

    public void Report(SourceSpan span, string message) => diagnostics.Add(ids.BadValue.At(span, message));

    /// <summary>Reports the keys that nobody has asked for.</summary>
    public void End()
    {
        foreach (var (key, _) in mapping.Entries.Where(entry => !_known.Contains(entry.Key.Value)))
            diagnostics.Add(ids.UnknownKey.At(key.Span, $"'{key.Value}' is not a key here{Spelling.Hint(key.Value, _known)}"));
    }

    /// <summary>The node of a key; null when it is absent or empty.</summary>
    public YamlNode? Node(string key)
    {
        _known.Add(key);
        return mapping.Find(key) is { } node && node is not YamlScalar { IsNull: true } ? node : null;
    }

    public YamlScalar? Scalar(string key) => Node(key) is { } node ? AsScalar(node, key) : null;

    public string? Text(string key) => Scalar(key)?.Value;

    /// <summary>The text of a key that must be there.</summary>
    public YamlScalar? Required(string key)
    {
        var before = diagnostics.Count;
        var scalar = Scalar(key);
        if (scalar is null && diagnostics.Count == before)
            Missing(key);
        return scalar;
    }

    /// <summary>Reports a key that is not there.</summary>
    public void Missing(string key) =>
        diagnostics.Add(ids.MissingKey.At(mapping.Entries is [var first, ..] ? first.Key.Span : mapping.Span, $"'{key}' is missing; add it"));

    /// <summary>A text that is one of a few words.</summary>
    public string? Word(string key, IReadOnlyCollection<string> words) => Scalar(key) is { } scalar ? AsWord(scalar, words) : null;

    public ImmutableArray<string>? Words(string key, IReadOnlyCollection<string> words) =>
        Scalars(key) is { } list ? [.. list.Select(item => AsWord(item, words)).OfType<string>()] : null;

    /// <summary>A list of single values; null when the key is absent.</summary>
    public ImmutableArray<YamlScalar>? Scalars(string key) =>
        Items(key) is { } items ? [.. items.Select(item => AsScalar(item, $"an item of {key}")).OfType<YamlScalar>()] : null;

    /// <summary>A list that must be there and hold something.</summary>
    public ImmutableArray<YamlScalar>? RequiredScalars(string key)
    {
        var before = diagnostics.Count;
        var scalars = Scalars(key);
        if (scalars is { IsEmpty: false })
            return scalars;
        if (diagnostics.Count == before)
            Missing(key);
        return null;
    }

    public ImmutableArray<string> Texts(string key) => [.. (Scalars(key) ?? []).Select(scalar => scalar.Value)];

    public ImmutableArray<YamlNode>? Items(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlSequence list:
                return list.Items;
            case var other:
                Report(other.Span, $"{key} is {other.Kind}; write a list");
                return null;
        }
    }

    public bool? Boolean(string key)
    {
        if (Scalar(key) is not { } scalar)
            return null;
        if (scalar.AsBoolean is null)
            Report(scalar.Span, $"'{scalar.Value}' is not true or false");
        return scalar.AsBoolean;
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int? Integer(string key, int least, int most) => Scalar(key) is { } scalar ? AsInteger(scalar, key, least, most) : null;

    public int? AsInteger(YamlScalar scalar, string key, int least, int most)
    {
        if (scalar.AsInteger is { } number && number >= least && number <= most)
            return number;
        Report(scalar.Span, $"{key} is '{scalar.Value}'; write a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A UTC day, <c>2026-11-01</c>.</summary>
    public DateOnly? Date(string key)
    {
        if (Scalar(key) is not { } scalar)
            return null;
        if (DateOnly.TryParseExact(scalar.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Report(scalar.Span, $"'{scalar.Value}' is not a day of the form 2026-11-01");
        return null;
    }

    /// <summary>A whole number of days, hours, minutes or seconds, <c>180d</c>, <c>15m</c>; up to 9999 of them.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Scalar(key) is not { } scalar)
            return null;
        if (scalar.Value is [.. { Length: > 0 and <= 4 } digits, 'd' or 'h' or 'm' or 's'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return scalar.Value[^1] switch
            {
                'd' => TimeSpan.FromDays(number),
                'h' => TimeSpan.FromHours(number),
                'm' => TimeSpan.FromMinutes(number),
                _ => TimeSpan.FromSeconds(number),
            };
        Report(scalar.Span, $"{key} is '{scalar.Value}'; write a number with its unit, such as 180d, 2h, 15m or 60s");
        return null;
    }

    public YamlFields? Map(string key) => Node(key) is { } node ? AsMap(node, key) : null;

    /// <summary>A list of maps.</summary>
    public ImmutableArray<YamlFields> Maps(string key) =>
        [.. (Items(key) ?? []).Select(item => AsMap(item, $"an item of {key}")).OfType<YamlFields>()];

    public YamlFields? AsMap(YamlNode node, string what)
    {
        if (node is YamlMapping inner)
            return new(inner, ids, diagnostics);
        Report(node.Span, $"{what} is {node.Kind}; write a map");
        return null;
    }

    /// <summary>A map whose keys are the user's own words: each with its value.</summary>
    public ImmutableArray<YamlEntry> Entries(string key)
    {
        if (Node(key) is not { } node)
            return [];
        if (node is YamlMapping inner)
            return inner.Entries;
        Report(node.Span, $"{key} is {node.Kind}; write a map");
        return [];
    }

    public YamlScalar? AsScalar(YamlNode node, string what)
    {
        if (node is YamlScalar { IsNull: false, Value.Length: > 0 } scalar)
            return scalar;
        Report(node.Span, $"{what} is {(node is YamlScalar ? "empty" : node.Kind)}; write a single value");
        return null;
    }

    private string? AsWord(YamlScalar scalar, IReadOnlyCollection<string> words)
    {
        if (words.Contains(scalar.Value))
            return scalar.Value;
        Report(scalar.Span, $"'{scalar.Value}' is not allowed here{Spelling.Hint(scalar.Value, words)}");
        return null;
    }
}
