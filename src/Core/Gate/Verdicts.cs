using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Gate;

/// <summary>Judges head, by itself or in comparison with a base.</summary>
internal static class Verdicts
{
    /// <summary>What is compared.</summary>
    /// <param name="Base">Null where there is none.</param>
    /// <param name="Policy">The lines of policy that differ.</param>
    /// <param name="AcceptsPolicy">Whether somebody has accepted what they weaken.</param>
    internal sealed record Question(ComparedTree BaseTree, Side? Base, ComparedTree HeadTree, Side Head, ImmutableArray<PolicyChange> Policy, bool AcceptsPolicy, DateOnly Date);

    public static Verdict Of(Question question)
    {
        Measurements measurements = new(question.Date);
        var (from, head) = (question.Base, question.Head);
        var fates = from is null ? null : new RuleFates(from, head);
        var causes = OtherCauses.Of(from, head, measurements);
        var coverage = measurements.Of(head, head);
        var atBase = from is null ? [] : measurements.Of(from, from);
        ImmutableArray<Floor> baseFloors = from is null ? [] : [.. atBase.SelectMany(one => Floors.Of(one, from.Policy.Targets))];
        var changes = from is null ? null : CoverageChanges.Of(from, head, head, measurements, fates!); // there with a base
        var own = Judgement.Of(head.Policy, new(coverage, changes, baseFloors, atBase, causes, Comparable(head, head)));
        var findings = own.Findings.Where(pair => pair.Finding.Info != GateDiagnostics.ClaimLost).Select(pair => pair.Finding).Concat(LossFindings.Of(own.Lost, head.Definition.Level.Name));
        if (head.Ratchet is { } ratchet && Comparable(head, head) is null)
            findings = findings.Append(GateDiagnostics.OtherDefinition.At(SourceSpan.StartOf(ratchet.Path), "the claims in this file were proved under another definition; write it again with 'merlon gate --write-baseline'"));
        if (changes is not null)
            findings = findings.Concat(changes.Lowered.GroupBy(loss => loss.From).SelectMany(group => LossFindings.Of([.. group], group.Key.Name))).Concat(changes.LastRules.Select(LossFindings.Of));
        var lost = own.Lost;
        if (from is { Policy.IsBasePolicy: true } && !question.Policy.IsEmpty)
        {
            var underBase = UnderBasePolicy(from, head, question, measurements, fates!, baseFloors, atBase, causes); // as above
            findings = findings.Concat(Weakened(own, underBase, question));
            // What head's profiles no longer have is lost all the same.
            lost = [.. lost, .. underBase.Lost.Where(loss => !lost.Any(loss.IsSame))];
        }
        return new()
        {
            Base = question.BaseTree,
            Head = question.HeadTree,
            Actors = [.. Actors(atBase, coverage, head.Policy.Targets)],
            Lost = lost,
            Lowered = changes?.Lowered ?? [],
            Gained = changes?.Gained ?? [],
            LastRules = changes?.LastRules ?? [],
            Floors = own.Floors,
            Policy = question.Policy,
            Others = causes.Changes(),
            Diagnostics = findings.InReportOrder(),
        };
    }

    // Head's rules and release under the base's profiles, definition and gate.
    private static Judgement UnderBasePolicy(
        Side baseSide, Side head, Question question, Measurements measurements, RuleFates fates, ImmutableArray<Floor> baseFloors, ImmutableArray<ProgramCoverage> atBase, OtherCauses causes)
    {
        var terms = baseSide with { Releases = head.Releases };
        return Judgement.Of(baseSide.Policy, new(measurements.Of(head, terms), CoverageChanges.Of(baseSide, head, terms, measurements, fates), baseFloors, atBase, causes, Comparable(baseSide, head)));
    }

    // Claims under another definition are no measure of this one.
    private static Ratchet? Comparable(Side policy, Side head) => policy.Ratchet?.DefinitionHash == head.DefinitionHash ? policy.Ratchet : null;

    /// <summary>The errors that the base's policy has and head's own has not, at each line that could have made the difference.</summary>
    private static IEnumerable<Diagnostic> Weakened(Judgement own, Judgement underBase, Question question)
    {
        var errors = Errors(own).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        var hidden = Errors(underBase).Where(pair => !errors.Contains(pair.Key)).Select(pair => pair.Finding).ToArray();
        return WeakenedBy(hidden, question.Policy, question.AcceptsPolicy);
    }

    /// <summary>A finding at each line that weakened the policy, for errors that only the base's policy shows.</summary>
    public static IEnumerable<Diagnostic> WeakenedBy(IReadOnlyCollection<Diagnostic> hidden, ImmutableArray<PolicyChange> policy, bool isAccepted)
    {
        if (hidden.Count == 0)
            yield break;
        // One that weakens by itself explains it; else one that can; else any: a narrower definition hides the loss of what it no longer counts.
        var lines = policy.GroupBy(change => change.Effect).MinBy(group => group.Key switch { PolicyEffect.Weaker => 0, PolicyEffect.Changed => 1, _ => 2 })?.ToArray() ?? [];
        var first = hidden.First();
        var more = hidden.Count > 1 ? $" (and {hidden.Count - 1} more)" : "";
        foreach (var line in lines)
            yield return GateDiagnostics.WeakenedPolicy.At(line.Span, $"{line.Text}; without the changed policy this fails: {first.Message}{more}; {(isAccepted ? "accepted" : "take it back, or have it accepted (--accept-policy, MerlonAcceptPolicy)")}") with
            {
                Severity = isAccepted ? Severity.Info : Severity.Error,
            };
    }

    private static IEnumerable<(string Key, Diagnostic Finding)> Errors(Judgement judgement) => judgement.Findings.Where(pair => pair.Finding.Severity == Severity.Error);

    private static IEnumerable<ActorChange> Actors(ImmutableArray<ProgramCoverage> atBase, ImmutableArray<ProgramCoverage> head, Targets targets)
    {
        foreach (var coverage in head)
        {
            var old = atBase.FirstOrDefault(one => one.Release.Domain == coverage.Release.Domain);
            var domain = coverage.Release.Domain;
            foreach (var actor in coverage.Actors)
                yield return new(actor.Name, domain, old?.Actors.FirstOrDefault(other => other.Name == actor.Name), actor, Floors.TargetOf(actor, targets));
            foreach (var gone in (old?.Actors ?? []).Where(actor => coverage.Actors.All(other => other.Name != actor.Name)))
                yield return new(gone.Name, domain, gone, null, null);
            if (coverage is { Union: { } union, Actors.Length: > 1 })
                yield return new(union.Name, domain, old?.Union, union, targets.Union);
        }
    }
}
