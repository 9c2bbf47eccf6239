using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>Reads which rules a filter narrows. Its selections and condition are read as a rule's are.</summary>
internal static class FilterReader
{
    /// <returns>Ids and names; none for every rule that the log source covers.</returns>
    public static ImmutableArray<SigmaText> ReadRules(YamlMapping root, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        // What is no map is reported where the selections are read.
        if (root.FindEntry("filter") is not { Value: YamlMapping filter, Key: var key })
            return [];
        switch (filter.Find("rules"))
        {
            case null or YamlScalar { IsNull: true }:
                diagnostics.Add(SigmaDiagnostics.BadFilter.At(key.Span, "filter does not say which rules it narrows; add 'rules' with their ids or names, or 'rules: any'"));
                return [];
            case YamlScalar { Value: var word } when IsEveryRule(word):
                return [];
            case YamlScalar one:
                return [SigmaText.Of(one)];
            case YamlSequence list:
                foreach (var item in list.Items.Where(item => item is not YamlScalar { IsNull: false }))
                    diagnostics.Add(SigmaDiagnostics.BadFilter.At(item.Span, $"an item of rules is {item.Kind}; write the id or name of a rule"));
                return [.. list.Items.OfType<YamlScalar>().Where(item => !item.IsNull).Select(SigmaText.Of)];
            case var other:
                diagnostics.Add(SigmaDiagnostics.BadFilter.At(other.Span, $"rules is {other.Kind}; write a list of ids and names, or 'any'"));
                return [];
        }
    }

    private static bool IsEveryRule(string word) => word.Equals("any", StringComparison.OrdinalIgnoreCase) || word.Equals("all", StringComparison.OrdinalIgnoreCase);
}
