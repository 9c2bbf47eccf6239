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

    public required SigmaContent Content { private get; init; }

    /// <summary>All of it, for checks of keys that the model leaves out.</summary>
    public YamlMapping Root => Content.Root;

    /// <summary>The place of <see cref="Root"/>.</summary>
    public required SourceSpan Extent { get; init; }

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

    public Detection? Detection => Content.Detection;

    public required bool HasDetection { get; init; }

    /// <summary>Whether it names emulation tests that it alerts on.</summary>
    public bool HasSimulations { get; init; }

    /// <summary>SigmaHQ's <c>regression_tests_path</c>.</summary>
    public SigmaText? RegressionTests { get; init; }

    /// <summary>There for a correlation only.</summary>
    public Correlation? Correlation { get; init; }

    /// <summary>There for a filter only: the ids and names of the rules it narrows; empty for every rule of its log source.</summary>
    public ImmutableArray<SigmaText> FilteredRules { get; init; } = [];

    /// <summary>Whether it can be counted: readable, with a log source, and conditions that parse and name selections that exist.</summary>
    public required bool IsValid { get; init; }

    /// <summary>Lets the tree go, which is most of a rule. It comes back when it is asked for.</summary>
    public void Release(Func<SigmaRule> again) => Content.Release(() => again().Content);

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
internal sealed record Detection(ImmutableArray<Selection> Selections, ImmutableArray<Condition> Conditions)
{
    /// <summary>Every field and all keywords of all selections, in the order of the file.</summary>
    public ImmutableArray<DetectionItem> Items => _items.IsDefault ? _items = [.. Selections.SelectMany(selection => selection.Root?.AllItems() ?? [])] : _items;

    // Each of many checks asks.
    private ImmutableArray<DetectionItem> _items;
}

/// <summary>A search identifier of a detection and its content.</summary>
/// <param name="Root">Null where the content has not the shape of a selection.</param>
internal sealed record Selection(SigmaText Name, YamlNode Content, SelectionNode? Root);

/// <summary>The <c>correlation</c> block, as far as it can be read.</summary>
internal sealed record Correlation
{
    public SigmaText? Type { get; init; }

    /// <summary>Ids and names of the rules whose events it reads, as written.</summary>
    public ImmutableArray<SigmaText> Rules { get; init; } = [];

    public ImmutableArray<SigmaText> GroupBy { get; init; } = [];

    public CorrelationTimespan? Timespan { get; init; }

    public ImmutableArray<CorrelationAlias> Aliases { get; init; } = [];

    /// <summary>Null where a temporal type leaves it out: then every rule must have matched.</summary>
    public CorrelationCondition? Condition { get; init; }

    /// <summary>Whether the rules that it reads alert by themselves too.</summary>
    public bool Generates { get; init; }

    /// <summary>Whether it asks which rules matched, not how often. In any case of letters, since some tools read the type so.</summary>
    public bool IsTemporal => HasType("temporal") || HasType("temporal_ordered");

    public bool HasType(string type) => string.Equals(Type?.Value, type, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How far apart the events of a correlation may be.</summary>
internal sealed record CorrelationTimespan(SigmaText Text, TimeSpan Length);

/// <summary>A name for fields that are called something else in each rule's events.</summary>
internal sealed record CorrelationAlias(SigmaText Name, ImmutableArray<AliasedField> Fields);

/// <summary>What an alias stands for in the events of one rule, which is cited by its name.</summary>
internal sealed record AliasedField(SigmaText Rule, SigmaText Field);

/// <summary>When a correlation alerts.</summary>
internal sealed record CorrelationCondition
{
    /// <summary>One bound, or the lower and the upper end of a range; none where <see cref="Expression"/> stands instead.</summary>
    public ImmutableArray<CorrelationBound> Bounds { get; init; } = [];

    /// <summary>The fields whose values are counted, added up or averaged.</summary>
    public ImmutableArray<SigmaText> Fields { get; init; } = [];

    public SigmaText? Percentile { get; init; }

    /// <summary>Which of the rules must match, for a temporal type that says it in words.</summary>
    public ConditionNode? Expression { get; init; }
}

/// <summary>A limit of what a correlation counts.</summary>
/// <param name="Operator"><c>gt</c>, <c>gte</c>, <c>lt</c>, <c>lte</c>, <c>eq</c> or <c>neq</c>.</param>
internal sealed record CorrelationBound(SigmaText Operator, double Value);
