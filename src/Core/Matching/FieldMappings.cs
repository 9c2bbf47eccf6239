using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Matching;

/// <summary>What the fields of rules are called in the events of a log source. A field is also found by its own name.</summary>
internal sealed class FieldMappings
{
    private readonly ImmutableArray<Mapping> _mappings;

    private FieldMappings(ImmutableArray<Mapping> mappings) => _mappings = mappings;

    public static FieldMappings Empty { get; } = new([]);

    /// <summary>Reads <c>mappings: [{product, category, service, fields: {CommandLine: process.command_line, Image: [a, b]}}]</c>; null where that is not possible.</summary>
    public static FieldMappings? Read(string path, ReadOnlySpan<byte> bytes, ICollection<Diagnostic> diagnostics)
    {
        var file = YamlFile.Parse(path, bytes);
        foreach (var finding in file.Diagnostics)
            diagnostics.Add(finding);
        if (!file.Diagnostics.IsEmpty)
            return null;
        if (file.Documents is not [{ Root: YamlMapping root }])
        {
            diagnostics.Add(MatchingDiagnostics.BadMapping.At(SourceSpan.StartOf(path), "file is not one map; write 'mappings' with a list"));
            return null;
        }
        var before = diagnostics.Count;
        YamlFields fields = new(root, MatchingDiagnostics.MappingShape, diagnostics);
        if (fields.Node("mappings") is null)
            diagnostics.Add(MatchingDiagnostics.MissingMappingKey.At(root.Span, "'mappings' is missing; add it"));
        ImmutableArray<Mapping> mappings = [.. fields.Maps("mappings").Select(ReadMapping)];
        fields.End();
        return diagnostics.Count == before ? new(mappings) : null;
    }

    private static Mapping ReadMapping(YamlFields fields)
    {
        Mapping mapping = new(fields.Text("product"), fields.Text("category"), fields.Text("service"), [.. fields.Entries("fields").Select(entry => ReadNames(fields, entry))]);
        fields.End();
        return mapping;
    }

    private static (string Field, ImmutableArray<string> Names) ReadNames(YamlFields fields, YamlEntry entry)
    {
        ImmutableArray<YamlNode> items = entry.Value is YamlSequence list ? list.Items : [entry.Value];
        foreach (var item in items.Where(item => item is not YamlScalar { IsNull: false, Value.Length: > 0 }))
            fields.Report(item.Span, $"a name of '{entry.Key.Value}' is {(item is YamlScalar ? "empty" : item.Kind)}; write the name of a field");
        return (entry.Key.Value, [.. items.OfType<YamlScalar>().Select(item => item.Value)]);
    }

    /// <summary>The names under which events of a log source may have a field, its own first.</summary>
    public FieldNames NamesOf(string field, LogSource? source) => new([.. _mappings.Where(mapping => mapping.Covers(source))
        .SelectMany(mapping => mapping.Fields).Where(entry => entry.Field == field).SelectMany(entry => entry.Names).Prepend(field).Distinct(StringComparer.Ordinal)]);

    /// <summary>Each part that is there is the rule's too.</summary>
    private sealed record Mapping(string? Product, string? Category, string? Service, ImmutableArray<(string Field, ImmutableArray<string> Names)> Fields)
    {
        public bool Covers(LogSource? source) => Covers(Product, source?.Product) && Covers(Category, source?.Category) && Covers(Service, source?.Service);

        private static bool Covers(string? own, SigmaText? other) => own is null || own == other?.Value;
    }
}

/// <summary>The names under which an event may have a field.</summary>
internal sealed class FieldNames(ImmutableArray<string> names)
{
    public EventField Find(LogEvent e)
    {
        var found = e.Find(names[0]);
        for (var i = 1; i < names.Length; i++)
            if (e.Find(names[i]) is { IsThere: true } other)
                found = found.IsThere ? new(found.Nodes.AddRange(other.Nodes)) : other;
        return found;
    }
}
