using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>The values of merlon.yml that are policy, each where it is written: in the file, or in the one that it extends.</summary>
internal static class PolicyLines
{
    private static readonly ImmutableArray<string> Words =
        ["gate.level", "gate.belowTarget", "gate.regression", "gate.policy", "gate.base", "coverage.sigmaLevel", "coverage.rollUp", "coverage.pre", "lint.preset", "tests.requireNegative", "validation.hand"];

    private static readonly ImmutableArray<string> Paths = ["gate.baseline", "coverage.logSources", "lint.baseline", "tests.mappings"];

    private static readonly ImmutableArray<string> Lists = ["coverage.status", "coverage.notTags", "coverage.platforms"];

    /// <param name="mapping">The file with what it extends beneath it.</param>
    /// <param name="config">What was read from it, whatever the command line says instead.</param>
    /// <param name="folder">From the root: what patterns that nobody wrote are relative to.</param>
    /// <returns>Severities in their order, of which the last one decides.</returns>
    public static ImmutableArray<PolicyLine> Of(YamlMapping mapping, MerlonConfig config, string folder) =>
    [
        .. Words.SelectMany(key => Scalar(mapping, key) is { } word ? [new(key, word.Value, word.Span)] : Array.Empty<PolicyLine>()),
        .. Paths.SelectMany(key => Scalar(mapping, key) is { } path ? [new(key, FromRoot(path), path.Span)] : Array.Empty<PolicyLine>()),
        // Which platforms there are is what narrows the measurement.
        .. Scalar(mapping, "coverage.assets") is { } assets && OwnedPlatforms.Of(config.Assets) is var owned ? [new PolicyLine("coverage.assets", PolicyLine.TextOf(owned), assets.Span) { Items = owned }] : Array.Empty<PolicyLine>(),
        .. Lists.SelectMany(key => OfList(mapping, key)),
        .. Scalar(mapping, "validation.maxAge") is { } age ? [new PolicyLine("validation.maxAge", config.Validation.MaxAgeDays.ToString(CultureInfo.InvariantCulture), age.Span)] : Array.Empty<PolicyLine>(),
        // No domain is the default as well.
        .. OfList(mapping, "attack.domains").Where(line => !line.Items.IsEmpty),
        .. OfPatterns(mapping, "rules", ConfigurationReader.DefaultRules, folder), .. OfPatterns(mapping, "actors", ConfigurationReader.DefaultActors, folder),
        .. OfPatterns(mapping, "tests.paths", TestsReader.DefaultPaths, folder), .. OfPatterns(mapping, "validation.records", ConfigurationReader.DefaultRecords, folder),
        .. OfSources(config),
        .. PolicyForms.OfTargets("gate.targets", config.Targets),
        .. PolicyForms.OfExclusions("coverage.exclude", config.Definition.Exclusions),
        .. config.Lint.Exceptions.Where(exception => SeverityPolicy.IsPolicy(exception.Ids))
            .Select(exception => new PolicyLine($"lint.except.{exception.Ids}[{exception.RuleId.ToLowerInvariant()}]", exception.RuleId, exception.Span)),
        .. mapping.Find("lint") is YamlMapping lint ? OfSeverities(lint) : [],
    ];

    private static IEnumerable<PolicyLine> OfSeverities(YamlMapping lint) => OfSeverities("lint", lint)
        .Concat(lint.Find("paths") is YamlSequence paths ? paths.Items.OfType<YamlMapping>().SelectMany(entry => OfSeverities($"lint.paths{PatternsOf(entry)}", entry)) : []);

    private static IEnumerable<PolicyLine> OfSeverities(string scope, YamlMapping entry) => entry.Entries
        .Where(one => SeverityPolicy.IsPolicy(one.Key.Value) && one.Value is YamlScalar { IsNull: false })
        .Select(one => new PolicyLine($"{scope}.{one.Key.Value}", ((YamlScalar)one.Value).Value, one.Value.Span));

    private static string PatternsOf(YamlMapping entry) => PolicyLine.TextOf(Scalars(entry.Find("paths")).Select(FromRoot).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<PolicyLine> OfList(YamlMapping mapping, string key)
    {
        if (Find(mapping, key) is not { Value: YamlSequence } entry)
            yield break;
        ImmutableArray<string> parts = [.. Scalars(entry.Value).Select(part => part.Value)];
        yield return new(key, PolicyLine.TextOf(parts), entry.Key.Span) { Items = key == "coverage.platforms" ? ConfigurationReader.Expand(parts) : [.. parts.Distinct()] };
    }

    private static IEnumerable<PolicyLine> OfPatterns(YamlMapping mapping, string key, string standard, string folder)
    {
        if (Find(mapping, key) is not { Value: YamlSequence } entry)
            yield break;
        ImmutableArray<string> patterns = [.. Scalars(entry.Value).Select(FromRoot).Distinct()];
        yield return new(key, PolicyLine.TextOf(patterns), entry.Key.Span) { Items = patterns, IsDefault = patterns is [var only] && only == PathPattern.TryParse(standard, folder)?.FromRoot };
    }

    // A source that is gone takes its rules along, and what it says otherwise decides which of them count.
    private static IEnumerable<PolicyLine> OfSources(MerlonConfig config)
    {
        foreach (var (source, pattern) in config.Sources)
        {
            var key = $"rules[{pattern.Pattern.FromRoot}]";
            yield return new(key, source.Format.Name, pattern.Span);
            if (source.Names is { } names)
                yield return new($"{key}.names", names.ToString(), pattern.Span);
            if (source.HasOwnRelease)
                yield return new($"{key}.release", source.Releases[0].Version, pattern.Span);
            if (source.Scope != SearchScope.Correlation)
                yield return new($"{key}.searches", source.Scope == SearchScope.All ? "all" : "alerts", pattern.Span);
            if (source.ReadsIdsInNames)
                yield return new($"{key}.idsInNames", "true", pattern.Span);
            if (source.DeploysSigma)
                yield return new($"{key}.deploys", "sigma", pattern.Span);
            if (source.MaxAgeDays is { } days)
                yield return new($"{key}.maxAge", days.ToString(CultureInfo.InvariantCulture), pattern.Span);
        }
    }

    // What is no path has been reported.
    private static string FromRoot(YamlScalar written) => PathPattern.TryParse(written.Value, ConfigurationFiles.FolderOf(written.Span.Path))?.FromRoot ?? written.Value;

    private static IEnumerable<YamlScalar> Scalars(YamlNode? node) => node is YamlSequence list ? list.Items.OfType<YamlScalar>() : [];

    private static YamlScalar? Scalar(YamlMapping mapping, string key) => Find(mapping, key)?.Value as YamlScalar is { IsNull: false } scalar ? scalar : null;

    private static YamlEntry? Find(YamlMapping mapping, string key) =>
        key.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? (mapping.Find(key[..dot]) as YamlMapping)?.FindEntry(key[(dot + 1)..]) : mapping.FindEntry(key);
}
