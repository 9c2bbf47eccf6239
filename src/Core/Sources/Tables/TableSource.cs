using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Tables;

/// <summary>What the records of a format are like.</summary>
internal enum TableShape
{
    /// <summary>Rows with columns.</summary>
    Rows,
    /// <summary>Maps and lists within each other.</summary>
    Tree,
    /// <summary>Pieces of text.</summary>
    Text,
}

/// <summary>A format whose records become rules by the entry's map.</summary>
internal abstract class TableSource : IRuleSource
{
    /// <summary>How many records a file may have, and how many rules come of them.</summary>
    public const int MaxRecords = 200_000;

    public abstract string Name { get; }

    public abstract int MaxBytes { get; }

    public abstract TableShape Shape { get; }

    public RuleFile Read(string path, Stream content, RuleSource source)
    {
        TableRules rules = new(source, source.Map!); // the reader of the configuration demands it
        return Read(path, content, rules) is { } fault ? rules.ToFile(path) with { Diagnostics = [.. rules.Diagnostics, fault], IsWhole = false } : rules.ToFile(path);
    }

    /// <returns>Why a part of the file could not be read; null where all was.</returns>
    protected abstract Diagnostic? Read(string path, Stream content, TableRules rules);

    /// <summary>A path is wrong when no file of the entry has anything there: one alone may well lack it.</summary>
    public IEnumerable<DetectionRule> Join(IReadOnlyList<RuleFile> files, ICollection<Diagnostic> diagnostics)
    {
        var tables = files.OfType<TableFile>().ToArray();
        var found = tables.SelectMany(table => table.Found).ToHashSet();
        if (tables is not [{ Source.Map: { } map }, ..])
            return files.SelectMany(file => file.Rules);
        if (map.Techniques.Parts.Any(part => part.Match is not null) && tables.Any(table => !table.Rules.IsEmpty) && tables.All(table => table.Rules.All(rule => rule.AttackTags.All(tag => tag.Kind == AttackTagKind.Tactic))))
            diagnostics.Add(TableDiagnostics.NothingThere.At(map.Techniques.Span, $"no rule of {tables[0].Source.Name} has anything that techniques match; correct the expression"));
        // Where every record is left out, nothing was looked for in any.
        foreach (var path in map.Demanded.Where(path => !found.Contains(path) && tables.Any(table => (map.Where.Any(condition => condition.Path == path) ? table.Records : table.Kept) > 0)))
            diagnostics.Add(TableDiagnostics.NothingThere.At(path.Span, $"no record of {tables[0].Source.Name} has anything at '{path.Text}'{Hint(path, tables)}; or write '{path.Text}?', if it may be absent"));
        return files.SelectMany(file => file.Rules);
    }

    private static string Hint(TablePath path, IEnumerable<TableFile> tables)
    {
        ImmutableArray<string> names = [.. tables.SelectMany(table => table.Names).Distinct(StringComparer.Ordinal)];
        return names.Contains(path.Names[0]) ? "; correct it" : Spelling.Hint(path.Names[0], names) is { Length: > 0 } hint ? hint.TrimEnd('?') : "; correct it";
    }
}

/// <summary>A file that was read by a map.</summary>
internal sealed record TableFile(string Path, RuleSource Source) : RuleFile(Path, Source)
{
    /// <summary>The paths of the map at which its records have something.</summary>
    public required ImmutableArray<TablePath> Found { get; init; }

    /// <summary>The first names that its records have.</summary>
    public required ImmutableArray<string> Names { get; init; }

    public required int Records { get; init; }

    /// <summary>How many of them the map's conditions let through.</summary>
    public required int Kept { get; init; }
}
