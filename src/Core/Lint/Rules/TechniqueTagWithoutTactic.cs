using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class TechniqueTagWithoutTactic : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3007",
        Title = "Technique is tagged without any of its tactics",
        Severity = Severity.Info,
        Rationale = """
            A search by tactic does not find this rule. Merlon counts a technique in its tactics either way. MRL3015 checks that
            every tactic of each technique is tagged, as SigmaHQ does it.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Strict;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique && context.FindLive(tag.Technique) is { Tactics: { IsEmpty: false } tactics } && !HasAny(rule, tactics))
                yield return Report(tag.Span, $"{tag.Name} is tagged without any of its tactics; add {Spelling.OneOf([.. tactics.Select(tactic => $"'attack.{tactic}'")])}");
    }

    private static bool HasAny(DetectionRule rule, ImmutableArray<string> tactics)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Tactic && tactics.Contains(tag.Name))
                return true;
        return false;
    }
}
