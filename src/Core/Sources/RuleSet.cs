using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Sources;

/// <summary>Everything that a program's sources yield.</summary>
/// <param name="Documents">Every Sigma document that could be read, filters too, by path and position.</param>
/// <param name="Rules">Rules and correlations, by path and position. Filters narrow rules and are none themselves.</param>
/// <param name="Files">How many files were read.</param>
/// <param name="Unreadable">Files of which a part could not be read.</param>
internal sealed record RuleSet(ImmutableArray<SigmaRule> Documents, ImmutableArray<DetectionRule> Rules, int Files, ImmutableArray<string> Unreadable, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>What it was made of.</summary>
    public ImmutableArray<SigmaFile> SigmaFiles { get; private init; } = [];

    private PlacedDocuments? _placed;

    /// <summary>The document that a place is in: the last one that begins before it. Null before the first.</summary>
    public SigmaRule? FindDocument(SourceSpan span) => (_placed ??= new(Documents)).Find(span);

    public static RuleSet Of(IReadOnlyCollection<SigmaFile> files)
    {
        var documents = files.SelectMany(file => file.Rules).ToImmutableArray();
        SigmaLinker linker = new(documents);
        var rules = linker.Link();
        return new(documents, rules, files.Count, [.. files.Where(file => !file.IsWhole).Select(file => file.Path)], [.. files.SelectMany(file => file.Diagnostics), .. linker.Diagnostics]) { SigmaFiles = [.. files] };
    }
}
