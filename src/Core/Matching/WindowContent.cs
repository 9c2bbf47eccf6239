namespace Merlon.Core.Matching;

/// <summary>What a correlation counts of the occurrences in its window, kept up to date as they come and go.</summary>
/// <param name="type">A known type of correlation.</param>
/// <param name="rules">How many rules are read.</param>
internal sealed class WindowContent(string? type, int rules, Func<Occurrence, string?> counted)
{
    /// <summary>The order of more rules takes too long to follow.</summary>
    public const int MaxOrderedRules = 64;

    private readonly Dictionary<string, int> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly int[] _ofRule = new int[rules];

    // Of each rule and length, the latest time at which a sequence of so many rules, in their order and with this one as the last, has begun.
    private readonly DateTimeOffset?[,] _begun = new DateTimeOffset?[type == "temporal_ordered" ? rules : 0, rules + 1];
    private int _count;

    /// <summary>Events, different values, different rules, or rules that follow each other in the order of the list.</summary>
    public int Count => type switch
    {
        "event_count" => _count,
        "value_count" => _values.Count,
        "temporal" => _ofRule.Count(number => number > 0),
        _ => Enumerable.Range(1, rules).LastOrDefault(length => Enumerable.Range(0, rules).Any(rule => _begun[rule, length] is not null)),
    };

    public bool Has(int rule) => rule >= 0 && _ofRule[rule] > 0;

    public void Add(Occurrence one)
    {
        _count++;
        _ofRule[one.Source]++;
        if (type == "value_count" && counted(one) is { } value)
            _values[value] = _values.GetValueOrDefault(value) + 1;
        if (type != "temporal_ordered")
            return;
        _begun[one.Source, 1] = one.Time;
        for (var length = 2; length <= one.Source + 1; length++)
            for (var before = 0; before < one.Source; before++)
                if (_begun[before, length - 1] is { } time && (_begun[one.Source, length] is not { } known || time > known))
                    _begun[one.Source, length] = time;
    }

    public void Remove(Occurrence one)
    {
        _count--;
        _ofRule[one.Source]--;
        if (type == "value_count" && counted(one) is { } value && --_values[value] == 0)
            _values.Remove(value);
    }

    /// <summary>Takes sequences away that began before a time.</summary>
    public void Forget(DateTimeOffset before)
    {
        for (var rule = 0; rule < _begun.GetLength(0); rule++)
            for (var length = 1; length <= rules; length++)
                if (_begun[rule, length] < before)
                    _begun[rule, length] = null;
    }

    public void Clear()
    {
        _count = 0;
        _values.Clear();
        Array.Clear(_ofRule);
        Array.Clear(_begun);
    }
}
