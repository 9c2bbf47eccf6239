using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Merlon.Core.Matching;

/// <summary>Reads one JSON value into a tree. Throws what the framework's reader throws.</summary>
internal ref struct JsonEvent(ReadOnlySpan<byte> bytes)
{
    private Utf8JsonReader _reader = new(bytes, new JsonReaderOptions { MaxDepth = EventLimits.MaxDepth });

    /// <summary>How many maps, lists and values there are; nothing is built above the limit.</summary>
    public int Nodes { get; private set; }

    public EventNode Read()
    {
        _reader.Read();
        var root = ReadNode();
        _reader.Read(); // fails where something follows
        return root;
    }

    private EventNode ReadNode()
    {
        if (++Nodes > EventLimits.MaxNodesOfEvent)
        {
            _reader.Skip();
            return EventValue.Null;
        }
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = ImmutableArray.CreateBuilder<EventMember>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = _reader.GetString()!; // a name is a string
                    _reader.Read();
                    members.Add(new(name, ReadNode()));
                }
                return new EventObject(members.DrainToImmutable());
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<EventNode>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    items.Add(ReadNode());
                return new EventList(items.DrainToImmutable());
            case JsonTokenType.String:
                return EventValue.OfText(_reader.GetString()!); // a string
            case JsonTokenType.Number:
                return EventValue.OfNumber(Encoding.ASCII.GetString(_reader.ValueSpan));
            case JsonTokenType.True:
                return EventValue.True;
            case JsonTokenType.False:
                return EventValue.False;
            default:
                return EventValue.Null;
        }
    }
}
