using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;

namespace Merlon.Core.Gate;

/// <summary>The severities of findings about tags and coverage (MRL3xxx, MRL5xxx) that one side's <c>lint</c> block gives.</summary>
internal sealed class SeverityPolicy
{
    private const string Everywhere = "lint";

    private static readonly ImmutableArray<(DiagnosticInfo Info, Preset Presets)> Ids =
    [
        .. LintRules.All.Where(check => IsPolicy(check.Info.Id)).Select(check => (check.Info, check.Presets)),
        // No preset turns off what the gate says.
        .. GateDiagnostics.All.Select(info => (info, Preset.Sigma | Preset.Recommended | Preset.SigmaHq | Preset.Strict)),
    ];

    // The gate makes an error of these where it matters, unless a line says otherwise.
    private static readonly ImmutableArray<DiagnosticInfo> Judged = [GateDiagnostics.ClaimLost, GateDiagnostics.NoBase];

    private readonly Preset _preset;
    private readonly OrderedDictionary<string, PolicyLine> _lines = new(StringComparer.Ordinal);
    // By id: each severity that a finding may have.
    private readonly Dictionary<string, ImmutableArray<Severity>> _everywhere = new(StringComparer.Ordinal);
    // By id: the keys that give it one below some paths, in the order of the file. The last one decides.
    private readonly Dictionary<string, List<string>> _below = new(StringComparer.Ordinal);
    // By id: each severity that it has below some path.
    private readonly Dictionary<string, HashSet<Severity>> _given = new(StringComparer.Ordinal);

    public SeverityPolicy(ImmutableArray<PolicyLine> lines)
    {
        _preset = PresetNames.Find(lines.LastOrDefault(line => line.Key == "lint.preset")?.Value);
        foreach (var (info, presets) in Ids)
            _everywhere[info.Id] = !presets.HasFlag(_preset) ? [Severity.Off] : Judged.Contains(info) ? [info.Severity, Severity.Error] : [info.Severity];
        foreach (var line in lines.Where(line => line.Profile is null))
            if (TryRead(line.Key, out var scope, out var ids))
            {
                _lines[line.Key] = line;
                foreach (var id in Covered(ids))
                    if (scope == Everywhere)
                        _everywhere[id] = [SeverityOf(line)];
                    else
                        AddBelow(id, line);
            }
    }

    /// <summary>Whether an id or area is one whose severity is policy.</summary>
    public static bool IsPolicy(string idOrArea) => idOrArea is ['M', 'R', 'L', '3' or '5', ..];

    public static bool IsKey(string key) => TryRead(key, out _, out _);

    public static IEnumerable<PolicyChange> Compare(SeverityPolicy atBase, SeverityPolicy atHead)
    {
        var keys = atBase._lines.Keys.Union(atHead._lines.Keys, StringComparer.Ordinal).ToArray();
        var isMoved = IsMoved(atBase, atHead);
        foreach (var key in keys)
        {
            _ = TryRead(key, out var scope, out var ids);
            var (from, to) = (atBase._lines.GetValueOrDefault(key), atHead._lines.GetValueOrDefault(key));
            if (from?.Value == to?.Value && !(isMoved && scope == Everywhere))
                continue;
            // Every severity that a finding may have had with every one that it may have.
            var effects = atBase.Covered(ids).Union(atHead.Covered(ids), StringComparer.Ordinal).SelectMany(id =>
                atBase.Of(id, scope, from).SelectMany(before => atHead.Of(id, scope, to).Select(after => PolicyEffects.Compare((int)before, (int)after))));
            if (PolicyEffects.Together(effects) is { } effect)
                yield return new((to ?? from)!.Span, key, from?.Value, to?.Value, effect); // a key is of one side at least
        }
        if (FindMovedPaths(atBase, atHead) is var (before, after))
            yield return new(after.Span, "lint.paths", before.Key, after.Key, PolicyEffect.Changed);
    }

    private void AddBelow(string id, PolicyLine line)
    {
        if (!_below.TryGetValue(id, out var keys))
            (_below[id], _given[id]) = (keys = [], []);
        keys.Add(line.Key);
        _given[id].Add(SeverityOf(line));
    }

    // Without a line of its own a path may have what any other patterns give: which of them meet is not known.
    private IEnumerable<Severity> Of(string id, string scope, PolicyLine? line) => scope == Everywhere ? _everywhere[id]
        : line is not null ? [SeverityOf(line)]
        : _given.TryGetValue(id, out var given) ? given.Concat(_everywhere[id]) : _everywhere[id];

    // A check outside of the preset is asked for by its own id.
    private IEnumerable<string> Covered(string ids) =>
        Ids.Where(one => SeverityOverride.CoversId(ids, one.Info.Id) && (ids == one.Info.Id || one.Presets.HasFlag(_preset))).Select(one => one.Info.Id);

    // Whether the keys for everywhere that both have stand in another order.
    private static bool IsMoved(SeverityPolicy atBase, SeverityPolicy atHead)
    {
        return !Shared(atBase, atHead).SequenceEqual(Shared(atHead, atBase));

        static IEnumerable<string> Shared(SeverityPolicy one, SeverityPolicy other) =>
            one._lines.Keys.Where(key => TryRead(key, out var scope, out _) && scope == Everywhere && other._lines.ContainsKey(key));
    }

    // Two entries with the same text on both sides whose order is another one, where that can matter.
    private static (PolicyLine Before, PolicyLine After)? FindMovedPaths(SeverityPolicy atBase, SeverityPolicy atHead)
    {
        foreach (var (id, below) in atBase._below.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var (before, after) = (Order(below, atHead), Order(atHead._below.GetValueOrDefault(id, []), atBase));
            var values = before.Select(key => atBase._lines[key].Value).Concat(after.Select(key => atHead._lines[key].Value));
            if (before.Zip(after).FirstOrDefault(pair => pair.First != pair.Second) is ({ } one, { } other) && values.Distinct().Skip(1).Any())
                return (atBase._lines[one], atHead._lines[other]);
        }
        return null;

        static ImmutableArray<string> Order(IEnumerable<string> below, SeverityPolicy other) => [.. below.Reverse().Distinct().Where(other._lines.ContainsKey)];
    }

    private static Severity SeverityOf(PolicyLine line) => line.Value switch
    {
        "error" => Severity.Error,
        "warning" => Severity.Warning,
        "info" => Severity.Info,
        _ => Severity.Off,
    };

    // lint.MRL3001, or lint.paths[rules/**].MRL3001 with the patterns in brackets, which may hold anything.
    private static bool TryRead(string key, out string scope, out string ids)
    {
        var dot = key.LastIndexOf('.');
        (scope, ids) = dot < 0 ? ("", "") : (key[..dot], key[(dot + 1)..]);
        return IsPolicy(ids) && (scope == Everywhere || scope.StartsWith("lint.paths[", StringComparison.Ordinal));
    }
}
