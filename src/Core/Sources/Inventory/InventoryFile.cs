using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources.Records;

namespace Merlon.Core.Sources.Inventory;

/// <summary>Reads what <see cref="InventoryWriter"/> wrote, and what people have changed in it.</summary>
internal sealed class InventoryFile : IRuleSource
{
    private const string Version = "1";

    private static readonly ImmutableArray<string> Members =
        ["name", "label", "id", "enabled", "status", "sigmaLevel", "attack", "within", "release", "dataSources", "products", "mentions", "tests", "query", "defect", "unnamed"];

    private static readonly ImmutableArray<string> States = [RuleState.Deployed.Name, RuleState.Available.Name, RuleState.Disabled.Name];

    public string Name => "inventory";

    public int MaxBytes => 256 << 20;

    public RuleFile Read(string path, Stream content, RuleSource source)
    {
        JsonRecords records = new(path, content, "rules");
        List<Diagnostic> found = [];
        List<DetectionRule> rules = [];
        AttackTokens tokens = new(source.Releases);
        foreach (var record in records.Read())
            if (ReadRule(record, source, tokens, found) is { } rule)
                rules.Add(rule);
        var isWhole = records.IsWhole;
        if (isWhole && records.Properties.GetValueOrDefault("schemaVersion")?.Text is var version && version != Version)
        {
            found.Add(InventoryDiagnostics.Unreadable.At(records.Properties.GetValueOrDefault("schemaVersion")?.Span ?? SourceSpan.StartOf(path),
                $"schemaVersion is {(version is null ? "missing" : $"'{version}'")}, and this Merlon reads {Version}; write the file again with 'merlon rules import'"));
            isWhole = false;
        }
        var exported = records.Properties.GetValueOrDefault("exported");
        DateOnly day = default;
        if (exported is not null && !DateOnly.TryParseExact(exported.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            found.Add(InventoryDiagnostics.BadField.At(exported.Span, $"exported is '{exported.Text}'; write a day of the form 2026-11-01"));
        return new(path, source) { Rules = [.. rules], Diagnostics = [.. records.Diagnostics, .. found], IsWhole = isWhole, Exported = day == default ? null : day };
    }

    private static DetectionRule? ReadRule(JsonRecord record, RuleSource source, AttackTokens tokens, List<Diagnostic> found)
    {
        if (record.Root.ValueKind != JsonValueKind.Object || Text(record, "name", found) is not { Length: > 0 } name)
        {
            found.Add(InventoryDiagnostics.BadRecord.At(record.Span, "this rule has no name, so nobody can find it; write the file again with 'merlon rules import'"));
            return null;
        }
        if (!source.Wants(name))
            return null;
        foreach (var property in record.Root.EnumerateObject().Where(property => !Members.Contains(property.Name)))
            found.Add(InventoryDiagnostics.BadField.At(record.PlaceOf(property), $"'{property.Name}' is nothing that a rule of an inventory has{Spelling.Hint(property.Name, Members)}"));
        var state = Text(record, "enabled", found);
        if (state is not null && !States.Contains(state))
            found.Add(InventoryDiagnostics.BadField.At(record.PlaceOf(record.Root.GetProperty("enabled")), $"'{state}' is no state of a rule{Spelling.Hint(state, States)}"));
        DetectionRule rule = new()
        {
            Source = source,
            Span = record.Span,
            Title = name,
            Label = Text(record, "label", found),
            Id = Text(record, "id", found),
            State = state == RuleState.Deployed.Name ? RuleState.Deployed : state == RuleState.Disabled.Name ? RuleState.Disabled : RuleState.Available,
            Status = Text(record, "status", found),
            SigmaLevel = Text(record, "sigmaLevel", found),
            AttackTags = [.. Texts(record, "within", found).SelectMany(one => tokens.Read(one.Text, one.Span)).Select(tag => tag with { IsHolder = true }), .. Texts(record, "attack", found).SelectMany(one => tokens.Read(one.Text, one.Span))],
            Release = Text(record, "release", found),
            DataSources = [.. Texts(record, "dataSources", found).Select(one => one.Text)],
            Products = [.. Texts(record, "products", found).Select(one => one.Text)],
            Mentions = [.. Texts(record, "mentions", found).Select(one => one.Text.ToLowerInvariant())],
            OwnTests = [.. Texts(record, "tests", found).SelectMany(one => Guid.TryParseExact(one.Text, "D", out var guid) ? [new Simulation(guid, one.Span, null, null, null)] : Array.Empty<Simulation>())],
            QueryHash = Text(record, "query", found),
            IsUnnamed = record.Root.TryGetProperty("unnamed", out var unnamed) && unnamed.ValueKind == JsonValueKind.True,
        };
        if (Text(record, "defect", found) is { } defect)
            rule.Fail(defect);
        return rule;
    }

    private static string? Text(JsonRecord record, string name, List<Diagnostic> found)
    {
        if (!record.Root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        found.Add(InventoryDiagnostics.BadField.At(record.PlaceOf(value), $"{name} is no text; write it in quotes"));
        return null;
    }

    private static IEnumerable<(string Text, SourceSpan Span)> Texts(JsonRecord record, string name, List<Diagnostic> found)
    {
        if (!record.Root.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null)
            yield break;
        if (list.ValueKind != JsonValueKind.Array)
        {
            found.Add(InventoryDiagnostics.BadField.At(record.PlaceOf(list), $"{name} is no list of texts"));
            yield break;
        }
        foreach (var item in list.EnumerateArray())
            if (item.ValueKind == JsonValueKind.String)
                yield return (item.GetString()!, record.PlaceOf(item)); // a string
            else
                found.Add(InventoryDiagnostics.BadField.At(record.PlaceOf(item), $"an item of {name} is no text; write it in quotes"));
    }
}
