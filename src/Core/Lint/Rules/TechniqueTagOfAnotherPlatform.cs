using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class TechniqueTagOfAnotherPlatform : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3013",
        Title = "Technique does not exist on the platform of the rule",
        Severity = Severity.Warning,
        Rationale = """
            The log source decides which platforms a rule watches (see `docs/platforms.md`); ATT&CK lists the platforms of each
            technique. Where they share none, the rule counts nowhere: the technique or the log source is wrong.
            """,
        Source = "https://attack.mitre.org/resources/attack-data-and-tools/",
    };

    public override Preset Presets => Preset.Recommended | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        if (Platforms.Watched(rule) is not { IsEmpty: false } watched)
            yield break;
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique && context.Find(tag.Technique) is { IsLive: true, Platforms: var platforms }
                && !platforms.Contains(Platforms.Pre) && !platforms.IsEmpty && !SharesAny(watched, platforms))
                yield return Report(tag.Span, $"{string.Join(" and ", watched)} rule, but {tag.Name} is {And(platforms)} only; correct the tag or the log source");
    }

    // The names alone, in most cases, before a list is made.
    private static bool SharesAny(ImmutableArray<string> watched, ImmutableArray<string> platforms) =>
        platforms.Contains(watched[0]) || !Platforms.Shared(watched, platforms).IsEmpty;

    private static string And(ImmutableArray<string> words) =>
        words is [.. var some, var last] && !some.IsEmpty ? $"{string.Join(", ", some)} and {last}" : words[0];
}
