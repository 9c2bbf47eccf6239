using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>A key of a detection that names a field, <c>CommandLine|contains</c>, with its value or values.</summary>
/// <param name="Name">What stands before the first '|'; never empty.</param>
internal sealed record DetectionField(YamlScalar Key, string Name, YamlNode Value)
{
    /// <summary>The name without the modifiers.</summary>
    public SourceSpan Span => Key.SpanOf(0, Name.Length);

    public IEnumerable<string> Modifiers => Key.Value.Split('|').Skip(1);

    public IEnumerable<YamlScalar> Values => (Value is YamlSequence list ? list.Items : [Value]).OfType<YamlScalar>();
}

/// <summary>The fields of a detection: keys of its maps, at every depth of its lists. Keywords have none.</summary>
internal static class DetectionFields
{
    /// <summary>In the order of the file.</summary>
    public static IEnumerable<DetectionField> Of(Detection detection) => detection.Selections.SelectMany(selection => Of(selection.Content));

    private static IEnumerable<DetectionField> Of(YamlNode content) => content switch
    {
        YamlMapping map => map.Entries.Select(Of).OfType<DetectionField>(),
        YamlSequence list => list.Items.SelectMany(Of),
        _ => [],
    };

    private static DetectionField? Of(YamlEntry entry)
    {
        var key = entry.Key.Value;
        var end = key.IndexOf('|');
        var name = end < 0 ? key : key[..end];
        return name.Length == 0 ? null : new(entry.Key, name, entry.Value);
    }
}
