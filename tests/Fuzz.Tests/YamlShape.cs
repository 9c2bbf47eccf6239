using System.Globalization;
using System.Text;
using Merlon.Core.Yaml;

namespace Merlon.Fuzz.Tests;

/// <summary>All that a reader of nodes can see in a file.</summary>
internal static class YamlShape
{
    public static string Of(YamlFile file)
    {
        StringBuilder shape = new();
        foreach (var diagnostic in file.Diagnostics)
            shape.Append(CultureInfo.InvariantCulture, $"{diagnostic.Span} {diagnostic.Info.Id} {diagnostic.Message}\n");
        foreach (var document in file.Documents)
        {
            shape.Append(CultureInfo.InvariantCulture, $"document {document.Index} {document.IsWhole}\n");
            // Aliases make one node stand in many places.
            Add(document.Root, shape, new(ReferenceEqualityComparer.Instance));
        }
        return shape.ToString();
    }

    private static void Add(YamlNode node, StringBuilder shape, HashSet<object> seen)
    {
        shape.Append(CultureInfo.InvariantCulture, $"{node.Kind} {node.Span.Line},{node.Span.Column},{node.Span.EndLine},{node.Span.EndColumn} ");
        if (!seen.Add(node))
            return;
        switch (node)
        {
            case YamlScalar scalar:
                shape.Append(CultureInfo.InvariantCulture, $"{scalar.Value} {scalar.IsPlain} {scalar.Quote} {scalar.IsAsWritten}");
                foreach (var index in new[] { 0, scalar.Value.Length / 2, Math.Max(0, scalar.Value.Length - 1) })
                    shape.Append(CultureInfo.InvariantCulture, $" {scalar.SpanOf(index, 1)}");
                break;
            case YamlSequence sequence:
                shape.Append(CultureInfo.InvariantCulture, $"{sequence.IsFlow} {sequence.IsShared}");
                foreach (var item in sequence.Items)
                    Add(item, shape.Append('\n'), seen);
                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Add(entry.Key, shape.Append('\n'), seen);
                    Add(entry.Value, shape.Append('\n'), seen);
                }
                break;
        }
        shape.Append('\n');
    }
}
