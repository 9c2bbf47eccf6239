using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class FileNameOfAnotherLogSource : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2606",
        Title = "File name lacks the prefix of its log source",
        Severity = Severity.Warning,
        Rationale = """
            In SigmaHQ's repository a file name begins with the log source, such as `proc_creation_win_`, so that rules of one log
            source are listed together. A log source without a prefix of its own takes that of its product. Files that hold a
            correlation and its rules have other names.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/tree/v2.1.0/sigmahq",
    };

    public override Preset Presets => Preset.Strict;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        foreach (var file in FileNames.Of(rules).Where(file => file.All(rule => rule.Kind == SigmaKind.Rule)))
            foreach (var rule in file)
                if (rule.LogSource is { } source && FileNamePrefixes.Find(source) is { } prefix && !FileNames.NameOf(file.Key).StartsWith(prefix, StringComparison.Ordinal))
                    yield return Report(SourceSpan.StartOf(file.Key), $"'{FileNames.NameOf(file.Key)}' holds a rule of {source}; begin the name with '{prefix}'");
    }
}
