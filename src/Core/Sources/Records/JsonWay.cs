using System.Collections.Immutable;
using System.Text.Json;

namespace Merlon.Core.Sources.Records;

/// <summary>What a token on the way to the records is.</summary>
internal enum JsonStep
{
    /// <summary>Nothing that matters.</summary>
    None,
    /// <summary>The first of a record.</summary>
    Record,
    /// <summary>The beginning of the list that holds the records.</summary>
    List,
    /// <summary>A single value outside of lists.</summary>
    Property,
    /// <summary>The beginning of a root that is a record itself where no path leads on.</summary>
    Candidate,
    /// <summary>The end of one to which none led.</summary>
    CandidateEnd,
}

/// <summary>Where a reader is on its way from the root of a file to its records.</summary>
/// <param name="names">Of the properties to go through; lists between them do not count.</param>
/// <param name="orRoot">Whether the root may be the record, or the list of them, where there is no such path.</param>
internal sealed class JsonWay(ImmutableArray<string> names, bool orRoot)
{
    private readonly record struct Level(string? Name, bool IsList, bool HoldsRecords);

    private readonly List<Level> _levels = [];
    private string? _name;

    /// <summary>Whether the path led somewhere.</summary>
    public bool IsFound { get; private set; }

    /// <summary>Whether the root at hand may still be a record.</summary>
    public bool IsCandidate { get; private set; }

    /// <summary>Whether the root at hand is a list of records.</summary>
    public bool IsInList => _levels is [{ HoldsRecords: true }, ..];

    /// <summary>Whether the reader stands between values of the root.</summary>
    public bool IsAtRoot => _levels.Count == 0;

    /// <summary>The first names at the root, for a hint.</summary>
    public List<string> Names { get; } = [];

    /// <summary>The path of the value at hand.</summary>
    public string Path { get; private set; } = "";

    public void Restart()
    {
        _levels.Clear();
        (_name, IsCandidate) = (null, false);
    }

    /// <exception cref="InvalidOperationException">A name is not Unicode.</exception>
    public JsonStep Step(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _name = reader.GetString();
                if (_levels.Count == 1 && Names.Count < 16 && _name is not null)
                    Names.Add(_name);
                return JsonStep.None;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _levels.RemoveAt(_levels.Count - 1);
                if (!IsAtRoot || !IsCandidate)
                    return JsonStep.None;
                IsCandidate = false;
                return JsonStep.CandidateEnd;
            default:
                var name = _name;
                _name = null;
                return Value(reader.TokenType, name);
        }
    }

    private JsonStep Value(JsonTokenType type, string? name)
    {
        if (_levels is [.., { HoldsRecords: true }])
            return JsonStep.Record;
        var isList = type == JsonTokenType.StartArray;
        if (IsThere(name) || (orRoot && isList && IsAtRoot))
        {
            (IsFound, IsCandidate) = (true, false);
            if (!isList)
                return JsonStep.Record;
            _levels.Add(new(name, IsList: true, HoldsRecords: true));
            return JsonStep.List;
        }
        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            IsCandidate |= orRoot && IsAtRoot;
            _levels.Add(new(name, isList, HoldsRecords: false));
            return IsCandidate && _levels.Count == 1 ? JsonStep.Candidate : JsonStep.None;
        }
        if (IsAtRoot || _levels.Any(level => level.IsList))
            return JsonStep.None;
        Path = string.Join('.', _levels.Select(level => level.Name).Append(name).OfType<string>());
        return JsonStep.Property;
    }

    private bool IsThere(string? name)
    {
        var matched = 0;
        foreach (var level in _levels)
            if (level.Name is not null && (matched == names.Length || names[matched++] != level.Name))
                return false;
        return name is null ? matched == names.Length : matched == names.Length - 1 && names[matched] == name;
    }
}
