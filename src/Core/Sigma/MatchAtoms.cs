using System.Globalization;

namespace Merlon.Core.Sigma;

/// <summary>The different matches of an expression, by number, and what is certain of two of them. Sigma 2.1, section "Detection", and appendix "Modifiers".</summary>
internal sealed class MatchAtoms
{
    private readonly Dictionary<(string? Field, object Value), int> _indices = [];
    private readonly List<(string? Field, SigmaValue Value, TextPattern? Text)> _atoms = [];

    // Field names are compared with their case, as Sigma does. What keywords share is not known: tools cut an event into words in different ways.
    private readonly Dictionary<string, List<int>> _byField = new(StringComparer.Ordinal);

    /// <summary>The number of a match, which is the same for equal ones. They are given out from 0.</summary>
    /// <param name="match">Its value is no expansion, and not the absence of a field.</param>
    public int Add(MatchExpression match, ref int steps)
    {
        var text = TextOf(match.Value) is { } written ? TextPattern.Of(written, ref steps) : null;
        var key = (match.Field, text?.Key ?? (object)match.Value);
        if (_indices.TryGetValue(key, out var known))
            return known;
        var index = _indices[key] = _atoms.Count;
        _atoms.Add((match.Field, match.Value, text));
        if (match.Field is { } field)
        {
            if (!_byField.TryGetValue(field, out var same))
                _byField[field] = same = [];
            same.Add(index);
        }
        return index;
    }

    /// <summary>The matches of the same field.</summary>
    public IReadOnlyList<int> Beside(int atom) => _atoms[atom].Field is { } field ? _byField[field] : [];

    /// <summary>What a match must be when another one of its field is true, or false; null when it can be either. A field may have several values.</summary>
    public bool? Follows(int atom, int from, bool isTrue, ref int steps)
    {
        steps++;
        if (isTrue)
            return Implies(from, atom, ref steps) ? true : Excludes(_atoms[from].Value, _atoms[atom].Value) ? false : null;
        // A field that is absent counts as null.
        return Implies(atom, from, ref steps) ? false : (_atoms[atom].Value, _atoms[from].Value) is (SigmaNull, SigmaExists) or (SigmaExists, SigmaNull) ? true : null;
    }

    private bool Implies(int narrow, int wide, ref int steps) => (_atoms[narrow], _atoms[wide]) switch
    {
        ({ Value: var value }, { Value: SigmaExists }) => IsOfContent(value),
        ({ Text: { } text }, { Text: { } other }) => other.Covers(text, ref steps),
        ({ Value: var value }, { Text.IsAnything: true }) => IsOfContent(value),
        _ => false,
    };

    private static bool Excludes(SigmaValue one, SigmaValue other) => one is SigmaNull ? IsOfContent(other) : other is SigmaNull && IsOfContent(one);

    // A reference is left out: two absent fields are equal to some tools.
    private static bool IsOfContent(SigmaValue value) =>
        value is SigmaString or SigmaNumber or SigmaBoolean or SigmaRegex or SigmaCidr or SigmaComparison or SigmaTimestampPart;

    // A number is equal to its text, and a truth value to its word.
    private static SigmaString? TextOf(SigmaValue value) => value switch
    {
        SigmaString text => text,
        SigmaNumber { Number: var number } => SigmaString.OfText(number.ToString("0.############################", CultureInfo.InvariantCulture)),
        SigmaBoolean { Truth: var truth } => SigmaString.OfText(truth ? "true" : "false"),
        _ => null,
    };
}
