using System.Collections.Immutable;
using System.Text.Json;

namespace Merlon.Core.Attack.Stix;

/// <summary>Takes the facts out of a STIX object. What is absent or of another JSON type reads as empty.</summary>
internal static class StixFacts
{
    public static StixObject Of(JsonElement element, StixType type, Guid id, string path) => new()
    {
        Path = path,
        Type = type,
        Id = id,
        AttackId = element.AttackId()?.ToUpperInvariant() ?? "",
        Name = element.Text("name") ?? "",
        ShortName = element.Text("x_mitre_shortname") ?? "",
        Version = type == StixType.Collection ? element.Text("x_mitre_version") ?? "" : "",
        IsRebuilt = type == StixType.Collection && element.Text("description")?.StartsWith("RECONSTRUCTED", StringComparison.Ordinal) == true,
        Aliases = element.Texts(type is StixType.Malware or StixType.Tool ? "x_mitre_aliases" : "aliases"),
        Platforms = element.Texts("x_mitre_platforms"),
        Tactics = [.. Phases(element).Select(phase => phase.Text("phase_name") ?? "").Where(name => name.Length > 0)],
        Domains = Domains(element, type),
        References = [.. element.Texts(type == StixType.Matrix ? "tactic_refs" : "x_mitre_analytic_refs").Select(StixJson.ParseId).OfType<Guid>()],
        LogSources = [.. element.Items("x_mitre_log_sources").Concat(element.Items("x_mitre_log_source_references")).Select(ReadLogSource).Where(source => source.LogSource.Name.Length > 0)],
        Status = element.Status(),
        Modified = element.Modified(),
    };

    private static StixLogSource ReadLogSource(JsonElement element) =>
        new(element.StixId("x_mitre_data_component_ref") ?? default, new(element.Text("name") ?? "", element.Text("channel") ?? ""));

    /// <summary>The matrix's own id, what <c>x_mitre_domains</c> says, or else the kill chain's name.</summary>
    private static ImmutableArray<AttackDomain> Domains(JsonElement element, StixType type)
    {
        if (type == StixType.Matrix && Domain(element.AttackId() ?? "") is { } matrix)
            return [matrix];
        var names = element.Texts("x_mitre_domains");
        if (names.IsEmpty)
            names = [.. Phases(element).Select(phase => phase.Text("kill_chain_name") ?? "")];
        return [.. names.Select(Domain).OfType<AttackDomain>().Distinct()];
    }

    // Kill chains, and old objects everywhere, have other names: mitre-attack is enterprise's.
    private static AttackDomain? Domain(string name)
    {
        var own = name == "mitre-attack" ? AttackDomain.Enterprise.Name : name.StartsWith("mitre-", StringComparison.Ordinal) ? name["mitre-".Length..] : name;
        return AttackDomains.TryParse(own, out var domain) ? domain : null;
    }

    private static IEnumerable<JsonElement> Phases(JsonElement element) => element.Items("kill_chain_phases")
        .Where(phase => phase.Text("kill_chain_name") is "mitre-attack" or "mitre-ics-attack" or "mitre-mobile-attack");
}
