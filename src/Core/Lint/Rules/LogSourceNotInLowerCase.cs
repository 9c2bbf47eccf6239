using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class LogSourceNotInLowerCase : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2512",
        Title = "Log source has a capital letter or a space",
        Severity = Severity.Warning,
        Rationale = """
            Sigma writes `category`, `product` and `service` in lower case, with an underscore for a space; dots and hyphens are
            allowed. Converters compare them as written, so none of them knows the product `Windows`.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.LogSource is null || rule.Root.Find("logsource") is not YamlMapping map)
            yield break;
        foreach (var (key, value) in map.Entries)
            if (key.Value is "category" or "product" or "service" && value is YamlScalar { IsNull: false } part && Canonical(part.Value) is { Length: > 0 } meant && meant != part.Value)
                yield return Report(part.Span, $"{key.Value} '{part.Value}' must be lower case without spaces; write '{meant}'",
                    part.IsAsWritten ? new Fix($"Write '{meant}'", IsSafe: false, new Edit(part.SpanOf(0, part.Value.Length), meant)) : null);
    }

    private static string Canonical(string part) => string.Concat(part.Trim().Select(c => char.IsWhiteSpace(c) ? '_' : char.ToLowerInvariant(c)));
}
