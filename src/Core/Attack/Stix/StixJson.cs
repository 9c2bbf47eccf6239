using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Merlon.Core.Attack.Stix;

internal static class StixJson
{
    /// <summary>The UUID of <c>attack-pattern--…</c>; the nil one names nothing.</summary>
    public static Guid? ParseId(string text) =>
        text.LastIndexOf("--", StringComparison.Ordinal) is > 0 and var dashes && Guid.TryParseExact(text.AsSpan(dashes + 2), "D", out var id) && id != Guid.Empty ? id : null;

    extension(JsonElement element)
    {
        public string? Text(string name) =>
            element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        public bool IsTrue(string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

        /// <summary>The objects in an array.</summary>
        public IEnumerable<JsonElement> Items(string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

        /// <summary>The strings in an array that aren't empty.</summary>
        public ImmutableArray<string> Texts(string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString() ?? "").Where(text => text.Length > 0)]
            : [];

        public Guid? StixId(string name) => element.Text(name) is { } text ? ParseId(text) : null;

        public ObjectStatus Status() =>
            element.IsTrue("revoked") ? ObjectStatus.Revoked : element.IsTrue("x_mitre_deprecated") ? ObjectStatus.Deprecated : ObjectStatus.Live;

        /// <summary>The least date where there is none.</summary>
        public DateTimeOffset Modified() =>
            DateTimeOffset.TryParse(element.Text("modified"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var modified) ? modified : default;

        /// <summary>
        /// The id that ATT&amp;CK gave, under the domain's old name too, or else the one with an organisation's prefix; never that of CAPEC or NIST,
        /// whose references stand beside it.
        /// </summary>
        public string? AttackId()
        {
            var references = element.Items("external_references");
            var found = references.FirstOrDefault(reference => reference.Text("source_name") is "mitre-attack" or "mitre-ics-attack" or "mitre-mobile-attack");
            return found.ValueKind == JsonValueKind.Object ? found.Text("external_id")
                : references.Select(reference => reference.Text("external_id")).FirstOrDefault(id => OrganisationPrefix.IsId(id));
        }
    }
}
