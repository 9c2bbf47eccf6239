using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources.Tables;

/// <summary>Reads a <see cref="TableMap"/>, for one format: what a path is depends on it.</summary>
internal sealed class TableMapReader(YamlFields fields, TableShape shape)
{
    private const RegexOptions Linear = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly ImmutableArray<string> States = [RuleState.Deployed.Name, RuleState.Disabled.Name, RuleState.Available.Name];

    private Regex? _records;

    /// <returns>Null, with findings, when it cannot be used.</returns>
    public TableMap? Read()
    {
        var records = shape == TableShape.Rows ? null : fields.Scalar("records");
        if (shape == TableShape.Text)
            _records = RecordPattern(records);
        var techniques = Column("techniques");
        if (techniques is null && fields.PlaceOf("techniques") is null)
            fields.Missing("techniques");
        TableMap? map = techniques is null ? null : new()
        {
            Records = shape == TableShape.Tree && records is not null ? Path(records) : null,
            RecordPattern = _records,
            Where = ReadWhere(),
            Name = Column("name"),
            Id = Column("id"),
            Techniques = techniques,
            SubTechniques = Column("subtechniques"),
            Tactics = Column("tactics"),
            Status = Column("status", SigmaWords.Statuses),
            State = Column("state", States),
            Severity = Column("severity", SigmaWords.Levels),
            Description = Column("description"),
            DataSources = Column("dataSources"),
            Products = Column("products", []),
            Tests = Column("tests"),
            Release = Column("release"),
            Query = Column("query"),
            Count = Column("count"),
        };
        if (map is { Name: null, Id: null, Count: null } && fields.PlaceOf("name") is null)
            fields.Missing("name");
        if (map is not null)
            fields.End();
        return map;
    }

    private Regex? RecordPattern(YamlScalar? written)
    {
        if (written is null)
        {
            if (fields.PlaceOf("records") is null)
                fields.Missing("records");
            return null;
        }
        var pattern = Pattern(written, RegexOptions.Multiline);
        if (pattern is null || !pattern.IsMatch(""))
            return pattern;
        fields.Report(written.Span, "this matches an empty text, which is no record; let it match what each record has");
        return null;
    }

    private ImmutableArray<TableCondition> ReadWhere() => [.. fields.Entries("where").Select(Condition).OfType<TableCondition>()];

    private TableCondition? Condition(YamlEntry entry)
    {
        if (Path(entry.Key) is not { } path)
            return null;
        if (entry.Value is YamlSequence list)
            return new(path, null, [.. list.Items.Select(item => fields.AsScalar(item, "an item of where")).OfType<YamlScalar>().Select(scalar => scalar.Value)]);
        return fields.AsScalar(entry.Value, entry.Key.Value) is { } written && Pattern(written) is { } pattern ? new(path, pattern, []) : null;
    }

    /// <param name="words">Those that <c>values</c> may give; null where it is no key, none for any.</param>
    private TableColumn? Column(string key, ImmutableArray<string>? words = null)
    {
        if (fields.Node(key) is not { } node)
            return null;
        ImmutableArray<TablePart> parts = [.. (node is YamlSequence list ? list.Items : [node]).Select(item => Part(item, key, words)).OfType<TablePart>()];
        if (parts.IsEmpty && node is YamlSequence { Items.IsEmpty: true })
            fields.Report(node.Span, $"{key} is an empty list; name a {Place}");
        return parts.IsEmpty ? null : new(key, node is YamlScalar ? node.Span : fields.PlaceOf(key) ?? node.Span, parts);
    }

    private TablePart? Part(YamlNode node, string key, ImmutableArray<string>? words)
    {
        if (node is not YamlMapping)
            return fields.AsScalar(node, key) is { } scalar && Path(scalar) is { } only ? new([only], null, null) : null;
        var map = fields.AsMap(node, key)!; // it is one
        var from = map.Node("from");
        ImmutableArray<TablePath> paths = [.. (from is YamlSequence list ? list.Items : from is null ? [] : [from]).Select(item => fields.AsScalar(item, "from")).OfType<YamlScalar>().Select(Path).OfType<TablePath>()];
        var match = map.Scalar("match");
        var pattern = match is null ? null : Pattern(match);
        var values = words is { } allowed ? Values(map, allowed) : null;
        map.End();
        if (from is null && (shape != TableShape.Text || match is null))
            map.Missing(shape == TableShape.Text ? "match" : "from");
        return new(paths, pattern, values);
    }

    // { stable: [production, prod], test: beta }
    private FrozenDictionary<string, string>? Values(YamlFields map, ImmutableArray<string> allowed)
    {
        if (map.Node("values") is null)
            return null;
        Dictionary<string, string> words = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (word, values) in map.Entries("values"))
        {
            if (!allowed.IsEmpty && !allowed.Contains(word.Value))
                fields.Report(word.Span, $"'{word.Value}' is not allowed here{Spelling.Hint(word.Value, allowed)}");
            foreach (var value in (values is YamlSequence list ? list.Items : [values]).Select(item => fields.AsScalar(item, $"a value of {word.Value}")).OfType<YamlScalar>())
                if (!words.TryAdd(value.Value.Trim(), word.Value))
                    fields.Report(value.Span, $"'{value.Value}' is given to '{words[value.Value.Trim()]}' already; leave one out");
        }
        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private TablePath? Path(YamlScalar written)
    {
        if (shape == TableShape.Tree)
        {
            if (TablePath.TryParse(written.Value, written.Span, out var why, out var at) is { } path)
                return path;
            fields.Report(written.SpanOf(Math.Min(at, Math.Max(0, written.Value.Length - 1)), 1), $"'{written.Value}' is not a path such as a.b[].c or [\"a.b\"].c: {why}");
            return null;
        }
        var column = TablePath.OfColumn(written.Value, written.Span);
        if (shape == TableShape.Rows || _records is null || (_records.GetGroupNames().Contains(column.Names[0]) && !char.IsAsciiDigit(column.Names[0][0])))
            return column;
        fields.Report(written.Span, $"'{column.Names[0]}' is no named group of records{Spelling.Hint(column.Names[0], [.. _records.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0]))])}");
        return null;
    }

    private string Place => shape switch { TableShape.Rows => "column", TableShape.Text => "group", _ => "path" };

    private Regex? Pattern(YamlScalar written, RegexOptions options = RegexOptions.None)
    {
        try
        {
            return new(written.Value, Linear | options);
        }
        catch (RegexParseException e)
        {
            fields.Report(written.SpanOf(Math.Clamp(e.Offset - 1, 0, Math.Max(0, written.Value.Length - 1)), 1), $"'{written.Value}' is not a regular expression from here on");
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            fields.Report(written.Span, $"'{written.Value}' is a regular expression that may take for ever; write it without look-around, back-references and atomic groups");
        }
        return null;
    }
}
