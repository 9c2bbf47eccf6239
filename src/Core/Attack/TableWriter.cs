using System.Collections.Immutable;
using System.Text;

namespace Merlon.Core.Attack;

/// <summary>Collects the records of one part of a table; the header, which counts them, goes out before them.</summary>
internal sealed class TableWriter
{
    private readonly StringBuilder _body = new();
    private int _records;

    /// <summary>A remark that names the columns of a kind of record.</summary>
    public List<string> Columns { get; } = [];

    /// <param name="values">Escaped already: <see cref="TableText.Escape"/>, or <see cref="List(IEnumerable{string})"/>.</param>
    public void Record(params ReadOnlySpan<string> values)
    {
        _body.AppendJoin('\t', values).Append('\n');
        _records++;
    }

    /// <summary>The records that come last.</summary>
    public void Dates(ModifiedDates dates)
    {
        foreach (var (day, ids) in dates.Days)
            Record("modified", day, List(ids));
    }

    public void WriteTo(TextWriter writer, AttackRelease release, string content)
    {
        TableHeader.Write(writer, release, content, _records);
        foreach (var columns in Columns)
            writer.Write($"# {columns}\n");
        foreach (var chunk in _body.GetChunks())
            writer.Write(chunk.Span);
    }

    public static string List(IEnumerable<string> items) => string.Join(TableText.ListSeparator, items.Select(TableText.EscapeItem));

    public static string List(ImmutableArray<TechniqueId> ids) => string.Join(TableText.ListSeparator, ids);

    public static string Status(ObjectStatus status) => status switch
    {
        ObjectStatus.Revoked => "revoked",
        ObjectStatus.Deprecated => "deprecated",
        _ => "",
    };
}
