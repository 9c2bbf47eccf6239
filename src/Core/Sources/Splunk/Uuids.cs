using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Merlon.Core.Sources.Splunk;

/// <summary>UUIDs that texts mention.</summary>
internal static partial class Uuids
{
    /// <summary>Each once, in lower case, in the order of the texts.</summary>
    public static ImmutableArray<string> In(params ReadOnlySpan<string?> texts)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var text in texts)
            foreach (var (guid, _, _) in Find(text ?? ""))
                if (guid.ToString("D") is var id && !found.Contains(id))
                    found.Add(id);
        return found.ToImmutable();
    }

    /// <summary>All of one text, with their places in it.</summary>
    public static IEnumerable<(Guid Guid, int Index, int Length)> Find(string text) =>
        Uuid.Matches(text).Select(match => (Guid.ParseExact(match.ValueSpan, "D"), match.Index, match.Length));

    // Of a fixed length, so that it takes linear time.
    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid { get; }
}
