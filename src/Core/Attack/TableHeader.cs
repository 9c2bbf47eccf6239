using System.Globalization;

namespace Merlon.Core.Attack;

/// <summary>The <c># key: value</c> lines above the records of one part of a table.</summary>
/// <param name="Records">How many records follow: a table that was cut off can be told from a short one.</param>
internal sealed record TableHeader(AttackDomain Domain, string Version, bool IsRebuilt, int Records)
{
    private const string Format = "1";
    private const string Rebuilt = "from public sources, not MITRE's bundle; see docs/attack.md";

    /// <summary>Reads the lines that begin with <c>#</c>; other keys and remarks are passed over.</summary>
    /// <param name="problem">What is missing or wrong, when there is no header.</param>
    public static TableHeader? Read(IReadOnlyDictionary<string, string> keys, out string problem)
    {
        problem = "";
        if (keys.GetValueOrDefault("format") is not Format)
            problem = $"the format '{keys.GetValueOrDefault("format")}' is not known; this version reads format {Format}";
        else if (!AttackDomains.TryParse(keys.GetValueOrDefault("domain", ""), out var domain))
            problem = $"the domain '{keys.GetValueOrDefault("domain")}' is not known; it is enterprise-attack, ics-attack or mobile-attack";
        else if (TableText.Unescape(keys.GetValueOrDefault("release", "")) is not { Length: > 0 } version)
            problem = "the header names no release";
        else if (!int.TryParse(keys.GetValueOrDefault("records"), NumberStyles.None, CultureInfo.InvariantCulture, out var records))
            problem = "the header does not say how many records there are";
        else
            return new(domain, version, keys.ContainsKey("rebuilt"), records);
        return null;
    }

    public static void Write(TextWriter writer, AttackRelease release, string content, int records)
    {
        writer.Write($"# MITRE ATT&CK®, reduced to facts: {content}. Derived by Merlon; see docs/attack.md\n");
        writer.Write($"# {release.Copyright}\n");
        writer.Write($"# format: {Format}\n# domain: {release.Domain.Name}\n# release: {TableText.Escape(release.Version)}\n");
        if (release.IsRebuilt)
            writer.Write($"# rebuilt: {Rebuilt}\n");
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"# records: {records}\n"));
    }
}
