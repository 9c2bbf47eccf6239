using System.Collections.Immutable;

namespace Merlon.Core.Sources.Tables;

/// <summary>What a record names of ATT&amp;CK.</summary>
internal sealed class TableTags(TableMap map, RuleSource source)
{
    private readonly AttackTokens _tokens = new(source.Releases);

    /// <summary>In the order of the file, each thing once. Of techniques and what is below them, the sub-techniques claim.</summary>
    /// <param name="loose">Where ids count if there are none elsewhere and the entry says so.</param>
    public ImmutableArray<AttackTag> Of(TableRules rules, TableNode record, IEnumerable<TableText> loose)
    {
        ImmutableArray<AttackTag> below = [.. Read(rules.Texts(record, map.SubTechniques))];
        var held = below.Where(tag => tag.Technique.IsSubTechnique).Select(tag => tag.Technique with { Sub = 0 }).ToHashSet();
        IEnumerable<AttackTag> techniques = Read(rules.Texts(record, map.Techniques)).Select(tag => tag.Kind == AttackTagKind.Technique && held.Contains(tag.Technique) ? tag with { IsHolder = true } : tag);
        ImmutableArray<AttackTag> found = [.. techniques.Concat(below).Concat(rules.Texts(record, map.Tactics).SelectMany(Tactics))];
        if (source.ReadsIdsInNames && !found.Any(tag => tag.Kind == AttackTagKind.Technique))
            found = [.. found, .. loose.SelectMany(text => _tokens.ReadLoosely(text.Text, text.Span))];
        return [.. found.DistinctBy(tag => (tag.Kind, tag.Name)).OrderBy(tag => (tag.Span.Line, tag.Span.Column))];
    }

    private IEnumerable<AttackTag> Read(IEnumerable<TableText> texts) => texts.SelectMany(text => _tokens.Read(text.Text, text.Span));

    // A cell may hold several: 'Execution, Persistence'.
    private IEnumerable<AttackTag> Tactics(TableText text)
    {
        var start = 0;
        foreach (var piece in text.Text.Split(',', ';', '|', '\n'))
        {
            if (piece.Trim() is { Length: > 0 } word)
                yield return _tokens.OfWord(word, text.PlaceOf(start + piece.Length - piece.TrimStart().Length, word.Length));
            start += piece.Length + 1;
        }
    }
}
