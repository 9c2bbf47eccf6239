using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Gate;

/// <summary>Puts losses into words.</summary>
internal static class LossFindings
{
    private const int MaxChanges = 3;

    /// <summary>One finding for each technique that the same rules lost on the same platforms, for all actors that use it.</summary>
    public static IEnumerable<Diagnostic> Of(ImmutableArray<Loss> losses, string proof) => losses
        .GroupBy(loss => (loss.Domain, loss.Technique.Id, string.Join(',', loss.Platforms), string.Join(',', loss.Changes.Select(change => $"{change.Span.Path}:{change.Span.Line} {change.Cause}"))))
        .Select(group => ToFinding([.. group], proof));

    public static Diagnostic Of(Loss loss, string proof) => ToFinding([loss], proof);

    private static Diagnostic ToFinding(Loss[] losses, string proof)
    {
        var first = losses.MaxBy(loss => loss.Severity)!; // a group has one
        var where = first.Platforms.IsEmpty ? "" : $" on {string.Join(", ", first.Platforms)}";
        var still = first.IsStillCovered ? ", though it still is elsewhere" : "";
        var accepted = first.IsAccepted ? " (accepted)" : "";
        return GateDiagnostics.ClaimLost.At(first.Span,
            $"{first.Technique.Id} {first.Technique.Name} is no longer {proof}{where}{still} for {string.Join(", ", losses.Select(loss => loss.Actor))}{accepted}: {string.Join("; ", Changes(first.Changes))}; to restore it, {first.Restore}") with
        {
            Severity = first.Severity,
        };
    }

    public static IEnumerable<string> Changes(ImmutableArray<RuleChange> changes)
    {
        foreach (var change in changes.Take(MaxChanges))
            yield return change.Rule is { } rule ? $"'{rule.Title}' {change.Cause.Name} ({change.Detail})" : change.Detail;
        if (changes.Length > MaxChanges)
            yield return $"{changes.Length - MaxChanges} more rules";
    }

    public static Diagnostic Of(LastRule last) => GateDiagnostics.LastRule.At(last.Span,
        $"'{last.Rule.Title}' is now the only rule for {last.Technique.Id} {last.Technique.Name} on {string.Join(", ", last.Platforms)}: {string.Join("; ", Changes(last.Changes))}");
}
