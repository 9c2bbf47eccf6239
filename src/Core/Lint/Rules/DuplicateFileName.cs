using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class DuplicateFileName : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2603",
        Title = "Two files have the same name",
        Severity = Severity.Warning,
        Rationale = """
            Rules are often copied into one folder to be deployed, where a file replaces another one of the same name. Rename one of
            them, since folders do not help there.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/tree/v2.1.0/sigmahq",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        foreach (var same in FileNames.Of(rules).Select(file => file.Key).GroupBy(FileNames.NameOf, StringComparer.Ordinal))
            if (same.ToArray() is [var first, var second, ..] paths)
                foreach (var path in paths)
                    yield return Report(SourceSpan.StartOf(path), $"'{same.Key}' is also the name of {(path == first ? second : first)}; rename one of them");
    }
}
