using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnknownLogSourceKey : DocumentLintRule
{
    private static readonly string[] Keys = ["category", "product", "service", "definition"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2502",
        Title = "Unknown key in a log source",
        Severity = Severity.Warning,
        Rationale = """
            A log source is made of `category`, `product` and `service`; `definition` describes how to collect it. Other keys are
            ignored, so with a misspelt one the rule reads more events than it should.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.Kind != SigmaKind.Rule || rule.Root.Find("logsource") is not YamlMapping map)
            yield break;
        foreach (var (key, _) in map.Entries)
            if (!Keys.Contains(key.Value))
                yield return Report(key.Span, $"'{key.Value}' is not a key of a log source{Spelling.Hint(key.Value, Keys)}", FixOf(key, map));
    }

    // Another key is another log source, and other events.
    private static Fix? FixOf(YamlScalar key, YamlMapping map) =>
        key.IsAsWritten && Spelling.Nearest(key.Value, Keys) is { } meant && map.Find(meant) is null
            ? new($"Write '{meant}'", IsSafe: false, new Edit(key.SpanOf(0, key.Value.Length), meant)) : null;
}
