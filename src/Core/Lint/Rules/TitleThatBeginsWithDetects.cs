using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TitleThatBeginsWithDetects : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2438",
        Title = "Title begins with Detect",
        Severity = Severity.Warning,
        Rationale = """
            Every rule detects something: the word only pushes what it detects out of sight in a list of alerts. Begin with the
            behaviour.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-title-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.FindText("title") is not { } title)
            yield break;
        foreach (var word in (string[])["Detect ", "Detects "])
            if (title.Value.StartsWith(word, StringComparison.Ordinal))
                yield return Report(title.SpanOf(0, word.Length - 1), $"title begins with '{word.TrimEnd()}'; begin with what the rule detects",
                    TextFix.Replace(title, title.Value[word.Length..].TrimStart(), isSafe: false));
    }
}
