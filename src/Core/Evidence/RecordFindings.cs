using Merlon.Core.Diagnostics;

namespace Merlon.Core.Evidence;

/// <summary>What is to be said about records. History is left alone: a record that a newer one has replaced may be void or old.</summary>
internal static class RecordFindings
{
    private const int NoticeDays = 30;

    public static IEnumerable<Diagnostic> Of(Validation validation, ValidationOptions options, DateOnly date) =>
    [
        .. validation.Standings.Where(standing => standing.Standing is not (Standing.Current or Standing.Expired or Standing.Void)).DistinctBy(Subject).Select(Report),
        .. OfProofs(validation, options, date),
        .. OfDuplicates(validation),
    ];

    // One finding for each file and thing that it is about.
    private static (string, Standing, string?) Subject(RecordStanding standing) => (standing.Record.Span.Path, standing.Standing, standing.Standing switch
    {
        Standing.UnknownRule => standing.Record.RuleId,
        Standing.UnknownTechnique => standing.Record.Technique.ToString(),
        _ => null,
    });

    private static IEnumerable<Diagnostic> OfProofs(Validation validation, ValidationOptions options, DateOnly date)
    {
        foreach (var proofs in validation.Standings.Where(standing => standing is { Rule: not null, Technique: not null, Record.Outcome: ValidationOutcome.Alerted, Standing: Standing.Current or Standing.Expired or Standing.Void })
            .GroupBy(standing => (standing.Rule, standing.Technique)))
        {
            var newest = proofs.OrderByDescending(standing => standing.Standing == Standing.Current).ThenByDescending(standing => standing.Record.Date).First();
            if (newest.Standing != Standing.Current)
                yield return Report(newest);
            else if (StandingReader.LastDay(newest.Record, options) is var last && date.AddDays(NoticeDays) >= last)
                yield return RecordDiagnostics.Expiring.At(newest.Record.Span, $"record of {newest.Technique} for rule {newest.Record.RuleId} holds until {last:yyyy-MM-dd} only; run its tests again before");
        }
    }

    private static IEnumerable<Diagnostic> OfDuplicates(Validation validation) => validation.Standings.Select(standing => standing.Record)
        .GroupBy(record => (record.Exercise, record.Date, record.RuleId?.ToLowerInvariant(), record.Technique, record.Test, record.Host))
        .SelectMany(same => same.Skip(1).Select(record => RecordDiagnostics.Duplicate.At(record.Span,
            $"exercise '{record.Exercise}' has a result of {record.Technique} for {(record.RuleId is null ? "no rule" : $"rule {record.RuleId}")} on this test and host already, in {same.First().Span.Path} at line {same.First().Span.Line}; keep one")));

    private static Diagnostic Report(RecordStanding standing)
    {
        var info = standing.Standing switch
        {
            Standing.Void => RecordDiagnostics.Void,
            Standing.Expired => RecordDiagnostics.Expired,
            Standing.ByHand => RecordDiagnostics.ByHand,
            Standing.Future => RecordDiagnostics.Future,
            Standing.UnknownRule => RecordDiagnostics.UnknownRule,
            _ => RecordDiagnostics.UnknownTechnique,
        };
        return info.At(standing.Record.Span, standing.Why + WayOut(standing));
    }

    /// <summary>What is to be said about a void record, with when it became that.</summary>
    /// <param name="since"><c>1a28e89f0c of 2026-11-20</c>.</param>
    public static string VoidSince(RecordStanding standing, string since) => $"{standing.Why} since {since}{WayOut(standing)}";

    private static string WayOut(RecordStanding standing) => standing.Standing switch
    {
        Standing.Void when standing.Record.Content is null => "; write that as its 'content' where the rule was the same on that day",
        Standing.Void or Standing.Expired => $"; {standing.Technique} is not validated by rule {standing.Record.RuleId} until its tests run again",
        Standing.UnknownRule or Standing.UnknownTechnique => "; correct or delete it",
        _ => ", so it does not count",
    };
}
