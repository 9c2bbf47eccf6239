using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources;

/// <summary>A test that a rule says it alerts on: an entry of SigmaHQ's <c>simulation</c> key, as written.</summary>
/// <param name="Guid">The test's own id in Atomic Red Team. The only part that lasts: technique ids and names change.</param>
/// <param name="Span">Of the GUID.</param>
/// <param name="Name">What the test was called when the entry was written.</param>
/// <param name="Technique">The technique that the test was for then; an older release's id where nobody has changed it since.</param>
/// <param name="Type">The library, <c>atomic-red-team</c>.</param>
internal sealed record Simulation(Guid Guid, SourceSpan Span, YamlScalar? Name, YamlScalar? Technique, YamlScalar? Type);

/// <summary>Reads which emulation tests a rule names.</summary>
internal static class Simulations
{
    /// <summary>In the order of the file. Entries without a GUID of the form <c>2536dee2-12fb-459a-8c37-971844fa73be</c> are passed over: they name no test.</summary>
    public static IEnumerable<Simulation> Of(SigmaRule rule)
    {
        if (rule.Root.Find("simulation") is not YamlSequence list)
            yield break;
        foreach (var entry in list.Items.OfType<YamlMapping>())
            if (Text(entry, "atomic_guid") is { } text && Guid.TryParseExact(text.Value.Trim(), "D", out var guid))
                yield return new(guid, text.Span, Text(entry, "name"), Text(entry, "technique"), Text(entry, "type"));
    }

    private static YamlScalar? Text(YamlMapping entry, string key) => entry.Find(key) is YamlScalar { IsNull: false } text ? text : null;
}
