using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>A check of the conditions of a rule that is no filter, once all of them parse.</summary>
internal abstract class ConditionLintRule : DocumentLintRule
{
    // Of conditions, and of YAML 1.1 and 1.2.
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        ["and", "or", "not", "of", "all", "any", "them", "null", "true", "false", "yes", "no", "on", "off", "y", "n"], StringComparer.OrdinalIgnoreCase);

    protected abstract IEnumerable<Diagnostic> Check(Conditions conditions);

    public sealed override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context) =>
        rule is { Kind: SigmaKind.Rule, Detection.Conditions: [_, ..] conditions } && rule.Root.Find("detection") is YamlMapping detection && conditions.All(condition => condition.Root is not null)
            ? Check(new Conditions(
                [.. detection.Entries.Select(entry => entry.Key).Where(key => key.Value != "condition")],
                [.. conditions.SelectMany(condition => condition.Root!.All())])) // looked at above
            : [];

    /// <summary>A fix that puts other text in the place of a selector; null where it can't be found in the file.</summary>
    protected static Fix? Replace(ConditionOf selector, string text, bool isSafe) =>
        selector.Whole is { } whole ? new($"Write '{text}'", isSafe, new Edit(whole, text)) : null;

    /// <summary>A fix that puts the name of a selection in the place of a selector; null where a condition can't say the name, or YAML reads it as something else.</summary>
    protected static Fix? ReplaceByName(ConditionOf selector, string name, bool isSafe) =>
        name is [var first, ..] && char.IsAsciiLetter(first) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && !Words.Contains(name) ? Replace(selector, name, isSafe) : null;
}

/// <summary>What a detection offers to its conditions, and what these make of it.</summary>
/// <param name="Names">Every key beside the condition, a <c>timeframe</c> of Sigma 1 too.</param>
/// <param name="Nodes">Every node of every condition, in the order of the file.</param>
internal sealed record Conditions(ImmutableArray<YamlScalar> Names, ImmutableArray<ConditionNode> Nodes)
{
    public IEnumerable<ConditionOf> Selectors => Nodes.OfType<ConditionOf>();

    public IEnumerable<string> Selected(ConditionOf selector) => Names.Select(name => name.Value).Where(selector.Selects);
}
