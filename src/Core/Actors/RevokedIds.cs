using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Actors;

/// <summary>Findings about revoked ids that have a replacement, with the fixes that write it.</summary>
internal static class RevokedIds
{
    /// <summary>One entry of a profile or of merlon.yml that names an id.</summary>
    /// <param name="Final">The id that it means.</param>
    public readonly record struct Entry(string Id, SourceSpan Span, string Final);

    /// <summary>What is wrong with the exclusions of a profile or of merlon.yml.</summary>
    public static IEnumerable<Diagnostic> Check(IReadOnlyCollection<Exclusion> exclusions, AttackRelease release)
    {
        Entry[] entries = [.. exclusions.Select(exclusion => new Entry(exclusion.Id.ToString(), exclusion.Span, (release.FinalReplacement(exclusion.Id)?.Id ?? exclusion.Id).ToString()))];
        foreach (var (entry, exclusion) in entries.Zip(exclusions))
            if (release.FinalReplacement(exclusion.Id) is { } final)
                yield return Report(entry, entries, $"{entry.Id} was revoked by {final.Id}; write {final.Id}, which is what the exclusion means", null, Alternatives(exclusion.Id, release));
    }

    /// <param name="entries">All of the list, this one among them.</param>
    /// <param name="list">Where an entry that says no more than its id can be taken out when another one says the same; null for entries that say more.</param>
    /// <param name="alternatives">What may be meant instead of the replacement: then it takes a person.</param>
    public static Diagnostic Report(Entry entry, IReadOnlyCollection<Entry> entries, string message, YamlSequence? list, ImmutableArray<Technique> alternatives)
    {
        var isCertain = alternatives.IsEmpty;
        if (!isCertain)
            message += $"; {string.Join(" or ", alternatives.Select(technique => $"{technique.Id} ({technique.Name})"))} may be meant";
        var finding = ActorDiagnostics.RevokedObject.At(entry.Span, message);
        if (entries.Any(other => other.Id == entry.Final))
            return Without(entry, list) is { } edit
                ? finding with { Fix = new($"Remove '{entry.Id}'", isCertain, edit) }
                : finding with { Message = $"{message}; {entry.Final} is there too, put the two together" };
        // Of several that become one id, the first is written, and the others then find it there.
        var isFirst = entries.First(other => other.Final == entry.Final).Span == entry.Span;
        return isFirst && ValueOf(entry) is { } value ? finding with { Fix = new($"Write '{entry.Final}'", isCertain, new Edit(value, entry.Final)) } : finding;
    }

    /// <inheritdoc cref="Replacements.Alternatives"/>
    public static ImmutableArray<Technique> Alternatives(TechniqueId id, AttackRelease release) => Replacements.Alternatives(release, id, AttackReleases.Embedded);

    private static Edit? Without(Entry entry, YamlSequence? list)
    {
        for (var index = 0; list is not null && index < list.Items.Length; index++)
            if (list.Items[index] is YamlScalar scalar && scalar.Span == entry.Span)
                return list.EditWithout(index);
        return null;
    }

    // Within its quotes. Null for an alias and for a text that is written in another way than it reads.
    private static SourceSpan? ValueOf(Entry entry) => entry.Span switch
    {
        var span when span.Line != span.EndLine => null,
        var span when span.EndColumn - span.Column == entry.Id.Length => span,
        var span when span.EndColumn - span.Column == entry.Id.Length + 2 => span with { Column = span.Column + 1, EndColumn = span.EndColumn - 1 },
        _ => null,
    };
}
