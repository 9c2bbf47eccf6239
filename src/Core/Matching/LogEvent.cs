using Merlon.Core.Diagnostics;

namespace Merlon.Core.Matching;

/// <summary>One event of a log: named values, as a rule asks for them whatever the form in which they were written.</summary>
internal sealed class LogEvent
{
    // Names without spaces, as rules write them. Sigma 2.1, section "Field Usage".
    private readonly Dictionary<string, EventField> _fields;

    /// <param name="root">A map, or the text of a whole line.</param>
    /// <param name="span">Where it begins.</param>
    /// <param name="index">0-based index in its file.</param>
    public LogEvent(EventNode root, SourceSpan span, int index)
    {
        (Root, Span, Index) = (root, span, index);
        _fields = EventShape.FieldsOf(root);
        Anything = new([.. ValuesOf(root)]);
        Origin = EventOrigin.Of(this);
        Time = EventTime.Of(this);
    }

    public EventNode Root { get; }

    public SourceSpan Span { get; }

    public int Index { get; }

    /// <summary>When it happened, as far as it says so.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>What it says of where it comes from.</summary>
    public EventOrigin Origin { get; }

    /// <summary>Every value in it: what keywords are looked for in.</summary>
    public EventField Anything { get; }

    /// <summary>What it has under a name, <c>Image</c> or <c>user.name</c>: a dot stands in the name or leads into a part.</summary>
    public EventField Find(string name)
    {
        name = EventShape.WithoutSpaces(name);
        if (_fields.TryGetValue(name, out var field))
            return field;
        if (!name.Contains('.'))
            return EventField.Absent;
        List<EventNode> found = [];
        for (var dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', dot + 1))
            if (_fields.TryGetValue(name[..dot], out var outer))
                foreach (var node in outer.Nodes)
                    FindIn(node, name[(dot + 1)..], found);
        return found.Count == 0 ? EventField.Absent : new([.. found]);
    }

    /// <summary>The first text of a name; null where there is none.</summary>
    public string? FindText(string name) => Find(name).Values is [var first, ..] ? first.Text : null;

    private static void FindIn(EventNode node, string name, List<EventNode> found)
    {
        if (node is EventList list)
            foreach (var item in list.Items)
                FindIn(item, name, found);
        if (node is not EventObject inner)
            return;
        foreach (var member in inner.Members)
            if (EventShape.WithoutSpaces(member.Name) is var own && own == name)
                found.Add(member.Value);
            else if (name.StartsWith(own, StringComparison.Ordinal) && name[own.Length] == '.')
                FindIn(member.Value, name[(own.Length + 1)..], found);
    }

    private static IEnumerable<EventNode> ValuesOf(EventNode node) => node switch
    {
        EventList list => list.Items.SelectMany(ValuesOf),
        EventObject inner => inner.Members.SelectMany(member => ValuesOf(member.Value)),
        _ => [node],
    };
}
