using System.Collections.Immutable;
using Merlon.Core.Csv;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Splunk;

/// <summary>What a search exports that begins with <c>| rest /servicesNS/-/-/saved/searches</c>: a row a saved search, its settings in columns.</summary>
internal sealed class SplunkCsv : IRuleSource
{
    public const string Title = "title";

    public static SplunkCsv Instance { get; } = new();

    public string Name => "splunk-csv";

    public int MaxBytes => 256 << 20;

    public RuleFile Read(string path, Stream content, RuleSource source)
    {
        var rows = CsvReader.Open(path, content);
        if (rows.Next() is not { } header)
            return RuleFile.Unreadable(path, source, Ended(rows) ?? InventoryDiagnostics.Unreadable.At(SourceSpan.StartOf(path), "file is empty; export the saved searches again"));
        if (MissingColumn([.. header.Select(cell => cell.Text)], source.Scope) is { } missing)
            return RuleFile.Unreadable(path, source, InventoryDiagnostics.Unreadable.At(header[0].Span, $"column '{missing}' is missing; export it too"));
        List<Diagnostic> found = [];
        CsvSearches searches = new(header, source, found);
        var rules = ImmutableArray.CreateBuilder<DetectionRule>();
        while (rows.Next() is { } row)
            if (searches.Read(row) is { } rule)
                rules.Add(rule);
        if (Ended(rows) is { } ended)
            found.Add(ended);
        return new(path, source) { Rules = rules.ToImmutable(), Diagnostics = [.. found], IsWhole = rows.Fault is null };
    }

    // A search of before Enterprise Security has none of its columns, and no correlation search either.
    private static string? MissingColumn(ImmutableArray<string> columns, SearchScope scope) =>
        new[] { Title, SavedSearch.Disabled, SavedSearch.Scheduled }.FirstOrDefault(column => !columns.Contains(column))
        ?? (scope == SearchScope.Correlation && !new[] { SavedSearch.Enabled, SavedSearch.Annotations, SavedSearch.LabelKey }.Any(columns.Contains) ? SavedSearch.Annotations
            : scope == SearchScope.Alerts && !columns.Contains("actions") && !columns.Contains("alert.track") ? "actions" : null);

    private static Diagnostic? Ended(CsvReader rows) => rows.Fault is { } fault ? InventoryDiagnostics.Unreadable.At(fault.Span, $"file cannot be read on: {fault.Why}") : null;
}

/// <summary>Makes detection rules of rows.</summary>
internal sealed class CsvSearches
{
    private readonly int _columns, _title, _app, _owner;
    // Of the settings that matter; where a name stands twice, the last one is it.
    private readonly ImmutableArray<(string Key, int Column)> _settings;
    private readonly RuleSource _source;
    private readonly ICollection<Diagnostic> _diagnostics;
    private readonly SavedSearchRules _rules;

    public CsvSearches(ImmutableArray<CsvCell> header, RuleSource source, ICollection<Diagnostic> diagnostics)
    {
        (_source, _diagnostics, _rules, _columns) = (source, diagnostics, new(source, diagnostics), header.Length);
        ImmutableArray<string> names = [.. header.Select(cell => cell.Text)];
        (_title, _app, _owner) = (names.IndexOf(SplunkCsv.Title), names.IndexOf("eai:acl.app"), names.IndexOf("eai:acl.owner"));
        _settings = [.. names.Index().Where(column => SavedSearch.Reads(column.Item)).Select(column => (column.Item, column.Index))];
    }

    /// <returns>Null for a row that cannot be read, and for one that the configuration does not want.</returns>
    public DetectionRule? Read(ImmutableArray<CsvCell> row)
    {
        if (row.Length != _columns)
            return Bad(row[0].Start, FormattableString.Invariant($"row has {row.Length} cells, and the first row {_columns}; export the file again"));
        var name = row[_title].Text;
        if (name.Length == 0)
            return Bad(row[_title].Start, "row has no title; export the file again");
        if (!_source.Wants(name))
            return null;
        Dictionary<string, PlacedText> settings = new(StringComparer.Ordinal);
        foreach (var (key, column) in _settings)
            if (row[column].Text.Length > 0)
                settings[key] = key == SavedSearch.Query ? SavedSearch.Hashed(new(row[column].Text, row[column].Span, [])) : PlacedValues.Of(row[column]);
        return _rules.Read(new(name, SavedSearch.IdOf(Text(_app), Text(_owner), name), row[_title].Span, settings));

        string? Text(int column) => column >= 0 && row[column].Text is { Length: > 0 } text ? text : null;
    }

    private DetectionRule? Bad(SourceSpan span, string message)
    {
        _diagnostics.Add(InventoryDiagnostics.BadRecord.At(span, message));
        return null;
    }
}
