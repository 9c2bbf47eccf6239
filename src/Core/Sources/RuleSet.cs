using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Sources;

/// <summary>Everything that a program's sources yield.</summary>
/// <param name="Documents">Every Sigma document that could be read, filters too, by path and position.</param>
/// <param name="Rules">Rules and correlations: Sigma's by path and position, then those of other sources in the order of the configuration. Filters narrow rules and are none themselves.</param>
/// <param name="Files">How many files were read.</param>
/// <param name="Unreadable">Files of which a part could not be read.</param>
internal sealed record RuleSet(ImmutableArray<SigmaRule> Documents, ImmutableArray<DetectionRule> Rules, int Files, ImmutableArray<string> Unreadable, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>What it was made of.</summary>
    public ImmutableArray<RuleFile> Read { get; private init; } = [];

    /// <summary>Those of Sigma.</summary>
    public ImmutableArray<SigmaFile> SigmaFiles { get; private init; } = [];

    /// <summary>Rules of inventories that are places of Sigma rules, and so no rules of their own.</summary>
    public ImmutableArray<DetectionRule> Placed { get; private init; } = [];

    /// <summary>Whether any source says what runs.</summary>
    public bool HasInventory => Read.Any(file => file.Source.DeploysSigma) || Rules.Any(rule => rule.State == RuleState.Deployed);

    /// <summary>By check and day, what the checks found that were asked in every Sigma file while it was read.</summary>
    public IReadOnlyDictionary<(string Check, DateOnly Date), List<Diagnostic>> Found => _found ??= FindFound();

    private Dictionary<(string, DateOnly), List<Diagnostic>>? _found;

    private Dictionary<(string, DateOnly), List<Diagnostic>> FindFound()
    {
        var files = Read.Where(file => file.Sigma is not null).ToArray();
        if (files.Length == 0 || files[0].Findings is not { Date: var date, Checks: var checks } || files.Any(file => file.Findings is not { } other || other.Date != date || !other.Checks.SequenceEqual(checks)))
            return [];
        var found = checks.ToDictionary(check => (check, date), _ => new List<Diagnostic>());
        foreach (var diagnostic in files.SelectMany(file => file.Findings!.Found)) // all have some, as seen
            found[(diagnostic.Info.Id, date)].Add(diagnostic);
        return found;
    }

    private PlacedDocuments? _placed;

    /// <summary>The document that a place is in: the last one that begins before it. Null before the first.</summary>
    public SigmaRule? FindDocument(SourceSpan span) => (_placed ??= new(Documents)).Find(span);

    public static RuleSet Of(IReadOnlyCollection<SigmaFile> files) => Of([.. files.Select(file => RuleFile.Of(file, RuleSource.Sigma))]);

    public static RuleSet Of(ImmutableArray<RuleFile> files)
    {
        var sigma = files.Where(file => file.Sigma is not null).ToArray();
        var documents = sigma.SelectMany(file => file.Sigma!.Rules).ToImmutableArray(); // filtered
        SigmaLinker linker = new(sigma);
        var linked = linker.Link();
        List<Diagnostic> found = [];
        var others = files.Where(file => file.Sigma is null).GroupBy(file => file.Source).SelectMany(group => Join(group.Key, [.. group], found)).ToImmutableArray();
        var (placed, ofPlaces) = Inventories.Link(linked, others);
        return new(documents, [.. linked, .. others.Where(rule => !placed.Contains(rule))], files.Length, [.. files.Where(file => !file.IsWhole).Select(file => file.Path)],
            [.. files.SelectMany(file => file.Diagnostics), .. linker.Diagnostics, .. found, .. ofPlaces])
        {
            Read = files,
            SigmaFiles = [.. sigma.Select(file => file.Sigma!)], // filtered
            Placed = [.. others.Where(placed.Contains)],
        };
    }

    private static List<DetectionRule> Join(RuleSource source, IReadOnlyList<RuleFile> files, List<Diagnostic> diagnostics)
    {
        var rules = source.Format.Join(files, diagnostics).ToArray();
        HashSet<string> ids = new(StringComparer.Ordinal);
        List<DetectionRule> kept = new(rules.Length);
        foreach (var rule in rules)
            if (rule.Id is { } id && !ids.Add(id))
                diagnostics.Add(InventoryDiagnostics.DuplicateRecord.At(rule.Span, $"'{id}' is in {source.Name} already, and the first one counts; remove one of the two"));
            else
                kept.Add(rule);
        if (kept.Count == 0 && files.All(file => file.IsWhole))
            diagnostics.Add(InventoryDiagnostics.NoRule.At(source.Span ?? SourceSpan.StartOf(files[0].Path), $"nothing in {(files.Count == 1 ? files[0].Path : $"the {files.Count} files of {source.Name}")} is a rule{Why(source)}"));
        return kept;
    }

    private static string Why(RuleSource source) => source.Names is { } names ? $" by names ({names}); correct the expression, or remove it" : $" by what {source.Format.Name} and the entry say; correct the entry";
}
