using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class CorrelationFileNameWithoutPrefix : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2607",
        Title = "File name of a correlation lacks its prefix",
        Severity = Severity.Warning,
        Rationale = """
            In SigmaHQ's repository the name of a file that holds a correlation, alone or with the rules that it reads, begins with
            `correlation_`, since a correlation has no log source to take a prefix from.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/tree/v2.1.0/sigmahq",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        foreach (var file in FileNames.Of(rules))
            if (FileNames.NameOf(file.Key) is var name && !name.StartsWith("correlation_", StringComparison.Ordinal) && file.Any(rule => rule.Kind == SigmaKind.Correlation))
                yield return Report(SourceSpan.StartOf(file.Key), $"'{name}' holds a correlation; name it 'correlation_{name}'");
    }
}
