using System.Collections.Immutable;
using Merlon.Core.Sources.Splunk;

namespace Merlon.Core.Sources;

/// <summary>The formats that rules can be read from.</summary>
internal static class RuleFormats
{
    /// <summary>In the order of the documentation.</summary>
    public static ImmutableArray<IRuleSource> All { get; } = [SigmaSource.Instance, SplunkConf.Instance, SplunkRest.Instance, SplunkCsv.Instance, SplunkContent.Instance];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(format => format.Name)];

    public static IRuleSource? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}
