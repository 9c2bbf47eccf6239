using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint;

/// <summary>A log source that rules may name.</summary>
/// <param name="Fields">The names of its fields, ordinal; empty where any may occur.</param>
/// <param name="Implied">Fields that the log source itself decides.</param>
internal sealed record KnownLogSource(string? Product, string? Category, string? Service, FrozenSet<string> Fields, FrozenSet<string> Implied)
{
    /// <summary>As a rule writes it in one line, <c>category: process_creation, product: windows</c>.</summary>
    public override string ToString() => string.Join(", ", new[] { ("category", Category), ("product", Product), ("service", Service) }
        .Where(part => part.Item2 is not null).Select(part => $"{part.Item1}: {part.Item2}"));
}

/// <summary>What is known of Sigma's log sources. <c>Taxonomy.tsv</c>, embedded beside this file, names its sources.</summary>
internal static class Taxonomy
{
    private static readonly Lazy<ImmutableArray<string[]>> Rows = new(ReadRows);

    private static readonly Lazy<FrozenDictionary<(string?, string?, string?), KnownLogSource>> Sources = new(() => Of("source").Select(ToSource)
        .ToFrozenDictionary(source => (source.Product, source.Category, source.Service)));

    private static readonly Lazy<FrozenDictionary<(string, int), ImmutableArray<string>>> Events = new(() => Of("event")
        .ToFrozenDictionary(row => (row[1], int.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture)), row => List(row[3])));

    private static readonly Lazy<FrozenDictionary<string, (bool ImpliesEventId, ImmutableArray<string> Providers)>> Windows = new(() => Of("windows")
        .ToFrozenDictionary(row => row[1], row => (row[2] == "yes", List(row[3])), StringComparer.Ordinal));

    /// <summary>The log source with exactly these parts.</summary>
    public static KnownLogSource? Find(LogSource source) =>
        Sources.Value.GetValueOrDefault((source.Product?.Value, source.Category?.Value, source.Service?.Value));

    /// <summary>What a misspelt log source, or one whose parts stand under the wrong keys, may mean.</summary>
    public static KnownLogSource? Nearest(LogSource source)
    {
        var name = Spelling.Nearest(source.ToString(), Sources.Value.Values.Select(NameOf).Order(StringComparer.Ordinal));
        return Sources.Value.Values.Where(known => NameOf(known) == name).OrderBy(known => known.Category is null).FirstOrDefault();
    }

    /// <summary>The categories that stand for an event of a Windows service; empty where there is none.</summary>
    public static ImmutableArray<string> CategoriesOf(string service, int eventId) => Events.Value.GetValueOrDefault((service, eventId), []);

    /// <summary>Whether a Windows category says already which event it is.</summary>
    public static bool ImpliesEventId(string category) => Windows.Value.GetValueOrDefault(category).ImpliesEventId;

    /// <summary>The providers whose events a Windows category means; empty where it leaves them open.</summary>
    public static ImmutableArray<string> ProvidersOf(string category) => Windows.Value.TryGetValue(category, out var known) ? known.Providers : [];

    private static string NameOf(KnownLogSource source) =>
        string.Join('/', new[] { source.Product, source.Category, source.Service }.OfType<string>());

    private static IEnumerable<string[]> Of(string kind) => Rows.Value.Where(row => row[0] == kind);

    private static KnownLogSource ToSource(string[] row) => new(Part(row[1]), Part(row[2]), Part(row[3]),
        List(row[4]).ToFrozenSet(StringComparer.Ordinal), List(row[5]).ToFrozenSet(StringComparer.Ordinal));

    private static string? Part(string text) => text.Length == 0 ? null : text;

    private static ImmutableArray<string> List(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private static ImmutableArray<string[]> ReadRows()
    {
        using var table = typeof(Taxonomy).Assembly.GetManifestResourceStream("Taxonomy.tsv") ?? throw new InvalidOperationException("Taxonomy.tsv is not embedded");
        using StreamReader reader = new(table);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n').Where(line => line is not ("" or ['#', ..])).Select(line => line.Split('\t'))];
    }
}
