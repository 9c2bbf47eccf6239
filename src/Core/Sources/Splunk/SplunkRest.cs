using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Json;
using Merlon.Core.Sources.Records;

namespace Merlon.Core.Sources.Splunk;

/// <summary>The answer of <c>/servicesNS/-/-/saved/searches?output_mode=json</c>, or several of them one after another: the pages of a list.</summary>
internal sealed class SplunkRest : IRuleSource
{
    public static SplunkRest Instance { get; } = new();

    public string Name => "splunk-rest";

    public int MaxBytes => 256 << 20;

    public RuleFile Read(string path, Stream content, RuleSource source)
    {
        HeadStream head = new(content);
        JsonRecords records = new(path, head, "entry");
        List<Diagnostic> found = [];
        RestEntries entries = new(source, found);
        var count = 0;
        var rules = ImmutableArray.CreateBuilder<DetectionRule>();
        foreach (var record in records.Read())
        {
            count++;
            if (entries.Read(record) is { } rule)
                rules.Add(rule);
        }
        if (RefusalOf(head.Bytes) is { } refusal)
            return RuleFile.Unreadable(path, source, InventoryDiagnostics.Unreadable.At(SourceSpan.StartOf(path), $"Splunk answered with an error, '{refusal}'; export the searches again"));
        count += records.Diagnostics.Count(diagnostic => diagnostic.Info == InventoryDiagnostics.BadRecord);
        var isMissing = records.IsWhole && records.Properties.TryGetValue("paging.total", out var paging)
            && int.TryParse(paging.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var total) && total > count
            && Add(found, SplunkDiagnostics.MissingPage.At(paging.Span, FormattableString.Invariant($"only {count} of {total} saved searches are in the file; export them with count=0, or add the other pages")));
        return new(path, source)
        {
            Rules = rules.ToImmutable(),
            Diagnostics = [.. records.Diagnostics, .. found],
            IsWhole = records.IsWhole && !isMissing,
            Exported = records.Properties.TryGetValue("updated", out var updated) ? DayOf(updated.Text) : null,
        };
    }

    private static bool Add(List<Diagnostic> found, Diagnostic diagnostic)
    {
        found.Add(diagnostic);
        return true;
    }

    private static DateOnly? DayOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? DateOnly.FromDateTime(time.UtcDateTime) : null;

    /// <summary>The first error among the messages of an answer. One that has them has no entries, so it is short.</summary>
    private static string? RefusalOf(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonText.Parse(answer);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
                return null;
            foreach (var message in messages.EnumerateArray().Where(message => message.ValueKind == JsonValueKind.Object))
                if (TextOf(message, "type") is "ERROR" or "FATAL")
                    return TextOf(message, "text") ?? "no text";
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement map, string key) => map.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
