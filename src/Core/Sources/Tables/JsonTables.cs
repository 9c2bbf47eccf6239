using Merlon.Core.Diagnostics;
using Merlon.Core.Sources.Records;

namespace Merlon.Core.Sources.Tables;

/// <summary>Records of JSON and of NDJSON.</summary>
internal sealed class JsonTables : TableSource
{
    public override string Name => "json";

    public override int MaxBytes => 256 << 20;

    public override TableShape Shape => TableShape.Tree;

    protected override Diagnostic? Read(string path, Stream content, TableRules rules)
    {
        JsonRecords records = new(path, content, rules.Map.Records?.Names ?? []);
        Diagnostic? end = null;
        foreach (var record in records.Read())
            if ((end = rules.Add(new JsonNode(record, record.Root))) is not null)
                break;
        // What ends the file is told last.
        foreach (var found in records.IsWhole ? records.Diagnostics : records.Diagnostics.SkipLast(1))
            rules.Report(found.Info, found.Span, found.Message);
        return end ?? (records.IsWhole ? null : records.Diagnostics.Last());
    }
}
