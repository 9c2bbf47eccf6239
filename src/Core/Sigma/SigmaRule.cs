using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>The three kinds of document that Sigma 2.1 specifies.</summary>
internal enum SigmaKind
{
    Rule,
    /// <summary>Counts, orders or joins the events of other rules.</summary>
    Correlation,
    /// <summary>Narrows other rules.</summary>
    Filter,
}

/// <summary>One Sigma document: a rule, a correlation or a filter.</summary>
internal sealed record SigmaRule
{
    public required string Path { get; init; }

    /// <summary>0-based index of the document in its file.</summary>
    public required int Index { get; init; }

    public required SigmaKind Kind { get; init; }

    /// <summary>All of it, for checks of keys that the model leaves out.</summary>
    public required YamlMapping Root { get; init; }

    /// <summary>What stands for the whole rule in a finding: its title, else its first key.</summary>
    public required SourceSpan Span { get; init; }

    public SigmaText? Title { get; init; }

    public SigmaText? Id { get; init; }

    /// <summary>A unique name by which correlations and filters may cite the rule.</summary>
    public SigmaText? Name { get; init; }

    public SigmaText? Status { get; init; }

    public SigmaText? Level { get; init; }

    public ImmutableArray<SigmaText> Tags { get; init; } = [];

    public ImmutableArray<RelatedRule> Related { get; init; } = [];

    public LogSource? LogSource { get; init; }

    public Detection? Detection { get; init; }

    /// <summary>There for a correlation only.</summary>
    public Correlation? Correlation { get; init; }

    /// <summary>There for a filter only: the ids and names of the rules it narrows; empty for every rule of its log source.</summary>
    public ImmutableArray<SigmaText> FilteredRules { get; init; } = [];

    /// <summary>Whether it can be counted: readable, with a log source, and conditions that parse and name selections that exist.</summary>
    public required bool IsValid { get; init; }

    /// <summary>The single value of a key at the top; null where it is absent, empty or something else.</summary>
    public YamlScalar? FindText(string key) => Root.Find(key) is YamlScalar { IsNull: false } text ? text : null;

    /// <summary>The single values in a list at the top, without those that are empty.</summary>
    public IEnumerable<ListText> FindTexts(string key)
    {
        if (Root.Find(key) is YamlSequence list)
            foreach (var (index, item) in list.Items.Index())
                if (item is YamlScalar { IsNull: false } text)
                    yield return new(list, index, text);
    }
}

/// <summary>Another rule by its id, and how it relates: <c>derived</c>, <c>obsolete</c>, <c>merged</c>, <c>renamed</c>, <c>similar</c>.</summary>
internal sealed record RelatedRule(SigmaText Id, SigmaText? Type);

/// <summary>The <c>detection</c> block, or the <c>filter</c> block of a filter.</summary>
internal sealed record Detection(ImmutableArray<Selection> Selections, ImmutableArray<Condition> Conditions);

/// <summary>A search identifier of a detection and its content.</summary>
/// <param name="Root">Null where the content has not the shape of a selection.</param>
internal sealed record Selection(SigmaText Name, YamlNode Content, SelectionNode? Root);

/// <summary>The <c>correlation</c> block.</summary>
/// <param name="Rules">Ids and names of the rules whose events it reads.</param>
/// <param name="Generates">Whether those rules alert by themselves too.</param>
internal sealed record Correlation(SigmaText? Type, ImmutableArray<SigmaText> Rules, bool Generates);
