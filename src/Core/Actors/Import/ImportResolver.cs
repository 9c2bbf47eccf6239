using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors.Import;

/// <summary>A technique that an imported actor uses, live in a pinned release.</summary>
/// <param name="Was">The revoked id that the file has in its place.</param>
internal sealed record ResolvedTechnique(Technique Technique, ImmutableArray<string> Comments, TechniqueId? Was)
{
    public TechniqueId Id => Technique.Id;
}

/// <summary>Finds what the ids of a file mean in the pinned releases, and says what they do not mean.</summary>
internal sealed class ImportResolver(string path, ImportContext context)
{
    // A hostile file, or one of another domain, has nothing else.
    private const int MostFindings = 100;

    private int _findings;

    /// <summary>By id.</summary>
    public ImmutableArray<ResolvedTechnique> Resolve(IEnumerable<ImportedTechnique> techniques)
    {
        SortedDictionary<TechniqueId, (Technique Technique, List<string> Comments, TechniqueId? Was)> found = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var one in techniques)
            if (Find(one, isFirst: seen.Add(one.Id), out var was) is { } technique)
            {
                if (!found.TryGetValue(technique.Id, out var entry))
                    found[technique.Id] = entry = (technique, [], was);
                if (one.Comment.Length > 0 && !entry.Comments.Contains(one.Comment))
                    entry.Comments.Add(one.Comment);
            }
        if (_findings > MostFindings)
            context.Diagnostics.Add(ImportDiagnostics.LeftOut.At(SourceSpan.StartOf(path), string.Create(CultureInfo.InvariantCulture, $"{_findings - MostFindings} more findings about techniques of this file are not shown")));
        return [.. found.Values.Select(entry => new ResolvedTechnique(entry.Technique, [.. entry.Comments], entry.Was))];
    }

    private Technique? Find(ImportedTechnique one, bool isFirst, out TechniqueId? was)
    {
        was = null;
        if (!TechniqueId.TryParse(one.Id, out var id))
            return Report(isFirst, ImportDiagnostics.LeftOut, one.Span, $"'{StrangersText.Short(one.Id)}' is left out: it is not a technique id such as T1059 or T1059.001");
        if (context.Releases.FirstOrDefault(release => release.Find(id) is not null) is not { } release)
            return Report(isFirst, ImportDiagnostics.LeftOut, one.Span, $"{id} is left out: it is not a technique of ATT&CK {context.Releases[0].Name}{Elsewhere(id)}");
        var technique = release.Find(id)!; // found above
        if (technique.IsLive)
            return technique;
        if (release.FinalReplacement(id) is not { IsLive: true } final)
            return Report(isFirst, ImportDiagnostics.LeftOut, one.Span, $"{id} is left out: ATT&CK {release.Name} no longer maintains it and names no replacement");
        was = id;
        _ = Report(isFirst, ImportDiagnostics.Replaced, one.Span, $"{id} was revoked by {final.Id}, which is written in its place");
        return final;
    }

    private string Elsewhere(TechniqueId id) => AttackReleases.Embedded.LastOrDefault(release => release.Find(id) is { IsLive: true }) is not { } other ? ""
        : context.Releases.Any(release => release.Domain == other.Domain) ? $", but of {other.Version}"
        : $", but of {other.Domain.Name}, which attack.domains does not name";

    private Technique? Report(bool isFirst, DiagnosticInfo info, SourceSpan span, string message)
    {
        if (isFirst && _findings++ < MostFindings)
            context.Diagnostics.Add(info.At(span, message));
        return null;
    }
}
