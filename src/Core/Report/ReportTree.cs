using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Merlon.Core.Yaml;

namespace Merlon.Core.Report;

/// <summary>A value that is written as YAML and as JSON alike.</summary>
internal abstract record ReportNode
{
    public static implicit operator ReportNode(string? text) => new ReportScalar(text, IsText: true);

    public static implicit operator ReportNode(int number) => new ReportScalar(number.ToString(CultureInfo.InvariantCulture), IsText: false);

    public static implicit operator ReportNode(bool value) => new ReportScalar(value ? "true" : "false", IsText: false);

    public static ReportNode Of(decimal number) => new ReportScalar(number.ToString(CultureInfo.InvariantCulture), IsText: false);

    public static ReportList Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (ReportNode)text)]);

    /// <summary>What somebody wrote, with the types that it has in YAML.</summary>
    public static ReportNode Of(YamlNode node) => node switch
    {
        YamlMapping map => ReportMap.Of(map.Entries.Select(entry => (entry.Key.Value, Of(entry.Value)))),
        YamlSequence list => new ReportList([.. list.Items.Select(Of)]),
        YamlScalar { IsNull: true } => new ReportScalar(null, IsText: false),
        YamlScalar { IsPlain: true, AsInteger: { } number } => number,
        YamlScalar { IsPlain: true, AsBoolean: { } value } => value,
        YamlScalar scalar => scalar.Value,
        _ => throw new InvalidOperationException($"{node.Kind} is no node of YAML"),
    };

    public abstract void Write(Utf8JsonWriter json);
}

/// <param name="Text">Null for nothing.</param>
/// <param name="IsText">Whether it is a text, rather than a number or a truth value.</param>
internal sealed record ReportScalar(string? Text, bool IsText) : ReportNode
{
    public override void Write(Utf8JsonWriter json)
    {
        if (Text is null)
            json.WriteNullValue();
        else if (IsText)
            json.WriteStringValue(Text);
        else
            json.WriteRawValue(Text);
    }
}

internal sealed record ReportList(ImmutableArray<ReportNode> Items) : ReportNode
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var item in Items)
            item.Write(json);
        json.WriteEndArray();
    }
}

/// <summary>Keys in their order, each once.</summary>
internal sealed record ReportMap(ImmutableArray<(string Key, ReportNode Value)> Entries) : ReportNode
{
    public static ReportMap Of(params IEnumerable<(string Key, ReportNode Value)?> entries) => new([.. entries.OfType<(string, ReportNode)>()]);

    public static ReportMap Of(IEnumerable<(string Key, ReportNode Value)> entries) => new([.. entries]);

    public ReportMap With(IEnumerable<(string Key, ReportNode Value)> more) => new([.. Entries, .. more]);

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json);
        json.WriteEndObject();
    }

    public void WriteMembers(Utf8JsonWriter json)
    {
        foreach (var (key, value) in Entries)
        {
            json.WritePropertyName(key);
            value.Write(json);
        }
    }
}
