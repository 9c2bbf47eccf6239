using System.Collections.Immutable;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>One entry: what it leaves out matches anything.</summary>
internal sealed record CollectedLogSource
{
    public string? Product { get; init; }
    public string? Category { get; init; }
    public string? Service { get; init; }

    /// <summary>Fields that the events lack.</summary>
    public required IReadOnlySet<string> Without { get; init; }

    /// <summary>The first day on which it is collected.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The ATT&amp;CK platforms that it comes from; null for every one.</summary>
    public ImmutableArray<string>? Platforms { get; init; }

    /// <summary>Names that other rule sources have for it.</summary>
    public ImmutableArray<string> As { get; init; } = [];

    /// <summary>Whether the keys of this entry all equal the log source's.</summary>
    public bool Matches(LogSource source) =>
        Matches(new WrittenLogSource(source.Product?.Value, source.Category?.Value, source.Service?.Value));

    /// <inheritdoc cref="Matches(LogSource)"/>
    public bool Matches(WrittenLogSource source) =>
        Same(Product, source.Product) && Same(Category, source.Category) && Same(Service, source.Service);

    public bool IsThereOn(DateOnly date) => Since is not { } first || first <= date;

    public bool IsFrom(string platform) => Platforms is not { } some || some.Contains(platform);

    /// <summary>Whether a rule can match without the fields that the events lack.</summary>
    public bool Suffices(DetectionRule rule) => rule.Sigma is not { } sigma || FieldUse.CanMatchWithout(sigma, Without);

    private static bool Same(string? own, string? other) => own is null || own == other;
}
