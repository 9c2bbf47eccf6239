using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class AliasWithoutEffect : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2708",
        Title = "Alias does not fit the rules of its correlation",
        Severity = Severity.Warning,
        Rationale = """
            An alias gives one name to a field that each rule calls something else, so that events can be grouped by it. It maps to
            a field of every rule that the correlation reads and of no other rule, and is used in `group-by` or as the `field` of
            the condition. Events of a rule that the alias leaves out are in no group.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-correlation-rules-specification.md",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        if (rule.Sigma?.Correlation is not { Aliases: { IsEmpty: false } aliases } correlation)
            yield break;
        var listed = correlation.Rules.Select(rule => rule.Value).Concat(rule.Reads.SelectMany(Names)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var used = correlation.GroupBy.Concat(correlation.Condition?.Fields ?? []).Select(field => field.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var alias in aliases)
        {
            if (!used.Contains(alias.Name.Value))
                yield return Report(alias.Name.Span, $"nothing uses alias '{alias.Name}'; add it to group-by, or remove it");
            foreach (var field in alias.Fields)
                if (!listed.Contains(field.Rule.Value))
                    yield return Report(field.Rule.Span, $"'{field.Rule}' is not among the rules of this correlation{Spelling.Hint(field.Rule.Value, [.. correlation.Rules.Select(rule => rule.Value)])}");
            var named = alias.Fields.Select(field => field.Rule.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var read in rule.Reads)
                if (named.Count > 0 && !Names(read).Any(named.Contains))
                    yield return Report(alias.Name.Span, $"alias '{alias.Name}' names no field of '{read.Sigma?.Name?.Value ?? read.Title}'; add one, or its events are in no group");
        }
    }

    private static IEnumerable<string> Names(DetectionRule rule) => new[] { rule.Id, rule.Sigma?.Name?.Value }.OfType<string>();
}
