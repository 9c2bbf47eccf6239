using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Sources.Tables;

/// <summary>Makes rules of the records of one file.</summary>
internal sealed partial class TableRules(RuleSource source, TableMap map)
{
    /// <summary>How many rules one record may stand for.</summary>
    public const int MaxCount = 1000;

    private const int MaxNames = 100;

    private readonly List<DetectionRule> _rules = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<TablePath> _missing = [.. map.Demanded];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    // A place is looked at for more than one property.
    private readonly HashSet<SourceSpan> _told = [];
    private readonly TableTags _tags = new(map, source);
    private int _records, _kept;

    public TableMap Map => map;

    public IReadOnlyCollection<Diagnostic> Diagnostics => _diagnostics;

    public void Report(DiagnosticInfo info, SourceSpan span, string message) => _diagnostics.Add(info.At(span, message));

    /// <summary>Says that a path needs no record any more: its absence is told already.</summary>
    public void Settle(TablePath path) => _missing.Remove(path);

    public TableFile ToFile(string path) => new(path, source)
    {
        Rules = [.. _rules],
        Diagnostics = [.. _diagnostics],
        Found = [.. map.Demanded.Where(path => !_missing.Contains(path))],
        Names = [.. _names],
        Records = _records,
        Kept = _kept,
    };

    /// <summary>Adds what a record stands for.</summary>
    /// <returns>A finding when there are more than may be, and the file is not to be read on.</returns>
    public Diagnostic? Add(TableNode record)
    {
        if (_records == TableSource.MaxRecords || _rules.Count >= TableSource.MaxRecords)
            return InventoryDiagnostics.Unreadable.At(record.Span, FormattableString.Invariant($"file has more than {TableSource.MaxRecords} records or rules; split it"));
        _records++;
        if (_names.Count < MaxNames)
            _names.UnionWith(record.Names.Take(MaxNames));
        Notice(record, map.Where.Select(condition => condition.Path));
        if (!map.Where.All(condition => record.At(condition.Path).Any(node => node.Text is { } text ? condition.Holds(text) : node.IsMap && condition.Pattern is not null)))
            return null;
        _kept++;
        Notice(record, map.Columns.SelectMany(column => column.Parts).SelectMany(part => part.Paths));
        var name = First(record, map.Name) ?? First(record, map.Id);
        if (name is not null && !source.Wants(name.Text))
            return null;
        if (map.Count is not null)
            AddCounted(record, name);
        else if (name is null)
            Report(InventoryDiagnostics.BadRecord, record.Span, $"this record has nothing at {Places(map.Name ?? map.Id!)}, so it is no rule that anybody could find; give it a name, or leave it out with 'where'"); // the reader of the map demands one
        else
            _rules.Add(ToRule(record, name));
        return null;
    }

