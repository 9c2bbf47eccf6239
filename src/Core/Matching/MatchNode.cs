using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Matching;

/// <summary>A part of a rule that is made to be evaluated again and again.</summary>
internal abstract class MatchNode
{
    public abstract MatchOutcome Evaluate(LogEvent e);

    public abstract MatchExplanation Explain(LogEvent e);

    /// <summary>Texts one of which is in every event that matches; null where there may be none of them.</summary>
    public virtual ImmutableArray<string>? RequiredTexts => null;
}

internal sealed class JoinNode(ImmutableArray<MatchNode> parts, bool isAll) : MatchNode
{
    public override MatchOutcome Evaluate(LogEvent e)
    {
        var (outcome, decided) = isAll ? (MatchOutcome.Matched, MatchOutcome.NotMatched) : (MatchOutcome.NotMatched, MatchOutcome.Matched);
        foreach (var part in parts)
        {
            var one = part.Evaluate(e);
            if (isAll ? one < outcome : one > outcome)
                outcome = one;
            if (outcome == decided)
                break;
        }
        return outcome;
    }

    public override MatchExplanation Explain(LogEvent e)
    {
        ImmutableArray<MatchExplanation> all = [.. parts.Select(part => part.Explain(e))];
        return new(isAll ? MatchPart.All : MatchPart.Any, isAll ? "all of" : "one of", isAll ? all.Min(part => part.Outcome) : all.Max(part => part.Outcome), null) { Parts = all };
    }

    public override ImmutableArray<string>? RequiredTexts => RequiredText.Join(parts.Select(part => part.RequiredTexts), isAll);
}

internal sealed class NotNode(MatchNode part) : MatchNode
{
    public override MatchOutcome Evaluate(LogEvent e) => part.Evaluate(e).Negated;

    public override MatchExplanation Explain(LogEvent e)
    {
        var inner = part.Explain(e);
        return new(MatchPart.Not, "not", inner.Outcome.Negated, null) { Parts = [inner] };
    }
}

/// <summary>A selection by its name, or a filter by its title.</summary>
internal sealed class NamedNode(string name, SourceSpan span, MatchNode content) : MatchNode
{
    public override MatchOutcome Evaluate(LogEvent e) => content.Evaluate(e);

    public override MatchExplanation Explain(LogEvent e)
    {
        var inner = content.Explain(e);
        return new(MatchPart.Selection, name, inner.Outcome, span) { Parts = [inner] };
    }

    public override ImmutableArray<string>? RequiredTexts => content.RequiredTexts;
}

/// <summary>A field, or keywords, with the values that are compared.</summary>
/// <param name="names">Null for keywords.</param>
/// <param name="combined">The values in a form that is faster where one of them is enough.</param>
internal sealed class ItemNode(Sigma.DetectionItem item, FieldNames? names, ImmutableArray<ValueMatcher> values, ImmutableArray<ValueMatcher> combined) : MatchNode
{
    public override MatchOutcome Evaluate(LogEvent e)
    {
        var field = names is null ? e.Anything : names.Find(e);
        var (outcome, decided) = item.IsAll ? (MatchOutcome.Matched, MatchOutcome.NotMatched) : (MatchOutcome.NotMatched, MatchOutcome.Matched);
        foreach (var value in combined)
        {
            var one = value.Match(field, e);
            if (item.IsAll ? one < outcome : one > outcome)
                outcome = one;
            if (outcome == decided)
                break;
        }
        return item.IsNegated ? outcome.Negated : outcome;
    }

    public override MatchExplanation Explain(LogEvent e)
    {
        var field = names is null ? e.Anything : names.Find(e);
        ImmutableArray<MatchExplanation> parts = [.. values.Select((value, index) => new MatchExplanation(MatchPart.Value, value.Wanted, value.Match(field, e), index < item.Written.Length ? item.Written[index].Span : item.Span))];
        var outcome = item.IsAll ? parts.Min(part => part.Outcome) : parts.Max(part => part.Outcome);
        return new(MatchPart.Item, item.Key?.Value ?? "keywords", item.IsNegated ? outcome.Negated : outcome, item.Span)
        {
            Parts = parts,
            Field = item.Field,
            Found = names is null ? [] : [.. field.Values.Take(20).Select(MatchExplanation.Quote), .. field is { IsThere: true, IsNull: true } ? (ImmutableArray<string>)["null"] : []],
        };
    }

    public override ImmutableArray<string>? RequiredTexts =>
        item.IsNegated ? null : RequiredText.Join(values.Select(value => value.RequiredTexts), item.IsAll);
}
