using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class GitHubLinkToBranch : AlertingLintRule
{
    private const string Site = "https://github.com/";

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2444",
        Title = "Reference to a file on a branch",
        Severity = Severity.Warning,
        Rationale = """
            The file on a branch changes and moves. A permalink, which has the full commit in its address, shows what the author
            saw: press `y` on the page to get it.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var item in rule.FindTexts("references"))
            if (item.Value.StartsWith(Site, StringComparison.Ordinal) && IsFile(item.Value[Site.Length..]) && !HasCommit(item.Value[Site.Length..]))
                yield return Report(item.Span, $"'{item.Value}' links to a branch, where the file can change; link to a commit");
    }

    // By its short extension: the other pages of a repository have none.
    private static bool IsFile(string path) =>
        path.LastIndexOf('.') is >= 0 and var dot && path[(dot + 1)..] is { Length: >= 1 and <= 3 } extension && extension.All(c => char.IsLetterOrDigit(c) || c == '_');

    private static bool HasCommit(string path) =>
        path.Split('/')[..^1].Any(part => part.Length == 40 && part.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c)));
}
