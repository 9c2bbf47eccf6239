using System.Collections.Immutable;

namespace Merlon.Core.Matching;

/// <summary>
/// The forms in which programs write an event, and the names that its values have in rules: those of Windows events come from XML, in which
/// <c>System</c> has attributes and <c>EventData</c> the fields. Sigma 2.1, section "Field Usage".
/// </summary>
internal static class EventShape
{
    /// <summary>The text of an XML element, in JSON beside its attributes.</summary>
    public const string Text = "#text";

    private const string Attributes = "#attributes";

    // What a winlogbeat document calls the parts of the header.
    private static readonly (string Own, string Name)[] Winlog =
    [
        ("channel", "Channel"), ("event_id", "EventID"), ("provider_name", "Provider_Name"), ("provider_guid", "Provider_Guid"), ("computer_name", "Computer"),
        ("task", "Task"), ("opcode", "Opcode"), ("record_id", "EventRecordID"), ("keywords", "Keywords"), ("level", "Level"),
    ];

    // What flat documents call the parts of the header.
    private static readonly (string Own, string Name)[] Flat =
        [("SourceName", "Provider_Name"), ("ProviderName", "Provider_Name"), ("ProviderGuid", "Provider_Guid"), ("Hostname", "Computer"), ("ComputerName", "Computer")];

    public static string WithoutSpaces(string name) => name.Contains(' ') ? name.Replace(" ", "", StringComparison.Ordinal) : name;

    /// <summary>Each name that leads to something at once, without a dot that leads into a part.</summary>
    public static Dictionary<string, EventField> FieldsOf(EventNode root)
    {
        if (root is not EventObject document)
            return [];
        Dictionary<string, List<EventNode>> nodes = new(StringComparer.Ordinal);
        AddDocument(document, nodes);
        return nodes.ToDictionary(field => field.Key, field => new EventField([.. field.Value]), StringComparer.Ordinal);
    }

    private static void AddDocument(EventObject document, Dictionary<string, List<EventNode>> nodes)
    {
        foreach (var member in document.Members)
            Add(member.Name, member.Value, nodes);
        // A hit of a search, with the event in it.
        if (document.FindObject("_source") is { } source)
            AddDocument(source, nodes);
        else if (document.Find("preview") is not null && document.FindObject("result") is { } result)
            AddDocument(result, nodes);
        var windows = document.FindObject("Event") ?? document;
        if (windows.FindObject("System") is { } system)
            AddWindows(windows, system, nodes);
        if (document.FindObject("winlog") is { } winlog)
            AddWinlog(member => winlog.Find(member), nodes);
        else if (document.Find("winlog.channel") is not null)
            AddFlatWinlog(document, nodes);
        if (document.Find("Channel") is not null || document.Find("EventID") is not null)
            foreach (var (own, name) in Flat)
                AddIfAbsent(name, document.Find(own), nodes);
    }

    private static void Add(string name, EventNode value, Dictionary<string, List<EventNode>> nodes)
    {
        name = WithoutSpaces(name);
        if (nodes.TryGetValue(name, out var known))
            known.Add(value);
        else
            nodes.Add(name, [value]);
    }

    private static void AddIfAbsent(string name, EventNode? value, Dictionary<string, List<EventNode>> nodes)
    {
        if (value is not null && !nodes.ContainsKey(name))
            Add(name, value, nodes);
    }

    private static void AddWindows(EventObject windows, EventObject system, Dictionary<string, List<EventNode>> nodes)
    {
        Dictionary<string, List<EventNode>> own = new(StringComparer.Ordinal);
        if (windows.FindObject("EventData") is { } data)
            AddData(data, own);
        // UserData has one element, whose name is the provider's, and the fields in it.
        if (windows.FindObject("UserData") is { } user)
            foreach (var fields in user.Members.Where(member => !IsMarkup(member.Name)).Select(member => member.Value).OfType<EventObject>())
                AddData(fields, own);
        foreach (var (name, values) in own)
            foreach (var value in values)
                Add(name, value, nodes);
        // Of two of the same name the one in the data is what rules mean.
        foreach (var member in system.Members)
            AddHeader(member, own.ContainsKey, nodes);
    }

    private static bool IsMarkup(string name) => name.StartsWith('#') || name.StartsWith('@') || name is "xmlns" or "Xmlns";

    private static void AddHeader(EventMember member, Func<string, bool> isInData, Dictionary<string, List<EventNode>> nodes)
    {
        const string Suffix = "_attributes";
        var (name, attributes) = member.Name.EndsWith(Suffix, StringComparison.Ordinal) ? (member.Name[..^Suffix.Length], member.Value as EventObject)
            : (member.Name, (member.Value as EventObject)?.FindObject(Attributes) ?? member.Value as EventObject);
        if (attributes is not null)
            foreach (var attribute in attributes.Members.Where(attribute => attribute.Name is not (Attributes or Text)))
                if ($"{name}_{attribute.Name.TrimStart('@')}" is var joined && !isInData(joined))
                    Add(joined, attribute.Value, nodes);
        if (name == member.Name && !isInData(name))
            Add(name, member.Value, nodes);
    }

    // Fields by their names, or a list of elements, each of which may have its name as an attribute.
    private static void AddData(EventObject data, Dictionary<string, List<EventNode>> nodes)
    {
        foreach (var member in data.Members.Where(member => !IsMarkup(member.Name)))
        {
            var items = member.Value is EventList list ? list.Items : [member.Value];
            foreach (var item in items)
                if (member.Name == "Data" && NameOf(item) is { } name)
                    Add(name, ((EventObject)item).Find(Text) ?? EventValue.Null, nodes); // what has a name is a map
                else
                    Add(member.Name, item, nodes);
        }
    }

    private static string? NameOf(EventNode item) => item is not EventObject element ? null
        : ((element.FindObject(Attributes) ?? element).FindValue("Name") ?? element.FindValue("@Name"))?.Text;

    private static void AddWinlog(Func<string, EventNode?> find, Dictionary<string, List<EventNode>> nodes)
    {
        foreach (var fields in new[] { find("event_data"), find("user_data") }.OfType<EventObject>())
            foreach (var member in fields.Members)
                AddIfAbsent(WithoutSpaces(member.Name), member.Value, nodes);
        foreach (var (own, name) in Winlog)
            AddIfAbsent(name, find(own), nodes);
    }

    private static void AddFlatWinlog(EventObject document, Dictionary<string, List<EventNode>> nodes)
    {
        foreach (var prefix in (ImmutableArray<string>)["winlog.event_data.", "winlog.user_data."])
            foreach (var member in document.Members.Where(member => member.Name.StartsWith(prefix, StringComparison.Ordinal)))
                AddIfAbsent(WithoutSpaces(member.Name[prefix.Length..]), member.Value, nodes);
        foreach (var (own, name) in Winlog)
            AddIfAbsent(name, document.Find($"winlog.{own}"), nodes);
    }
}
