using System.Collections.Immutable;
using System.Globalization;

namespace Merlon.Core.Matching;

internal enum EventValueKind
{
    Text,
    Number,
    Truth,
    Null,
}

/// <summary>A part of an event.</summary>
internal abstract class EventNode;

/// <summary>Named parts, in the order of the file. A name may stand there twice.</summary>
internal sealed class EventObject(ImmutableArray<EventMember> members) : EventNode
{
    public ImmutableArray<EventMember> Members { get; } = members;

    public EventNode? Find(string name)
    {
        foreach (var member in Members)
            if (member.Name == name)
                return member.Value;
        return null;
    }

    public EventObject? FindObject(string name) => Find(name) as EventObject;

    public EventValue? FindValue(string name) => Find(name) as EventValue;
}

internal sealed record EventMember(string Name, EventNode Value);

internal sealed class EventList(ImmutableArray<EventNode> items) : EventNode
{
    public ImmutableArray<EventNode> Items { get; } = items;
}

/// <summary>A single value.</summary>
internal sealed class EventValue : EventNode
{
    private EventValue(EventValueKind kind, string text, decimal? number = null) => (Kind, Text, Number) = (kind, text, number);

    public static EventValue Null { get; } = new(EventValueKind.Null, "");

    public static EventValue True { get; } = new(EventValueKind.Truth, "true");

    public static EventValue False { get; } = new(EventValueKind.Truth, "false");

    public EventValueKind Kind { get; }

    /// <summary>What patterns are compared with: a number as written, a truth value as its word.</summary>
    public string Text { get; }

    /// <summary>Of a number only; null where it is too large.</summary>
    public decimal? Number { get; }

    public static EventValue OfText(string text) => new(EventValueKind.Text, text);

    /// <param name="written">As in JSON.</param>
    public static EventValue OfNumber(string written) =>
        new(EventValueKind.Number, written, decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null);

    /// <summary>A number such as 1e3 or 10.0 as people write it, 1000 or 10; null where it is written so.</summary>
    public EventValue? AsPlainNumber() => Number is { } number && Text.AsSpan().ContainsAny('.', 'e', 'E') && number.ToString("0.############################", CultureInfo.InvariantCulture) is var plain && plain != Text
        ? new(EventValueKind.Number, plain, number) : null;

    public override string ToString() => Kind == EventValueKind.Null ? "null" : Text;
}
