using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class TechniqueTagWithoutAllTactics : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3015",
        Title = "Technique is tagged without each of its tactics",
        Severity = Severity.Warning,
        Rationale = """
            SigmaHQ tags each technique with every tactic that it belongs to in the pinned release, so that a search by any of them
            finds the rule. Merlon counts a technique in its tactics either way.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        // By text: a tag in another case is another one to the tools that this is for.
        var written = rule.Sigma?.Tags.Where(tag => tag.Value.StartsWith("attack.", StringComparison.Ordinal)).Select(tag => tag.Span).ToHashSet();
        var tags = rule.AttackTags.Where(tag => written?.Contains(tag.Span) ?? true).ToArray();
        var tagged = tags.Select(tag => tag.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var tag in tags)
            if (tag is { Kind: AttackTagKind.Technique, Text: ['t', ..] } && context.Find(tag.Technique) is { IsLive: true } technique)
                foreach (var tactic in technique.Tactics)
                    if (tagged.Add(tactic))
                        yield return Report(tag.Span, $"{tag.Name} is tagged without its tactic {tactic}; add 'attack.{tactic}'", Addition(rule, tag, tactic));
    }

    // Not safe: it claims one tactic more.
    private static Fix? Addition(DetectionRule rule, AttackTag tag, string tactic) =>
        SigmaTag.Find(rule.Sigma, tag.Span)?.Item is { } item ? TextFix.InsertItem(item.List, item.Index, $"attack.{tactic}", isSafe: false) : null;
}
