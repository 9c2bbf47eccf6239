using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint;

/// <summary>Findings about what lets other findings be.</summary>
internal static class LintDiagnostics
{
    private const string Page = "docs/lint.md";

    public static DiagnosticInfo UnusedSuppression { get; } = new()
    {
        Id = "MRL8101",
        Title = "Unused suppression",
        Severity = Severity.Warning,
        Rationale = """
            The comment suppresses nothing that is reported today. Left in place it would hide the next finding of that id, which
            nobody has looked at. Remove it.
            """,
        Source = Page,
    };

    public static DiagnosticInfo BadSuppression { get; } = new()
    {
        Id = "MRL8102",
        Title = "Suppression cannot be read",
        Severity = Severity.Error,
        Rationale = """
            A suppression names ids or areas that exist and says why:
            `# merlon-disable-next-line MRL2301 -- the parameter really has two stars`. One that does not suppresses nothing.
            Findings that a file cannot be read or counted, and findings about configuration, cannot be suppressed.
            """,
        Source = Page,
    };

    public static DiagnosticInfo StaleBaseline { get; } = new()
    {
        Id = "MRL8103",
        Title = "Baseline has entries that no longer occur",
        Severity = Severity.Info,
        Rationale = """
            An accepted finding has been fixed. While its entry stays, the same finding could come back unseen. `merlon lint
            --write-baseline` rewrites the file.
            """,
        Source = Page,
    };

    public static DiagnosticInfo UnknownException { get; } = new()
    {
        Id = "MRL8104",
        Title = "Exception for a rule that does not exist",
        Severity = Severity.Info,
        Rationale = """
            `lint.except` names the id of a rule that is not among the rules that `merlon.yml` reads. The rule was removed
            or has another id; remove the exception or correct it.
            """,
        Source = "docs/configuration.md",
    };

    public static DiagnosticInfo UnknownValidator { get; } = new()
    {
        Id = "MRL8105",
        Title = "Validator of sigma-cli without a counterpart",
        Severity = Severity.Warning,
        Rationale = """
            `merlon init --from` reads the names of the validators that pySigma and SigmaHQ publish. Any other name is misspelt or
            belongs to a plugin; it is kept as a comment in the written file.
            """,
        Source = "docs/pysigma.md",
    };

    public static DiagnosticInfo BadBaseline { get; } = new()
    {
        Id = "MRL8106",
        Title = "Baseline cannot be read",
        Severity = Severity.Error,
        Rationale = """
            A damaged baseline is not used at all, because half of one would accept other findings than those that were reviewed.
            Resolve a merge conflict by keeping each line once, or rewrite the file with `merlon lint --write-baseline`.
            """,
        Source = Page,
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } = [UnusedSuppression, BadSuppression, StaleBaseline, UnknownException, UnknownValidator, BadBaseline];

    /// <summary>Whether one rule can be spared findings of an id or area: of what is found in a rule, never that it can't be read or counted.</summary>
    public static bool MayBeSpared(string idOrArea) => idOrArea is ['M', 'R', 'L', '2' or '3', ..];
}
