using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnknownTacticTag : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3005",
        Title = "Tag names an unknown tactic",
        Severity = Severity.Error,
        Rationale = """
            The tag is neither a technique nor the short name of a tactic in any known release of ATT&CK, so it is mistyped or belongs to
            another namespace.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Tactic && !context.HasTactic(tag.Name) && context.OtherReleasesWithTactic(tag.Name).IsEmpty)
                yield return Report(tag.Span, $"'{tag.Name}' is not a tactic of {context.Name}{Hint(tag.Name, context)}");
    }

    private static string Hint(string name, LintContext context) =>
        context.Elsewhere(release => LintContext.HasTactic(release, name)) is { Length: > 0 } elsewhere ? elsewhere
        : Spelling.Hint(name, [.. context.Releases.SelectMany(release => release.Tactics).Select(tactic => tactic.ShortName).Distinct()]);
}
