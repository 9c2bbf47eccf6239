using System.Text.RegularExpressions;

namespace Merlon.Core.Actors.Import;

/// <summary>The names that tools make of an actor's name and id.</summary>
internal static partial class ImportedNames
{
    // Layers that Merlon writes.
    private const string UsedBy = "Used by ";

    /// <summary><c>FIN7</c> of <c>FIN7 - G0046</c> (MISP), <c>FIN7 (G0046)</c> (attack.mitre.org) and <c>Used by FIN7</c>. An organisation's id stands alone behind the name.</summary>
    public static string Short(string name)
    {
        var trimmed = name.Trim();
        if (trimmed.StartsWith(UsedBy, StringComparison.Ordinal))
            trimmed = trimmed[UsedBy.Length..].Trim();
        return WithId().Match(trimmed) is { Success: true } match ? match.Groups["name"].Value : trimmed;
    }

    /// <summary>The id in such a name.</summary>
    public static string? IdIn(string name) => WithId().Match(name.Trim()) is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex(@"^(?<name>\S.*?)(\s*(-\s*|\()(?<id>[GSC][0-9]{4})|\s+(-\s+|\()(?<id>[A-Z][A-Z0-9-]*-[GSC][0-9]{4}))\)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WithId();
}
