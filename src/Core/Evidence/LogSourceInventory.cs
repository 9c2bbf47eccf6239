using System.Collections.Immutable;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>What is collected: <c>logsources.yml</c>.</summary>
internal sealed record LogSourceInventory(ImmutableArray<CollectedLogSource> Collected)
{
    /// <summary>Whether the events that a rule reads arrive; the reason why not otherwise.</summary>
    /// <returns>Null when they arrive.</returns>
    public string? WhyMissing(DetectionRule rule)
    {
        if (rule.LogSource is not { } source)
            // A correlation reads rules, and each of those is asked. Of another source's rule one of what it names is enough: they are ways to see the same.
            return rule.DataSources.IsEmpty || rule.DataSources.Any(name => Collected.Any(entry => entry.As.Contains(name, StringComparer.OrdinalIgnoreCase))) ? null
                : $"{string.Join(", ", rule.DataSources)} {(rule.DataSources.Length == 1 ? "is" : "are")} in no 'as' of what is collected";
        var entries = Collected.Where(entry => entry.Matches(source)).ToArray();
        if (entries.Length == 0)
            return $"log source {source} is not collected";
        return rule.Sigma is not { } sigma || entries.Any(entry => FieldUse.CanMatchWithout(sigma, entry.Without)) ? null
            : $"log source {source} is collected without {string.Join(", ", entries.SelectMany(entry => entry.Without).Distinct().Order(StringComparer.Ordinal))}, which every path of the rule needs";
    }

    /// <summary>Whether a log source of ATT&amp;CK's analytics arrives from a platform: one of the Sigma log sources that show the same is enough.</summary>
    /// <param name="platform">ATT&amp;CK's name.</param>
    /// <returns>Null when it is not known: Sigma has no name for it, and no <c>as</c> has its own.</returns>
    public bool? IsCollected(Attack.LogSource source, string platform) => IsCollected(source, LogSourceMap.Find(source, platform));

    /// <inheritdoc cref="IsCollected(Attack.LogSource, string)"/>
    public bool? IsCollected(Attack.LogSourceReference reference, string platform) => IsCollected(reference.LogSource, LogSourceMap.Find(reference, platform));

    // In 'as' stands the name alone, or with the channel as reports print it.
    private bool? IsCollected(Attack.LogSource source, ImmutableArray<SigmaSource> known) =>
        known.Any(one => Collected.Any(entry => entry.Matches(one)))
        || Collected.Any(entry => entry.As.Any(name => name.Equals(source.Name, StringComparison.OrdinalIgnoreCase) || name.Equals($"{source.Name} ({source.Channel})", StringComparison.OrdinalIgnoreCase))) ? true
        : known.IsEmpty ? null : false;
}

/// <summary>One entry: what it leaves out matches anything.</summary>
internal sealed record CollectedLogSource
{
    public string? Product { get; init; }
    public string? Category { get; init; }
    public string? Service { get; init; }

    /// <summary>Fields that the events lack.</summary>
    public required IReadOnlySet<string> Without { get; init; }

    /// <summary>Since when it is collected; a day.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Names of the asset groups that it comes from.</summary>
    public ImmutableArray<string> Assets { get; init; } = [];

    /// <summary>Names that other rule sources have for it.</summary>
    public ImmutableArray<string> As { get; init; } = [];

    /// <summary>Whether the keys of this entry all equal the log source's.</summary>
    public bool Matches(LogSource source) =>
        Matches(new SigmaSource(source.Product?.Value, source.Category?.Value, source.Service?.Value));

    /// <inheritdoc cref="Matches(LogSource)"/>
    public bool Matches(SigmaSource source) =>
        Same(Product, source.Product) && Same(Category, source.Category) && Same(Service, source.Service);

    private static bool Same(string? own, string? other) => own is null || own == other;
}
