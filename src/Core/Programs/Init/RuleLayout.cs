using System.Collections.Immutable;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs.Init;

/// <param name="Text">As merlon.yml has it, relative to its folder.</param>
/// <param name="Files">How many files it is there for; 0 for one that leaves files out.</param>
internal sealed record RulePattern(string Text, IRuleSource Format, int Files, int Rules)
{
    public bool IsExclusion => Files == 0;
}

/// <summary>Where rules lie: the patterns that mean them and nothing else.</summary>
internal sealed record RuleLayout
{
    private static readonly ImmutableArray<string> Retired = ["deprecated", "unsupported"];

    /// <summary>Of Sigma rules first; what is left out stands behind what it is left out of.</summary>
    public required ImmutableArray<RulePattern> Patterns { get; init; }

    /// <summary>Those that would mean nothing but retired rules, which count for nothing.</summary>
    public required ImmutableArray<RulePattern> RetiredOnly { get; init; }

    /// <param name="own">Files that init writes beside the rules, in the program's folder, which are none.</param>
    public static RuleLayout Of(FoundFiles found, IReadOnlyCollection<string> own)
    {
        List<RulePattern> patterns = [];
        foreach (var extension in new[] { ".yml", ".yaml" })
            if (TreeOf(found, extension, SigmaSource.Instance) is { AllWanted: > 0 } tree)
                new Chooser(found, extension, SigmaSource.Instance, own, patterns).Choose(tree);
        foreach (var (extension, format) in found.Files.Where(file => file is { Kind: FileKind.Rule, Format: not (SigmaSource or null) }).Select(file => (file.Extension, Format: file.Format!)) // they have one
            .Distinct().OrderBy(pair => pair.Format.Name, StringComparer.Ordinal).ThenBy(pair => pair.Extension, StringComparer.Ordinal).ToArray())
            new Chooser(found, extension, format, own, patterns).Choose(TreeOf(found, extension, format));
        var retired = RetiredFolders(found, patterns).ToArray();
        return new() { Patterns = [.. patterns.Except(retired)], RetiredOnly = [.. retired] };
    }

    private static FolderNode TreeOf(FoundFiles found, string extension, IRuleSource format)
    {
        FolderNode tree = new("");
        // What is broken shows itself in a check: it decides nothing.
        foreach (var file in found.Files.Where(file => file.Kind != FileKind.Broken && file.Extension == extension))
            tree.Add(file.Path, file.Format == format);
        return tree;
    }

    // A pattern of a folder below which something is left out stays: it would take its exclusions with it.
    private static IEnumerable<RulePattern> RetiredFolders(FoundFiles found, List<RulePattern> patterns)
    {
        const string everything = "**/*";
        foreach (var pattern in patterns.Where(pattern => pattern is { Format: SigmaSource, IsExclusion: false }))
            if (pattern.Text.LastIndexOf(everything, StringComparison.Ordinal) is > 0 and var end && Chooser.Place(pattern.Text[..end]) is var folder
                && !patterns.Exists(other => other.IsExclusion && other.Text.StartsWith($"!{folder}", StringComparison.Ordinal))
                && found.Rules.Rules.Where(rule => rule.Source.Format is SigmaSource && found.IsBelow(rule.Span.Path, folder)).ToArray() is [_, ..] rules
                && Array.TrueForAll(rules, rule => Retired.Contains(rule.Status ?? "")))
                yield return pattern;
    }
}
