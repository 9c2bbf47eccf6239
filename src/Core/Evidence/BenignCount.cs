using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Matching;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>Counts which rules match events, file by file.</summary>
internal sealed class BenignCount(ImmutableArray<(DetectionRule Rule, RuleMatcher Matcher)> rules)
{
    private readonly (int Events, LogEvent? First)[] _counts = new (int, LogEvent?)[rules.Length];

    public int Files { get; set; }

    public int Events { get; private set; }

    public void Add(string path, byte[] bytes, List<Diagnostic> diagnostics)
    {
        var events = EventReader.Read(path, bytes, diagnostics);
        Events += events.Length;
        // By rule: each has its own count, so no two threads meet.
        Parallel.For(0, rules.Length, index =>
        {
            var matcher = rules[index].Matcher;
            foreach (var e in events)
                if (matcher.Sees(e) && matcher.Matches(e))
                    _counts[index] = (_counts[index].Events + 1, _counts[index].First ?? e);
        });
    }

    /// <summary>In the order of the rules.</summary>
    public ImmutableArray<BenignAlert> Alerts(ImmutableArray<AllowedAlert> allowed) =>
    [
        .. rules.Zip(_counts).Where(pair => pair.Second.Events > 0).Select(pair => new BenignAlert(
            pair.First.Rule, pair.Second.Events, pair.Second.First!.Span, pair.First.Matcher.Explain(pair.Second.First).Summary, // there is a first one
            allowed.FirstOrDefault(entry => string.Equals(entry.RuleId, pair.First.Rule.Id, StringComparison.OrdinalIgnoreCase)))),
    ];
}
