using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>What a selection may be made of: fields with values, lists of those, keywords. Sigma 2.1, section "Detection".</summary>
internal static class SelectionShape
{
    /// <summary>The first thing in a selection that has no meaning, or null.</summary>
    public static (SourceSpan Span, string Message)? Defect(YamlNode selection) => selection switch
    {
        YamlMapping { Entries: [] } => (selection.Span, "selection is empty and matches nothing or everything, depending on the tool; add a field or remove it"),
        YamlMapping mapping => mapping.Entries.Select(entry => DefectOfValue(entry.Value)).FirstOrDefault(defect => defect is not null),
        YamlSequence { Items: [] } => (selection.Span, "selection is an empty list; write fields or keywords"),
        YamlSequence list => list.Items.Select(item => item is YamlSequence ? (item.Span, "a list stands directly within a list; write fields or keywords") : Defect(item)).FirstOrDefault(defect => defect is not null),
        YamlScalar { IsNull: true } => (selection.Span, "selection has no content; write fields or keywords"),
        _ => null,
    };

    private static (SourceSpan Span, string Message)? DefectOfValue(YamlNode value) => value switch
    {
        YamlMapping => (value.Span, "a map stands where the value of a field is expected; write a value or a list of values"),
        YamlSequence list => list.Items.Where(item => item is not YamlScalar)
            .Select(item => ((SourceSpan, string)?)(item.Span, $"{item.Kind} stands within the values of a field; write single values")).FirstOrDefault(),
        _ => null,
    };
}
