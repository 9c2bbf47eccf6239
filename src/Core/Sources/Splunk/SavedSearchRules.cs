using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Splunk;

/// <summary>Makes detection rules of the saved searches that an entry wants.</summary>
internal sealed class SavedSearchRules(RuleSource source, ICollection<Diagnostic> diagnostics)
{
    private readonly AttackTokens _tokens = new(source.Releases);

    public bool Wants(SavedSearch search) => search.IsIn(source.Scope) && source.Wants(search.Name);

    /// <returns>Null for a search that the entry does not want. Nothing is said of such a one.</returns>
    public DetectionRule? Read(SavedSearch search)
    {
        if (!Wants(search))
            return null;
        var (annotations, defect) = Annotated(search);
        var guids = search.Find(SavedSearch.Tests);
        DetectionRule rule = new()
        {
            Source = source,
            Span = search.Span,
            Title = search.Name,
            Label = search.Find(SavedSearch.LabelKey)?.Text,
            Id = search.Id,
            Status = IsDeprecated(search) ? "deprecated" : null,
            SigmaLevel = SeverityOf(search),
            State = StateOf(search),
            DataSources = annotations.DataSources,
            Products = DataSourceProducts.Of(annotations.DataSources),
            AttackTags = annotations.Tags.IsEmpty && source.ReadsIdsInNames ? InTexts(search) : annotations.Tags,
            Mentions = Uuids.In(search.Name, Text(SavedSearch.LabelKey), Text(SavedSearch.Description), Text(SavedSearch.Annotations), Text(SavedSearch.Metadata)),
            OwnTests = guids is null ? [] : [.. Uuids.Find(guids.Text).Select(found => new Simulation(found.Guid, guids.SpanOf(found.Index, found.Length), null, null, null))],
            QueryHash = Text(SavedSearch.Query),
        };
        if (defect is not null)
            rule.Fail(defect);
        return rule;

        string? Text(string key) => search.Find(key)?.Text;
    }

    private (Annotations Annotations, string? Defect) Annotated(SavedSearch search)
    {
        foreach (var (key, value) in search.Settings)
            if (value.IsCut)
            {
                diagnostics.Add(InventoryDiagnostics.BadRecord.At(value.Span, FormattableString.Invariant($"{key} of '{search.Name}' has more than {ConfReader.MaxValue} characters; shorten it")));
                return (Annotations.None, $"its {key} is too long to be read");
            }
        // Content of before 2020 has the mappings alone.
        var from = search.Find(SavedSearch.Annotations) is not null ? SavedSearch.Annotations : SavedSearch.Mappings;
        if (search.Find(from) is not { } text)
            return (Annotations.None, null);
        if (Annotations.TryRead(text, _tokens, out var error) is { } annotations)
        {
            if (annotations.Unusable is { } place)
                diagnostics.Add(InventoryDiagnostics.BadField.At(place, $"mitre_attack of '{search.Name}' holds a map; write a list of ids"));
            return (annotations, null);
        }
        diagnostics.Add(InventoryDiagnostics.BadRecord.At(error, $"{from} of '{search.Name}' are no map in JSON from here on, so its techniques are not known; correct them"));
        return (Annotations.None, "its annotations cannot be read");
    }

    // Once for each text: an id in both the name and the label is one.
    private ImmutableArray<AttackTag> InTexts(SavedSearch search)
    {
        List<AttackTag> found = [.. _tokens.ReadLoosely(search.Name, search.Span)];
        foreach (var text in new[] { search.Find(SavedSearch.LabelKey), search.Find(SavedSearch.Description) }.OfType<PlacedText>())
            found.AddRange(text.Tags(0, text.Text.Length, _tokens.ReadLoosely));
        return [.. found.DistinctBy(tag => tag.Name)];
    }

    private bool IsDeprecated(SavedSearch search)
    {
        // contentctl wrote it into the label before there were metadata.
        if (search.Find(SavedSearch.LabelKey)?.Text.Contains(" - Deprecated - ", StringComparison.Ordinal) == true)
            return true;
        if (search.Find(SavedSearch.Metadata) is not { } metadata)
            return false;
        if (JsonFlags.Find(metadata.Text, "deprecated", out var isMap) is { } flag)
            return SavedSearch.ReadFlag(flag) == true;
        if (!isMap)
            diagnostics.Add(InventoryDiagnostics.BadField.At(metadata.Span, $"{SavedSearch.Metadata} of '{search.Name}' are no map in JSON, so they do not tell whether it is deprecated; correct them"));
        return false;
    }

    private RuleState StateOf(SavedSearch search)
    {
        var isSure = true;
        foreach (var key in new[] { SavedSearch.Disabled, SavedSearch.Schedule, SavedSearch.Scheduled })
            if (search.Find(key) is { } value && SavedSearch.ReadFlag(value.Text) is null)
            {
                isSure = false;
                diagnostics.Add(InventoryDiagnostics.BadField.At(value.Span, $"'{value.Text}' is neither true nor false, so {key} of '{search.Name}' does not show that it runs; write 0 or 1"));
            }
        return search.Flag(SavedSearch.Disabled) == true ? RuleState.Disabled : isSure && search.IsScheduled ? RuleState.Deployed : RuleState.Available;
    }

    private string? SeverityOf(SavedSearch search)
    {
        if ((search.Find(SavedSearch.NotableSeverity) ?? search.Find(SavedSearch.AlertSeverity)) is not { } value)
            return null;
        var isNotable = search.Find(SavedSearch.NotableSeverity) is not null;
        var word = value.Text.ToLowerInvariant();
        if (isNotable && word == "unknown")
            return null;
        var level = isNotable ? Array.Find(Levels, level => level == word) : word switch
        {
            "1" or "2" => "informational",
            "3" => "low",
            "4" => "medium",
            "5" => "high",
            "6" => "critical",
            _ => null,
        };
        if (level is null)
            diagnostics.Add(InventoryDiagnostics.BadField.At(value.Span, $"'{value.Text}' is no severity of '{search.Name}'; write {(isNotable ? Spelling.OneOf([.. Levels, "unknown"]) : "a number from 1 to 6")}"));
        return level;
    }

    private static readonly string[] Levels = ["informational", "low", "medium", "high", "critical"];
}
