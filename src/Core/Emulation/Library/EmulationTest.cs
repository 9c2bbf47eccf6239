using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation.Library;

/// <summary>Where a test comes from.</summary>
internal enum LibraryKind
{
    AtomicRedTeam,
    /// <summary>An ability of a stockpile checkout.</summary>
    Caldera,
    /// <summary>A procedure of an emulation plan of the Center for Threat-Informed Defense. Caldera's emu plugin makes an ability of it.</summary>
    Ctid,
}

internal static class LibraryKinds
{
    extension(LibraryKind kind)
    {
        /// <summary>The word in outputs.</summary>
        public string Name => kind switch
        {
            LibraryKind.AtomicRedTeam => "atomic-red-team",
            LibraryKind.Caldera => "caldera",
            _ => "ctid",
        };
    }
}

/// <summary>
/// One test of a library, as far as planning needs it. Its commands are looked at while it is read and not kept: Merlon neither runs nor passes
/// them on. What is null the library does not say.
/// </summary>
internal sealed record EmulationTest
{
    public required LibraryKind Library { get; init; }

    /// <summary>A GUID in lower case with hyphens; of Caldera and CTID any 1 to 64 ASCII letters, digits, hyphens and underscores.</summary>
    public required string Id { get; init; }

    /// <summary>The id where it is a GUID; every test of Atomic Red Team has one.</summary>
    public Guid? Guid => System.Guid.TryParseExact(Id, "D", out var guid) ? guid : null;

    /// <summary>As the library has it; the pinned release may have another id by now.</summary>
    public required TechniqueId Technique { get; init; }

    public required string Name { get; init; }

    /// <summary>The library's own words, <c>iaas:aws</c>.</summary>
    public ImmutableArray<string> PlatformWords { get; init; } = [];

    /// <summary>ATT&amp;CK's names of them, sorted.</summary>
    public ImmutableArray<string>? Platforms { get; init; }

    /// <summary><c>powershell</c>, <c>psh</c>; as written.</summary>
    public ImmutableArray<string> Executors { get; init; } = [];

    /// <summary>Whether only a person can do it.</summary>
    public bool IsManual { get; init; }

    public bool? NeedsElevation { get; init; }

    /// <summary>Whether it fetches something from a network, or has a command that does so beforehand.</summary>
    public bool? NeedsDownload { get; init; }

    public bool? HasCleanup { get; init; }

    /// <summary>The names of its arguments, in the order of the file.</summary>
    public ImmutableArray<string> Inputs { get; init; } = [];

    /// <summary>Its path within the library, with '/'.</summary>
    public required string File { get; init; }

    /// <summary>For findings: the path begins as the user named the library.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Of the technique's id.</summary>
    public required SourceSpan TechniqueSpan { get; init; }
}

/// <summary>The words that libraries have for platforms.</summary>
internal static class LibraryPlatforms
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["windows"] = "Windows",
        ["linux"] = "Linux",
        ["macos"] = "macOS",
        ["darwin"] = "macOS",
        ["esxi"] = "ESXi",
        ["containers"] = "Containers",
        ["iaas"] = "IaaS",
        ["iaas:aws"] = "IaaS",
        ["iaas:azure"] = "IaaS",
        ["iaas:gcp"] = "IaaS",
        ["saas"] = "SaaS",
        ["azure-ad"] = "Identity Provider",
        ["office-365"] = "Office Suite",
        ["google-workspace"] = "Office Suite",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string word) => Names.ContainsKey(word);

    /// <summary>ATT&amp;CK's names, each once and sorted; words that are not known are passed over.</summary>
    public static ImmutableArray<string> NamesOf(IEnumerable<string> words) =>
        [.. words.Select(word => Names.GetValueOrDefault(word)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}
