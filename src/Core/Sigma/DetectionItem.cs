using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>What a selection is made of. Sigma 2.1, section "Detection".</summary>
internal abstract record SelectionNode
{
    /// <summary>Every field and all keywords in it, in the order of the file.</summary>
    public IEnumerable<DetectionItem> AllItems() => this switch
    {
        SelectionFields fields => fields.Items,
        SelectionList list => list.Alternatives.SelectMany(alternative => alternative.AllItems()),
        DetectionItem item => [item],
        _ => [],
    };
}

/// <summary>A map: every field must match.</summary>
internal sealed record SelectionFields(ImmutableArray<DetectionItem> Items) : SelectionNode;

/// <summary>A list of maps and keywords: one of them must match.</summary>
internal sealed record SelectionList(ImmutableArray<SelectionNode> Alternatives) : SelectionNode;

/// <summary>A field with its modifiers and values, or keywords, which are looked for in the whole event.</summary>
internal sealed record DetectionItem : SelectionNode
{
    /// <summary>The key with its modifiers; null for keywords that stand without one.</summary>
    public YamlScalar? Key { get; init; }

    /// <summary>Null for keywords.</summary>
    public string? Field { get; init; }

    /// <summary>The field's name, or the whole key where it has none, or the first keyword.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>In the order in which they are applied. A word that is no modifier is left out.</summary>
    public ImmutableArray<ModifierUse> Modifiers { get; init; } = [];

    /// <summary>The values as written.</summary>
    public required ImmutableArray<YamlScalar> Written { get; init; }

    /// <summary>The list that the values stand in, even a single one; null for a value without a list.</summary>
    public YamlSequence? List { get; init; }

    /// <summary>The values after all modifiers, one for each that is written; empty where one of them has none.</summary>
    public ImmutableArray<SigmaValue> Values { get; init; } = [];

    public bool Has(Modifier modifier) => Modifiers.Any(use => use.Modifier == modifier);

    /// <summary>Whether every value must match, rather than one.</summary>
    public bool IsAll => Has(Modifier.All);

    /// <summary>Whether the whole item must not match.</summary>
    public bool IsNegated => Has(Modifier.Neq);
}
