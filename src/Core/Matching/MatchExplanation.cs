using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Matching;

internal enum MatchPart
{
    /// <summary>All parts are needed.</summary>
    All,
    /// <summary>One of the parts is needed.</summary>
    Any,
    /// <summary>Its only part must not match.</summary>
    Not,
    Selection,
    /// <summary>A field or keywords, compared with its values.</summary>
    Item,
    Value,
}

/// <summary>Why a part of a rule matched an event or did not: from the condition by way of selections and items to single values.</summary>
/// <param name="Label">What it is called in the rule: a selection's name, a key such as <c>Image|endswith</c>, what a value wants.</param>
/// <param name="Span">Where it stands in the rule; null for a part that has no place of its own.</param>
internal sealed record MatchExplanation(MatchPart Part, string Label, MatchOutcome Outcome, SourceSpan? Span)
{
    private const int MaxText = 120;

    public ImmutableArray<MatchExplanation> Parts { get; init; } = [];

    /// <summary>The field of an item; null for keywords and all else.</summary>
    public string? Field { get; init; }

    /// <summary>What the event has for an item, shortened; empty where the field is absent.</summary>
    public ImmutableArray<string> Found { get; init; } = [];

    /// <summary>Why the rule or the event could not be evaluated; null otherwise.</summary>
    public string? NotEvaluated { get; init; }

    public bool Matched => Outcome == MatchOutcome.Matched;

    /// <summary>One line that says what decided: <c>selection_img: Image ends with '\cmd.exe', but the event has 'C:\Windows\explorer.exe'</c>.</summary>
    public string Summary => NotEvaluated is { } reason ? $"not evaluated: {reason}" : Matched ? Said(wanted: true) is { Length: > 0 } said ? $"matched: {said}" : "matched" : Said(wanted: true);

    private string Said(bool wanted, string selection = "") => Part switch
    {
        MatchPart.Selection => string.Join("; ", Parts.Select(part => part.Said(wanted, $"{Label}: "))),
        MatchPart.Item => selection + OfItem(),
        MatchPart.Not => Parts[0].Said(!wanted, selection),
        // The parts that made it so; of several that each would have been enough, the one that came nearest.
        MatchPart.All when !Matched => Nearest(Parts.Where(part => !part.Matched)).Said(wanted, selection),
        MatchPart.Any when Matched => Parts.First(part => part.Matched).Said(wanted, selection),
        MatchPart.Any => Nearest(Parts) is var nearest && Parts.Length > 1 ? $"{nearest.Said(wanted, selection)} (and {Parts.Length - 1} other {(Parts.Length == 2 ? "way" : "ways")} did not match)" : nearest.Said(wanted, selection),
        _ => string.Join("; ", Parts.Select(part => part.Said(wanted, selection))),
    };

    private static MatchExplanation Nearest(IEnumerable<MatchExplanation> parts) => parts.MaxBy(part => part.Share())!; // there is one

    // How much of it matched.
    private double Share() => Parts.IsEmpty || Part is MatchPart.Item or MatchPart.Not ? Matched ? 1 : 0 : Parts.Average(part => part.Share());

    private string OfItem()
    {
        var subject = Field ?? "a value of the event";
        var wanted = Parts.Length switch
        {
            0 => "is null or absent",
            1 => Parts[0].Label,
            _ when Label.Contains("|all", StringComparison.Ordinal) && Parts.FirstOrDefault(part => !part.Matched) is { } missing => missing.Label,
            _ when Parts.FirstOrDefault(part => part.Matched) is { } found && !Label.Contains("|all", StringComparison.Ordinal) => found.Label,
            _ => $"{Parts[0].Label} (or {Parts.Length - 1} more)",
        };
        var negated = Label.Contains("|neq", StringComparison.Ordinal) ? "not: " : "";
        var has = Field is null ? Matched ? "" : "but none does" : Found.IsEmpty ? "the event does not have it" : $"the event has {string.Join(", ", Found.Take(3))}{(Found.Length > 3 ? $" and {Found.Length - 3} more" : "")}";
        return $"{subject} {negated}{wanted}{(has.Length == 0 ? "" : Field is null ? $", {has}" : Matched ? $"; {has}" : $", but {has}")}";
    }

    /// <summary>A value of an event for people: in quotes, on one line, not too long.</summary>
    public static string Quote(EventValue value) => value.Kind is EventValueKind.Text ? $"'{Shorten(value.Text)}'" : Shorten(value.ToString());

    private static string Shorten(string text)
    {
        text = text.Length <= MaxText ? text : text[..MaxText] + "…";
        return string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
    }
}
