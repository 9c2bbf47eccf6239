using System.Collections.Immutable;
using Merlon.Core.Sigma;

namespace Merlon.Core.Matching;

/// <summary>Compares what an event has under a name with one value of a rule.</summary>
internal abstract class ValueMatcher
{
    /// <summary>What is wanted, after the name of a field: <c>ends with '\cmd.exe'</c>.</summary>
    public abstract string Wanted { get; }

    public abstract MatchOutcome Match(EventField field, LogEvent e);

    /// <summary>A text without which there is no match, whatever its case; null where there is none.</summary>
    public virtual string? RequiredText => null;

    /// <summary>Texts one of which is in every event that matches; null where there may be none of them.</summary>
    public virtual ImmutableArray<string>? RequiredTexts => RequiredText is { } text ? [text] : null;
}

/// <summary>One of the field's values has to be right.</summary>
internal abstract class SingleValueMatcher : ValueMatcher
{
    public sealed override MatchOutcome Match(EventField field, LogEvent e)
    {
        var outcome = MatchOutcome.NotMatched;
        foreach (var value in field.Values)
            if (Match(value) is var one && one > outcome)
            {
                outcome = one;
                if (one == MatchOutcome.Matched)
                    break;
            }
        return outcome;
    }

    public abstract MatchOutcome Match(EventValue value);
}

internal sealed class NullMatcher : ValueMatcher
{
    public override string Wanted => "is null or absent";

    public override MatchOutcome Match(EventField field, LogEvent e) => MatchOutcomes.Of(field.IsNull);
}

internal sealed class ExistsMatcher(bool isThere) : ValueMatcher
{
    public override string Wanted => isThere ? "is there" : "is absent";

    public override MatchOutcome Match(EventField field, LogEvent e) => MatchOutcomes.Of(field.IsThere == isThere);
}

internal sealed class TruthMatcher(bool truth) : SingleValueMatcher
{
    private readonly string _word = truth ? "true" : "false";

    public override string Wanted => $"is {_word}";

    public override string RequiredText => _word;

    public override MatchOutcome Match(EventValue value) =>
        MatchOutcomes.Of(value.Kind != EventValueKind.Number && value.Text.Equals(_word, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Equal to another field, or to what it begins or ends with. Two fields that are absent are not equal.</summary>
internal sealed class FieldReferenceMatcher(SigmaFieldReference reference, FieldNames names) : ValueMatcher
{
    public override string Wanted => $"{(reference, reference) switch
    {
        ({ StartsWith: true }, { EndsWith: true }) => "contains",
        ({ StartsWith: true }, _) => "starts with",
        (_, { EndsWith: true }) => "ends with",
        _ => "is equal to",
    }} what is in {reference.Field}";

    public override MatchOutcome Match(EventField field, LogEvent e)
    {
        foreach (var other in names.Find(e).Values)
            foreach (var value in field.Values)
                if (IsMatch(value.Text, other.Text))
                    return MatchOutcome.Matched;
        return MatchOutcome.NotMatched;
    }

    private bool IsMatch(string value, string other) => (reference.StartsWith, reference.EndsWith) switch
    {
        (true, true) => value.Contains(other, StringComparison.OrdinalIgnoreCase),
        (true, false) => value.StartsWith(other, StringComparison.OrdinalIgnoreCase),
        (false, true) => value.EndsWith(other, StringComparison.OrdinalIgnoreCase),
        _ => value.Equals(other, StringComparison.OrdinalIgnoreCase),
    };
}

/// <summary>One of several forms of one value, also where every value is needed.</summary>
internal sealed class FormsMatcher(ImmutableArray<ValueMatcher> forms, string wanted) : ValueMatcher
{
    private readonly ImmutableArray<ValueMatcher> _combined = ValueSets.Combine(forms);

    public override string Wanted => wanted;

    public override ImmutableArray<string>? RequiredTexts => Matching.RequiredText.Join(forms.Select(form => form.RequiredTexts), isAll: false);

    public override MatchOutcome Match(EventField field, LogEvent e)
    {
        var outcome = MatchOutcome.NotMatched;
        foreach (var form in _combined)
            if (form.Match(field, e) is var one && one > outcome)
                outcome = one;
        return outcome;
    }
}

/// <summary>What nothing can be: a keyword that is null.</summary>
internal sealed class NeverMatcher : ValueMatcher
{
    public override string Wanted => "is nothing that an event can have";

    public override MatchOutcome Match(EventField field, LogEvent e) => MatchOutcome.NotMatched;
}