    // A table of techniques and numbers: nothing else is known of its rules.
    private void AddCounted(TableNode record, TableText? name)
    {
        if (First(record, map.Count) is not { } written)
        {
            Report(InventoryDiagnostics.BadRecord, record.Span, $"this record has no number at {Places(map.Count!)}; write how many rules it stands for"); // the caller has looked
            return;
        }
        if (!int.TryParse(written.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            Report(InventoryDiagnostics.BadRecord, written.Span, $"'{written.Text}' is no number of rules; write a whole one");
            return;
        }
        if (count > MaxCount)
            Report(InventoryDiagnostics.BadField, written.Span, FormattableString.Invariant($"'{written.Text}' is more rules than one record may stand for; {MaxCount} count"));
        var first = ToRule(record, name ?? new("", record.Span));
        var title = name?.Text ?? string.Join(", ", first.Techniques.Select(tag => tag.Name));
        if (title.Length == 0)
            title = "unnamed";
        for (var number = 1; number <= Math.Min(count, MaxCount); number++)
            if (name is not null || source.Wants(title))
                _rules.Add(ToRule(record, new(FormattableString.Invariant($"{title} ({number} of {count})"), record.Span), first));
    }

    private DetectionRule ToRule(TableNode record, TableText name, DetectionRule? counted = null)
    {
        ImmutableArray<TableText> description = [.. Texts(record, map.Description)];
        return new()
        {
            Source = source,
            Span = record.Span,
            Title = name.Text,
            Id = map.Count is null ? First(record, map.Id)?.Text : null,
            IsUnnamed = map.Count is not null,
            Status = counted is null ? Status(record) : counted.Status,
            SigmaLevel = counted is null ? Severity(record) : counted.SigmaLevel,
            State = counted?.State ?? State(record),
            DataSources = [.. Texts(record, map.DataSources).Select(text => text.Text)],
            Products = [.. Worded(record, map.Products).Select(word => word.Word ?? word.Written.Text.ToLowerInvariant()).Distinct()],
            AttackTags = counted?.AttackTags ?? _tags.Of(this, record, description.Prepend(name)),
            Tags = [.. Texts(record, map.Techniques).Concat(Texts(record, map.SubTechniques)).Concat(Texts(record, map.Tactics)).Select(text => text.Text).Distinct()],
            Release = counted is null ? Release(record) : counted.Release,
            Mentions = [.. description.Prepend(name).SelectMany(text => Uuid().Matches(text.Text)).Select(match => match.Value.ToLowerInvariant()).Distinct()],
            OwnTests = [.. Texts(record, map.Tests).SelectMany(text => Uuid().Matches(text.Text).Select(match => new Simulation(Guid.ParseExact(match.Value, "D"), text.Span, null, null, null)))],
            QueryHash = Sources.QueryHash.Of(First(record, map.Query)?.Text),
        };
    }

    private string? Status(TableNode record) => Worded(record, map.Status).Select(value => value.Word
        ?? (SigmaWords.Statuses.Contains(value.Written.Text.ToLowerInvariant()) ? value.Written.Text.ToLowerInvariant() : value.Written.Text)).FirstOrDefault();

    private string? Severity(TableNode record)
    {
        foreach (var (written, word) in Worded(record, map.Severity))
            if ((word ?? SeverityOf(written.Text.ToLowerInvariant())) is { } severity)
                return severity;
            else
                Report(InventoryDiagnostics.BadField, written.Span, $"'{written.Text}' is no severity; give it to one of {Spelling.OneOf(SigmaWords.Levels)} with 'values'");
        return null;
    }

    private static string? SeverityOf(string text) => text switch
    {
        "info" or "information" => "informational",
        "moderate" => "medium",
        "very high" or "fatal" => "critical",
        _ => SigmaWords.Levels.Contains(text) ? text : null,
    };

    private RuleState State(TableNode record)
    {
        foreach (var part in map.State?.Parts ?? [])
            foreach (var text in Texts(record, part))
            {
                var word = part.Words is { } words ? words.GetValueOrDefault(text.Text) : text.Text.ToLowerInvariant() switch
                {
                    "true" or "1" or "yes" or "enabled" or "deployed" or "active" or "on" => RuleState.Deployed.Name,
                    "false" or "0" or "no" or "disabled" or "inactive" or "off" => RuleState.Disabled.Name,
                    "available" => RuleState.Available.Name,
                    _ => "",
                };
                if (word == RuleState.Deployed.Name)
                    return RuleState.Deployed;
                if (word == RuleState.Disabled.Name)
                    return RuleState.Disabled;
                if (word?.Length == 0)
                    Report(InventoryDiagnostics.BadField, text.Span, $"'{text.Text}' does not say whether the rule runs; give it to 'deployed' or 'disabled' with 'values'");
            }
        return RuleState.Available;
    }

    private string? Release(TableNode record)
    {
        if (First(record, map.Release) is not { } written)
            return null;
        var version = written.Text.TrimStart('v', 'V');
        if (Version().IsMatch(version))
            return version;
        Report(InventoryDiagnostics.BadField, written.Span, $"'{written.Text}' is no release of ATT&CK such as 18.1; the entry's own counts");
        return null;
    }

    private IEnumerable<(TableText Written, string? Word)> Worded(TableNode record, TableColumn? column)
    {
        foreach (var part in column?.Parts ?? [])
            foreach (var text in Texts(record, part))
                // Where values are told for products, others are none.
                if (part.Words?.GetValueOrDefault(text.Text) is var word && (word is not null || part.Words is null || column != map.Products))
                    yield return (text, word);
    }

    private TableText? First(TableNode record, TableColumn? column) => Texts(record, column).FirstOrDefault();

    /// <summary>All values of a column that say something, without white space around them.</summary>
    public IEnumerable<TableText> Texts(TableNode record, TableColumn? column) => column is null ? [] : column.Parts.SelectMany(part => Texts(record, part));

    private IEnumerable<TableText> Texts(TableNode record, TablePart part)
    {
        foreach (var node in part.Paths.IsEmpty ? [record] : part.Paths.SelectMany(record.At))
            if (node.IsMap && !part.Paths.IsEmpty)
            {
                if (_told.Add(node.Span))
                    Report(InventoryDiagnostics.BadField, node.Span, $"a map stands here, and a value is wanted; name what in it holds the value{Spelling.Hint("", [.. node.Names.Take(8)])}");
            }
            else
                foreach (var text in part.Of(node))
                    if (text.Text.AsSpan().Trim().Length == text.Text.Length && text.Text.Length > 0)
                        yield return text;
                    else if (text.Text.Trim() is { Length: > 0 } trimmed)
                        yield return new(trimmed, text.PlaceOf(text.Text.Length - text.Text.AsSpan().TrimStart().Length, trimmed.Length));
    }

    private void Notice(TableNode record, IEnumerable<TablePath> paths)
    {
        if (_missing.Count > 0)
            foreach (var path in paths)
                if (_missing.Contains(path) && record.At(path).Any())
                    _missing.Remove(path);
    }

    private static string Places(TableColumn column) =>
        column.Parts.SelectMany(part => part.Paths).Select(path => $"'{path.Text.TrimEnd('?')}'").ToArray() is { Length: > 0 } places ? Spelling.OneOf(places) : $"its '{column.Key}'";

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Uuid();

    [GeneratedRegex("^[0-9]{1,3}(\\.[0-9]{1,3})?\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
