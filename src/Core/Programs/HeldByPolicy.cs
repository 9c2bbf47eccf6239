using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Lint;

namespace Merlon.Core.Programs;

/// <summary>Errors about tags and coverage that head holds back by severities, comments and a baseline that the base does not have.</summary>
internal static class HeldByPolicy
{
    private const string Suppression = "suppression of ";

    /// <param name="raw">What was found at head, with the severities of the checks.</param>
    /// <param name="reported">What head reports of it.</param>
    /// <returns>A finding at each line that holds something back.</returns>
    public static IEnumerable<Diagnostic> Find(IReadOnlyCollection<Diagnostic> raw, ImmutableArray<Diagnostic> reported, Comparison comparison, Snapshot head, bool isAccepted)
    {
        var lines = comparison.Verdict.Policy.Where(change => change.Effect != PolicyEffect.Stricter && IsOfFindings(change.Key)).ToArray();
        if (comparison.Base is not { Config: { Gate.IsBasePolicy: true, Lint: var lint } } from || lines.Length == 0)
            return [];
        var errors = lint.Apply(raw).Concat(Linter.Check(head.Rules, new(head.Config.Releases) { Date = head.Date }, lint))
            .Where(diagnostic => diagnostic.Severity == Severity.Error && SeverityPolicy.IsPolicy(diagnostic.Info.Id) && !IsSpared(diagnostic, lint, head)).ToArray();
        // What a comment held back at the base, it may hold back.
        var free = Suppressions.Read(head.Rules, DiagnosticCatalog.All).Apply(errors, isPartial: true).ToHashSet();
        var shown = reported.Where(diagnostic => diagnostic is { IsAccepted: false, Severity: Severity.Error }).Select(Key).ToHashSet();
        var accepted = reported.Where(diagnostic => diagnostic.IsAccepted).Select(Key).ToHashSet();
        var hidden = errors.Where(error => !shown.Contains(Key(error)) && lines.Any(line => Holds(line, error, free.Contains(error), accepted.Contains(Key(error))))).ToArray();
        return Verdicts.WeakenedBy(hidden, [.. lines.Where(line => hidden.Any(error => Holds(line, error, free.Contains(error), accepted.Contains(Key(error)))))], isAccepted);
    }

    private static bool IsOfFindings(string key) => key.StartsWith("lint.", StringComparison.Ordinal) || key.StartsWith(Suppression, StringComparison.Ordinal);

    private static bool Holds(PolicyChange line, Diagnostic error, bool isFree, bool isAccepted) =>
        line.Key.StartsWith(Suppression, StringComparison.Ordinal) ? !isFree && line.Span.Path == error.Span.Path && SeverityOverride.CoversId(line.Key[Suppression.Length..], error.Info.Id)
        : line.Key.StartsWith("lint.baseline", StringComparison.Ordinal) ? isAccepted && (!line.Key.Contains(": ", StringComparison.Ordinal) || line.Key.Contains(error.Info.Id, StringComparison.Ordinal))
        : isFree && !isAccepted;

    private static bool IsSpared(Diagnostic diagnostic, LintOptions lint, Snapshot head) => head.Rules.FindDocument(diagnostic.Span)?.Id is { } id
        && lint.Exceptions.Any(exception => exception.RuleId.Equals(id.Value, StringComparison.OrdinalIgnoreCase) && SeverityOverride.CoversId(exception.Ids, diagnostic.Info.Id));

    private static (string, SourceSpan, string) Key(Diagnostic diagnostic) => (diagnostic.Info.Id, diagnostic.Span, diagnostic.Message);
}
