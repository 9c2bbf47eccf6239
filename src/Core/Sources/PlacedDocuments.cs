using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Sources;

/// <summary>Finds the document that a place is in.</summary>
internal sealed class PlacedDocuments(IEnumerable<SigmaRule> documents)
{
    // By line. Those of a template (action: global) may begin at the same one.
    private readonly Dictionary<string, SigmaRule[]> _documents = documents.GroupBy(document => document.Path, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.OrderBy(document => document.Extent.Line).ToArray(), StringComparer.Ordinal);

    /// <summary>The last document of the file that begins before the place or at its line. Null before the first.</summary>
    public SigmaRule? Find(SourceSpan place)
    {
        if (!_documents.TryGetValue(place.Path, out var documents))
            return null;
        var (first, after) = (0, documents.Length);
        while (first < after)
        {
            var middle = (first + after) / 2;
            if (documents[middle].Extent.Line <= place.Line)
                first = middle + 1;
            else
                after = middle;
        }
        return first == 0 ? null : documents[first - 1];
    }
}
