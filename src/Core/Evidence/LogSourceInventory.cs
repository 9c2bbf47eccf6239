using System.Collections.Immutable;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>What is collected: <c>logsources.yml</c>.</summary>
internal sealed record LogSourceInventory(ImmutableArray<CollectedLogSource> Collected)
{
    /// <summary>What is collected on a day: entries whose <c>since</c> is yet to come are not there.</summary>
    public LogSourceInventory On(DateOnly date) => Collected.All(entry => entry.IsThereOn(date)) ? this : new([.. Collected.Where(entry => entry.IsThereOn(date))]);

    /// <summary>Whether the events that a rule reads arrive; the reason why not otherwise.</summary>
    /// <returns>Null when they arrive.</returns>
    public string? WhyMissing(DetectionRule rule)
    {
        // A correlation reads rules, and each of those is asked.
        if (EntriesOf(rule) is not { } entries)
            return null;
        if (rule.LogSource is not { } source)
            return entries.Length > 0 ? null : $"{string.Join(", ", rule.DataSources)} {(rule.DataSources.Length == 1 ? "is" : "are")} in no 'as' of what is collected";
        if (entries.Length == 0)
            return $"log source {source} is not collected";
        return entries.Any(entry => entry.Suffices(rule)) ? null
            : $"log source {source} is collected without {string.Join(", ", entries.SelectMany(entry => entry.Without).Distinct().Order(StringComparer.Ordinal))}, which every path of the rule needs";
    }

    /// <summary>Whether what a rule reads arrives from a platform. A correlation needs that of each rule that it reads and that watches the platform.</summary>
    public bool Reaches(DetectionRule rule, string platform) => Collected.All(entry => entry.Platforms is null) || Reaches(rule, platform, []);

    // They can read each other in a circle, so each is asked once.
    private bool Reaches(DetectionRule rule, string platform, HashSet<DetectionRule> asked) => !asked.Add(rule)
        || (EntriesOf(rule) is { } entries ? entries.Any(entry => entry.IsFrom(platform) && entry.Suffices(rule))
            : rule.Reads.All(read => Platforms.Watched(read) is { } watched && !watched.Contains(platform) || Reaches(read, platform, asked)));

    // Of another source's rule one of what it names is enough: they are ways to see the same. Null where a rule reads no log source by itself, or nobody says which.
    private CollectedLogSource[]? EntriesOf(DetectionRule rule) =>
        rule.LogSource is { } source ? [.. Collected.Where(entry => entry.Matches(source))]
        : rule.DataSources.IsEmpty ? null : [.. Collected.Where(entry => rule.DataSources.Any(name => entry.As.Contains(name, StringComparer.OrdinalIgnoreCase)))];

    /// <summary>Whether a log source of ATT&amp;CK's analytics arrives from a platform: one of the Sigma log sources that show the same is enough.</summary>
    /// <param name="platform">ATT&amp;CK's name.</param>
    /// <returns>Null when it is not known: Sigma has no name for it, and no <c>as</c> has its own.</returns>
    public bool? IsCollected(Attack.LogSource source, string platform) => IsCollected(source, platform, LogSourceMap.Find(source, platform));

    /// <inheritdoc cref="IsCollected(Attack.LogSource, string)"/>
    public bool? IsCollected(Attack.LogSourceReference reference, string platform) => IsCollected(reference.LogSource, platform, LogSourceMap.Find(reference, platform));

    // In 'as' stands the name alone, or with the channel as reports print it.
    private bool? IsCollected(Attack.LogSource source, string platform, ImmutableArray<WrittenLogSource> known) =>
        Collected.Any(entry => entry.IsFrom(platform) && (known.Any(entry.Matches) || entry.As.Any(name => Same(name, source.Name) || Same(name, $"{source.Name} ({source.Channel})")))) ? true
        : known.IsEmpty ? null : false;

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
