using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sources;

namespace Merlon.Core.Gate;

/// <summary>Findings about tags and coverage that one side lets be and the other does not: by comments in rule files, and by the baseline of lint.</summary>
internal static class SuppressionChanges
{
    /// <summary>Compares the comments of a rule with those that it had, wherever in the rule and its file they stand.</summary>
    /// <param name="catalog">Every id that exists.</param>
    public static ImmutableArray<PolicyChange> OfComments(RuleSet atBase, RuleSet atHead, IReadOnlyCollection<DiagnosticInfo> catalog)
    {
        var (from, to) = (Written(atBase, catalog), Written(atHead, catalog));
        return PolicyChanges.InOrder(Surplus(to, from).Select(one => new PolicyChange(one.Span, KeyOf(one), null, $"{one.Word} {one.Ids}", PolicyEffect.Weaker))
            .Concat(Surplus(from, to).Select(one => new PolicyChange(one.Span, KeyOf(one), $"{one.Word} {one.Ids}", null, PolicyEffect.Stricter))));

        static string KeyOf(WrittenSuppression one) => $"suppression of {one.Ids}";
    }

    /// <summary>Compares what two baselines accept. A rule that moved to another file is the rule that it was.</summary>
    /// <param name="atBase">Null for none.</param>
    /// <param name="atHead">Null for none.</param>
    public static ImmutableArray<PolicyChange> OfBaselines(Baseline? atBase, Baseline? atHead)
    {
        var (from, to) = (Entries(atBase), Entries(atHead));
        List<PolicyChange> changes = [];
        foreach (var key in from.Keys.Union(to.Keys))
        {
            var (before, after) = (from.GetValueOrDefault(key), to.GetValueOrDefault(key));
            if (before.Count != after.Count)
                changes.Add(new(after.Count > 0 ? after.Span : before.Span, $"lint.baseline: {key.Id} {(after.Count > 0 ? after.Path : before.Path)}",
                    TextOf(before.Count), TextOf(after.Count), before.Count < after.Count ? PolicyEffect.Weaker : PolicyEffect.Stricter));
        }
        return PolicyChanges.InOrder(changes);
    }

    private static WrittenSuppression[] Written(RuleSet rules, IReadOnlyCollection<DiagnosticInfo> catalog) =>
        [.. Suppressions.Read(rules, catalog).Written(rules).Where(one => SeverityPolicy.IsPolicy(one.Ids))];

    // Those beyond the number that the others have of the same: the last ones, because which of them is new cannot be told.
    private static IEnumerable<WrittenSuppression> Surplus(WrittenSuppression[] of, WrittenSuppression[] others)
    {
        var known = others.CountBy(What).ToDictionary();
        return of.GroupBy(What).SelectMany(group => group.Skip(known.GetValueOrDefault(group.Key)));

        static (string Ids, string Word, string Where) What(WrittenSuppression one) => (one.Ids, one.Word, Where(one.RuleId, one.Span.Path));
    }

    private static Dictionary<(string Id, string Where, string Message), (long Count, string Path, SourceSpan Span)> Entries(Baseline? baseline) =>
        (baseline?.Entries ?? []).Where(entry => SeverityPolicy.IsPolicy(entry.Key.Id))
        .GroupBy(entry => (entry.Key.Id, Where(entry.Key.Rule, entry.Key.Path), entry.Key.Message))
        .ToDictionary(group => group.Key, group => (group.Sum(entry => (long)entry.Count), group.First().Key.Path, group.First().Span));

    // A rule is its id; without one, its path.
    private static string Where(string? ruleId, string path) => string.IsNullOrEmpty(ruleId) ? $"path {path}" : $"id {ruleId}";

    private static string? TextOf(long count) => count == 0 ? null : count.ToString(CultureInfo.InvariantCulture);
}
