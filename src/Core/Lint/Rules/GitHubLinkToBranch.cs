using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using System.Text.RegularExpressions;

namespace Merlon.Core.Lint.Rules;

internal sealed partial class GitHubLinkToBranch : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2444",
        Title = "Reference to a file on a branch",
        Severity = Severity.Info,
        Rationale = """
            What a branch shows changes, and moves. A permalink, which has the full commit in its address, shows what the
            author saw: press `y` on the page to get it.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.Kind == SigmaKind.Filter)
            yield break;
        foreach (var item in rule.FindTexts("references"))
            if (File().IsMatch(item.Value) && !Commit().IsMatch(item.Value))
                yield return Report(item.Span, $"'{item.Value}' shows a file as its branch has it today; link to it at a commit");
    }

    // What has the short extension of a file: pages of a repository have none.
    [GeneratedRegex(@"^https://github.com/.*\.\w{1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex File();

    [GeneratedRegex(@"^.*/[0-9a-z]{40}/", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();
}
