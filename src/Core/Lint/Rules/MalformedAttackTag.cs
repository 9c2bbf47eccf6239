using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class MalformedAttackTag : DetectionLintRule
{
    private const string Namespace = "attack.";

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3004",
        Title = "Malformed ATT&CK tag",
        Severity = Severity.Error,
        Rationale = """
            Sigma writes ATT&CK tags in lower case, with a dot after the namespace and hyphens between words: `attack.t1059.001`,
            `attack.credential-access`, `attack.g0046`, `attack.s0154`, with an organisation's prefix `attack.acme-t4000`. In any other
            form, tools that compare tags as text see another tag or none.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        TagFixes? fixes = null;
        foreach (var tag in rule.AttackTags)
            if (rule.Sigma is null)
            {
                if (tag.Kind == AttackTagKind.Malformed)
                    yield return Report(tag.Span, $"'{tag.Text}' is not an id of ATT&CK; write {(Suggestion(tag.Text, context) is { } id ? $"'{id.ToUpperInvariant()}'" : "a technique such as T1059.001")}");
            }
            else if (tag.Kind == AttackTagKind.Malformed)
                // What no tool could read becomes a claim: not safe.
                yield return Suggestion(tag.Text, context) is { } meant
                    ? Report(tag.Span, $"'{Written(rule, tag)}' is not an ATT&CK tag; write '{Namespace}{meant}'", (fixes ??= new(rule)).Write(tag, [meant], isSafe: false))
                    : Report(tag.Span, $"'{Written(rule, tag)}' is not an ATT&CK tag; write a technique such as '{Namespace}t1059.001', a tactic, a group or software");
            else if (!tag.IsCanonical)
                yield return Report(tag.Span, $"'{Written(rule, tag)}' is not how Sigma writes an ATT&CK tag; write '{Namespace}{tag.Name.ToLowerInvariant()}'",
                    (fixes ??= new(rule)).Write(tag, [tag.Name.ToLowerInvariant()], isSafe: true));
    }

    // With the namespace, which only Sigma has.
    private static string Written(DetectionRule rule, AttackTag tag) => SigmaTag.Find(rule.Sigma, tag.Span)?.ToString() ?? tag.Text;

    // t1059-001, T1059001, 1059.001, ta0002 and ACME_T4000 leave no doubt what they mean.
    private static string? Suggestion(string text, LintContext context)
    {
        var hyphenated = text.Replace('_', '-').Replace(' ', '-');
        if (OrganisationPrefix.IsId(hyphenated))
            return hyphenated.ToLowerInvariant();
        var word = string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        if (context.Releases.Select(release => release.FindTactic(word)).FirstOrDefault(tactic => tactic is not null) is { } tactic)
            return tactic.ShortName;
        var digits = word.TrimStart('t');
        return digits.Length is 4 or 7 && TechniqueId.TryParse(digits.Length == 4 ? $"t{digits}" : $"t{digits[..4]}.{digits[4..]}", out var id)
            ? id.ToString().ToLowerInvariant() : null;
    }
}
