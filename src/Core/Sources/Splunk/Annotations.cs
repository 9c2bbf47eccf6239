using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Splunk;

/// <summary>What the annotations of a correlation search say: a map in JSON, each value a text or a list of texts.</summary>
internal sealed class Annotations
{
    public static Annotations None { get; } = new();

    /// <summary>From <c>mitre_attack</c>, each id once.</summary>
    public ImmutableArray<AttackTag> Tags { get; private init; } = [];

    /// <summary>From <c>data_source</c>.</summary>
    public ImmutableArray<string> DataSources { get; private init; } = [];

    /// <summary>Where <c>mitre_attack</c> holds what can be no id; null for nowhere.</summary>
    public SourceSpan? Unusable { get; private init; }

    /// <returns>Null for what is no map in JSON.</returns>
    /// <param name="error">Where it ceases to be one.</param>
    public static Annotations? TryRead(PlacedText text, AttackTokens tokens, out SourceSpan error)
    {
        error = text.Span;
        var bytes = Encoding.UTF8.GetBytes(text.Text);
        JsonPlaces places = new(text, bytes);
        Utf8JsonReader json = new(bytes);
        try
        {
            json.Read();
            if (json.TokenType is JsonTokenType.Null && !json.Read())
                return None;
            if (json.TokenType is JsonTokenType.StartObject)
                return new AnnotationReader(text, places, tokens).Read(ref json);
            error = places.Of((int)json.TokenStartIndex, 1);
            return null;
        }
        // The second is of an escape that is half of a character.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            error = places.OfRest((int)(e is JsonException ? json.BytesConsumed : json.TokenStartIndex));
            return null;
        }
    }

    /// <summary>Reads one text.</summary>
    private sealed class AnnotationReader(PlacedText text, JsonPlaces places, AttackTokens tokens)
    {
        private readonly List<AttackTag> _tags = [];
        private readonly List<string> _sources = [];
        private SourceSpan? _unusable;

        /// <param name="json">At the beginning of the map.</param>
        public Annotations Read(ref Utf8JsonReader json)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var (isAttack, isSource) = (json.ValueTextEquals("mitre_attack"), json.ValueTextEquals("data_source"));
                json.Read();
                if (isAttack)
                    ReadAttack(ref json);
                else if (isSource)
                    ReadSources(ref json);
                else
                    json.Skip();
            }
            // Something behind the map is an error of JSON.
            json.Read();
            return new() { Tags = [.. _tags.DistinctBy(tag => (tag.Kind, tag.Name))], DataSources = [.. _sources.Distinct()], Unusable = _unusable };
        }

        // The last of several keys of one name counts, as where Splunk reads them.
        private void ReadAttack(ref Utf8JsonReader json)
        {
            _tags.Clear();
            _unusable = null;
            var depth = json.CurrentDepth;
            do
                if (json.TokenType is JsonTokenType.StartObject)
                {
                    _unusable ??= places.Of((int)json.TokenStartIndex, 1);
                    json.Skip();
                }
                else if (json.TokenType is JsonTokenType.String or JsonTokenType.Number && json.ValueSpan.Length > 0)
                    _tags.AddRange(TagsOf(ref json));
            while (IsWithin(ref json, depth) && json.Read());
        }

        private void ReadSources(ref Utf8JsonReader json)
        {
            _sources.Clear();
            var depth = json.CurrentDepth;
            do
                if (json.TokenType is JsonTokenType.String && json.ValueSpan.Length > 0)
                    _sources.Add(json.GetString()!); // it is a text
            while (IsWithin(ref json, depth) && json.Read());
        }

        private static bool IsWithin(ref Utf8JsonReader json, int depth) => json.CurrentDepth > depth || json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;

        private IEnumerable<AttackTag> TagsOf(ref Utf8JsonReader json)
        {
            var isString = json.TokenType is JsonTokenType.String;
            var item = isString ? json.GetString()! : Encoding.UTF8.GetString(json.ValueSpan); // it is a text
            var (start, length) = places.PartOf((int)json.TokenStartIndex + (isString ? 1 : 0), json.ValueSpan.Length);
            return length == item.Length ? text.Tags(start, length, tokens.Read) : tokens.Read(item, text.SpanOf(start, length));
        }
    }
}

/// <summary>Leads from bytes of a text in JSON to their place in the file.</summary>
internal sealed class JsonPlaces(PlacedText text, byte[] bytes)
{
    private int _byte, _character;

    /// <summary>The same part of the text, in characters.</summary>
    /// <param name="start">Not before that of the call before.</param>
    /// <param name="length">In bytes.</param>
    public (int Start, int Length) PartOf(int start, int length)
    {
        _character += Encoding.UTF8.GetCharCount(bytes, _byte, start - _byte);
        _byte = start;
        return (_character, Encoding.UTF8.GetCharCount(bytes, start, length));
    }

    /// <summary>Where the part stands; at least a byte of it.</summary>
    public SourceSpan Of(int start, int length)
    {
        var (first, count) = PartOf(start, length);
        return text.SpanOf(first, count);
    }

    /// <summary>The first character that is none of white space, from a place on; the whole text where there is none.</summary>
    public SourceSpan OfRest(int start)
    {
        while (start < bytes.Length && bytes[start] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            start++;
        return start < bytes.Length && start >= _byte && bytes[start] < 0x80 ? Of(start, 1) : text.Span;
    }
}
