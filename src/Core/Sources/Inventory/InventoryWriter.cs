using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Merlon.Core.Sources.Inventory;

/// <summary>
/// Writes rules of any source as a file of format <c>inventory</c>: one rule a line, sorted, so that a new export differs where the SIEM does. What
/// rules search for is in it as a hash only.
/// </summary>
internal static class InventoryWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="date">The UTC day, for files that do not say when they were exported.</param>
    public static string Write(RuleSet rules, DateOnly date)
    {
        var exported = rules.Read.Min(file => file.Source.Exported ?? file.Exported) ?? date;
        StringBuilder text = new();
        text.Append(FormattableString.Invariant($$"""{"schemaVersion":1,"exported":"{{exported:yyyy-MM-dd}}","rules":["""));
        var separator = "\n";
        foreach (var rule in rules.Rules.Concat(rules.Placed).OrderBy(rule => rule.Title, StringComparer.Ordinal).ThenBy(rule => rule.Id, StringComparer.Ordinal).ThenBy(rule => rule.Span.Path, StringComparer.Ordinal).ThenBy(rule => rule.Span.Line))
        {
            text.Append(separator).Append(Line(rule));
            separator = ",\n";
        }
        return text.Append("\n]}\n").ToString();
    }

    private static string Line(DetectionRule rule)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("name", rule.Title);
            Text("label", rule.Label);
            Text("id", rule.Id);
            json.WriteString("enabled", rule.StateAnywhere.Name);
            Text("status", rule.Status);
            Text("sigmaLevel", rule.SigmaLevel);
            List("attack", rule.AttackTags.Where(tag => !tag.IsHolder).Select(tag => tag.Text));
            List("within", rule.AttackTags.Where(tag => tag.IsHolder).Select(tag => tag.Text));
            Text("release", rule.Release ?? (rule.Source.HasOwnRelease ? rule.Source.Releases[0].Version : null));
            List("dataSources", rule.DataSources);
            List("products", rule.Products);
            List("mentions", rule.Mentions);
            List("tests", rule.OwnTests.Select(test => test.Guid.ToString("D")));
            Text("query", rule.QueryHash);
            Text("defect", rule.Defect);
            if (rule.IsUnnamed)
                json.WriteBoolean("unnamed", true);
            json.WriteEndObject();

            void Text(string name, string? value)
            {
                if (value is not null)
                    json.WriteString(name, value);
            }

            void List(string name, IEnumerable<string> values)
            {
                string[] all = [.. values];
                if (all.Length == 0)
                    return;
                json.WriteStartArray(name);
                foreach (var value in all)
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
