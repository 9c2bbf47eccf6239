using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources.Tables;

/// <summary>Documents of YAML, or lists of records in them.</summary>
internal sealed class YamlTables : TableSource
{
    public override string Name => "yaml";

    public override int MaxBytes => YamlFile.MaxBytes;

    public override TableShape Shape => TableShape.Tree;

    protected override Diagnostic? Read(string path, Stream content, TableRules rules)
    {
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        var file = YamlFile.Parse(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        foreach (var document in file.Documents.Where(document => document.IsWhole))
            foreach (var record in Records(new(document.Root), rules.Map.Records))
                if (rules.Add(record) is { } end)
                    return end;
        // What ends the file is told last.
        foreach (var found in file.Diagnostics.SkipLast(1))
            rules.Report(found.Info, found.Span, found.Message);
        return file.Diagnostics.LastOrDefault();
    }

    private static IEnumerable<TableNode> Records(YamlTableNode root, TablePath? path) => path is null ? root.Items ?? [root] : root.At(path);
}
