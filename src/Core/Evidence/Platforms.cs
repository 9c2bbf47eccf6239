using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>
/// The ATT&amp;CK platforms that a rule watches, by the product of its log source. The names are those of release 19.1;
/// docs/platforms.md is this table.
/// </summary>
internal static class Platforms
{
    /// <summary>The platform of techniques that happen outside the defender's systems.</summary>
    public const string Pre = "PRE";

    /// <summary>What <c>cloud</c> stands for in configuration.</summary>
    public static ImmutableArray<string> Cloud { get; } = ["IaaS", "Identity Provider", "Office Suite", "SaaS"];

    private static readonly FrozenDictionary<string, ImmutableArray<string>> ByProduct = new Dictionary<string, ImmutableArray<string>>
    {
        ["windows"] = ["Windows"],
        ["rpc_firewall"] = ["Windows"],
        ["linux"] = ["Linux"],
        ["macos"] = ["macOS"],
        ["esxi"] = ["ESXi"],
        ["vmware"] = ["ESXi"],
        ["aws"] = ["IaaS"],
        ["gcp"] = ["IaaS"],
        ["azure"] = ["IaaS", "Identity Provider"],
        ["m365"] = ["Identity Provider", "Office Suite"],
        ["okta"] = ["Identity Provider", "SaaS"],
        ["onelogin"] = ["Identity Provider", "SaaS"],
        ["google_workspace"] = ["Identity Provider", "Office Suite", "SaaS"],
        ["bitbucket"] = ["SaaS"],
        ["github"] = ["SaaS"],
        ["gitlab"] = ["SaaS"],
        ["kubernetes"] = ["Containers"],
        ["docker"] = ["Containers"],
        ["cisco"] = ["Network Devices"],
        ["f5"] = ["Network Devices"],
        ["fortigate"] = ["Network Devices"],
        ["fortios"] = ["Network Devices"],
        ["huawei"] = ["Network Devices"],
        ["juniper"] = ["Network Devices"],
        ["paloalto"] = ["Network Devices"],
        ["android"] = ["Android"],
        ["ios"] = ["iOS"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>By product, for the documentation.</summary>
    public static IEnumerable<(string Product, ImmutableArray<string> Platforms)> Table =>
        ByProduct.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => (row.Key, row.Value));

    /// <summary>The platforms that a rule watches; null for all of them: its log source has no product, or one that runs anywhere or is not known.</summary>
    public static ImmutableArray<string>? Watched(DetectionRule rule)
    {
        if (!rule.Products.IsEmpty)
            return OfProducts(rule.Products);
        if (rule.LogSource?.Product is { } product)
            return ByProduct.TryGetValue(product.Value, out var platforms) ? platforms : null;
        if (rule.Reads.IsEmpty)
            return null;
        // A correlation watches what the rules that it reads watch. Rules can read each other in a circle, so each is asked once.
        HashSet<DetectionRule> seen = [rule];
        SortedSet<string> all = new(StringComparer.Ordinal);
        Queue<DetectionRule> rest = new(rule.Reads);
        while (rest.TryDequeue(out var read))
            if (seen.Add(read))
            {
                if (read.LogSource is null && !read.Reads.IsEmpty)
                    read.Reads.ToList().ForEach(rest.Enqueue);
                else if (Watched(read) is { } watched)
                    all.UnionWith(watched);
                else
                    return null;
            }
        return [.. all];
    }

    // What is not known adds nothing to what is: a rule for Windows is one whatever agent tells of it.
    private static ImmutableArray<string>? OfProducts(ImmutableArray<string> products) =>
        products.SelectMany(product => ByProduct.GetValueOrDefault(product, [])).Distinct().Order(StringComparer.Ordinal).ToImmutableArray() is { IsEmpty: false } known ? known : null;

    /// <summary>Those of a technique's platforms that a rule watches. A technique without platforms (ICS has those, or one called <c>None</c>) is watched by any.</summary>
    public static ImmutableArray<string> Shared(ImmutableArray<string>? watched, ImmutableArray<string> technique)
    {
        if (watched is not { } some || technique is [] or ["None"])
            return technique;
        // Release 16 calls the platform Network.
        return [.. technique.Where(platform => some.Contains(platform == "Network" ? "Network Devices" : platform))];
    }
}
