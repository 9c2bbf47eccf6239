using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnknownTechniqueTag : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3001",
        Title = "Tag names an unknown technique",
        Severity = Severity.Error,
        Rationale = """
            A technique that the pinned release of ATT&CK does not have covers nothing: no layer, report or gate can count it. Its
            id is mistyped, or comes from another release. Techniques of an organisation, such as ACME-T4000, are known when a bundle
            of `attack.bundles` has them.
            """,
        Source = "https://attack.mitre.org/resources/updates/",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique && context.Find(tag.Technique) is null)
                yield return Report(tag.Span, $"{tag.Name} is not a technique of {context.Name}{Hint(tag.Technique, context)}");
    }

    private static string Hint(TechniqueId id, LintContext context) =>
        context.Elsewhere(release => release.Find(id) is not null) is { Length: > 0 } elsewhere ? elsewhere
        : id.Prefix is { } prefix ? OwnHint(id, prefix, context)
        : id.IsSubTechnique && context.Find(id.Parent) is { } parent ? $"; its parent {parent.Id} is, so look for the sub-technique there"
        : "; correct the id or remove the tag";

    private static string OwnHint(TechniqueId id, string prefix, LintContext context)
    {
        string[] prefixes = [.. context.Releases.SelectMany(release => release.Prefixes).Distinct()];
        if (prefixes.Contains(prefix))
            return context.Releases.SelectMany(release => release.Techniques).Where(technique => technique.Id.Prefix == prefix).Select(technique => $"{technique.Id}").Distinct().ToArray() is var own
                && Spelling.Nearest($"{id}", own) is { } nearest ? $"; did you mean '{nearest}'?" : "; correct the id or remove the tag";
        var meant = prefixes.Select(known => id with { Prefix = known }).Prepend(id with { Prefix = null }).Where(other => context.Find(other) is not null).Select(other => $"{other}").ToArray();
        return $", and no bundle of 'attack.bundles' has an id with '{prefix}'{(meant.Length > 0 ? $"; did you mean {Spelling.OneOf(meant)}?" : "")}";
    }
}
