using System.Collections.Immutable;

namespace Merlon.Core.Matching;

/// <summary>What an event has under one name: the values in it, those in lists too.</summary>
internal sealed class EventField
{
    public static EventField Absent { get; } = new([]);

    public EventField(ImmutableArray<EventNode> nodes)
    {
        Nodes = nodes;
        var (values, hasNull, hasObject) = (ImmutableArray.CreateBuilder<EventValue>(nodes.Length), false, false);
        foreach (var node in nodes)
            Collect(node);
        Values = values.DrainToImmutable();
        IsNull = hasNull || (Values.IsEmpty && !hasObject);

        void Collect(EventNode node)
        {
            switch (node)
            {
                case EventValue { Kind: EventValueKind.Null }:
                    hasNull = true;
                    break;
                case EventValue value:
                    values.Add(value);
                    if (value.AsPlainNumber() is { } plain)
                        values.Add(plain);
                    break;
                case EventList list:
                    foreach (var item in list.Items)
                        Collect(item);
                    break;
                // An XML element with attributes has its text beside them.
                case EventObject inner when inner.Find(EventShape.Text) is { } text:
                    Collect(text);
                    break;
                default:
                    hasObject = true;
                    break;
            }
        }
    }

    /// <summary>As they stand in the event; several where its parts have the same name.</summary>
    public ImmutableArray<EventNode> Nodes { get; }

    /// <summary>Texts, numbers and truth values.</summary>
    public ImmutableArray<EventValue> Values { get; }

    /// <summary>Whether the name is there at all, be its value null.</summary>
    public bool IsThere => !Nodes.IsEmpty;

    /// <summary>Whether the name is absent, its value is null or one of its values is.</summary>
    public bool IsNull { get; }
}
