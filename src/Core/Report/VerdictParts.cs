using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;

namespace Merlon.Core.Report;

/// <summary>What the outputs for people read out of a verdict.</summary>
internal static class VerdictParts
{
    extension(Verdict verdict)
    {
        /// <summary>Whether base and head come to the same.</summary>
        public bool ChangesNothing => verdict.HasBase && verdict is { Lost: [], Lowered: [], Gained: [], LastRules: [], Policy: [], Others: [] }
            && verdict.Actors.All(actor => actor.Base?.Covered == actor.Head?.Covered);

        public IEnumerable<PolicyChange> Weakened => verdict.Policy.Where(change => change.Effect == PolicyEffect.Weaker);

        /// <summary>What a line of policy hides; null for nothing.</summary>
        public Diagnostic? HiddenBy(PolicyChange change) => verdict.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Info.Id == "MRL5006" && diagnostic.Span == change.Span);

        public IEnumerable<JudgedFloor> Broken => verdict.Floors.Where(floor => !floor.Passed);

        /// <summary>Errors and warnings that no other part of the verdict tells: a requirement that is not met, a file that cannot be read, a missing base.</summary>
        public IEnumerable<Diagnostic> Apart
        {
            get
            {
                var floors = verdict.Floors.Select(floor => floor.Floor.Target.Span).ToHashSet();
                return verdict.Diagnostics.Where(diagnostic => diagnostic.Severity > Severity.Info && diagnostic.Info.Id is not ("MRL5002" or "MRL5004" or "MRL5006") && !floors.Contains(diagnostic.Span));
            }
        }

        /// <summary><c>passed</c>, or <c>failed: 2 losses, 1 floor, 1 policy change</c>.</summary>
        public string Outcome
        {
            get
            {
                if (verdict.Passed)
                    return "passed";
                string[] failures =
                [
                    .. Some(verdict.Lost.Count(loss => loss.Severity == Severity.Error), "loss", "losses"),
                    .. Some(verdict.Broken.Count(floor => floor.Severity == Severity.Error), "floor", "floors"),
                    .. Some(verdict.Diagnostics.Count(diagnostic => diagnostic is { Severity: Severity.Error, Info.Id: "MRL5006" }), "policy change", "policy changes"),
                    .. Some(verdict.Apart.Count(diagnostic => diagnostic.Severity == Severity.Error), "other finding", "other findings"),
                ];
                return failures is [] ? "failed" : $"failed: {string.Join(", ", failures)}";
            }
        }
    }

    extension(ActorChange actor)
    {
        public bool IsBelow => actor is { Head.Covered: { Total: > 0 } covered, Target: { } target } && !covered.Reaches(target.Percent);

        /// <summary><c>-1, -1.7 points</c>: in techniques and, as far as both sides have a percentage, in tenths of one; <c>new</c>, <c>gone</c>, or empty for none.</summary>
        public string Change => actor switch
        {
            { Base: null } => "new",
            { Head: null } => "gone",
            { Base.Covered: var from, Head.Covered: var to } when from == to => "",
            { Base.Covered: var from, Head.Covered: var to } => $"{Signed(to.Covered - from.Covered)}{(from.PerMille is { } before && to.PerMille is { } after ? $", {Points(after - before)} points" : "")}",
        };
    }

    extension(OtherKind kind)
    {
        /// <summary>The word in outputs.</summary>
        public string Name => kind switch
        {
            OtherKind.Release => "release",
            OtherKind.Profile => "profile",
            OtherKind.Actor => "actor",
            OtherKind.Definition => "definition",
            OtherKind.Configuration => "configuration",
            _ => "expired",
        };
    }

    extension(PolicyEffect effect)
    {
        /// <summary>The word in outputs.</summary>
        public string Name => effect switch
        {
            PolicyEffect.Weaker => "weaker",
            PolicyEffect.Stricter => "stricter",
            _ => "changed",
        };
    }

    extension(Ratio ratio)
    {
        /// <summary><c>51/56 (91.0%)</c>.</summary>
        public string WithPercent => $"{ratio} ({ratio.Percent})";
    }

    /// <summary>An actor, or a technique, with its domain where that is not the usual one.</summary>
    public static string In(string name, AttackDomain domain) => domain.Qualify(name);

    public static string NameOf(Technique technique, AttackDomain domain = AttackDomain.Enterprise) => In($"{technique.Id} {technique.Name}", domain);

    /// <summary>Losses of one technique that differ in nothing but the actor, in the order of the first of each.</summary>
    public static IEnumerable<ImmutableArray<Loss>> Together(IEnumerable<Loss> losses) => losses
        .GroupBy(loss => (loss.Technique.Id, loss.Domain, string.Join(',', loss.Platforms), (loss.From, loss.To), loss.Severity, (loss.IsAccepted, loss.IsStillCovered), KeyOf(loss.Changes)))
        .Select(group => group.ToImmutableArray());

    /// <summary>Gains of one technique that differ in nothing but the actor, in the order of the first of each.</summary>
    public static IEnumerable<ImmutableArray<Gain>> Together(IEnumerable<Gain> gains) => gains
        .GroupBy(gain => (gain.Technique.Id, gain.Domain, string.Join(',', gain.Platforms), (gain.From, gain.To), KeyOf(gain.Changes)))
        .Select(group => group.ToImmutableArray());

    public static string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");

    public static string On(ImmutableArray<string> platforms) => platforms.IsEmpty ? "" : $" on {string.Join(", ", platforms)}";

    /// <summary>What else is to say of a loss; begins with a comma.</summary>
    public static string Notes(Loss loss) => $"{(loss.IsStillCovered ? ", still covered on another platform" : "")}{(loss.IsAccepted ? ", accepted as a gap" : "")}";

    /// <summary>What a floor that does not hold was measured to, and since when, and why.</summary>
    /// <param name="actor">The name to show.</param>
    /// <param name="safe">What makes a text of others safe for where it goes.</param>
    public static string Of(JudgedFloor judged, string actor, Func<string, string> safe)
    {
        var floor = judged.Floor;
        var what = In(floor.Part is null ? actor : $"{actor}, {floor.Part}", floor.Domain);
        return $"{safe(what)}: {floor.Covered.WithPercent}, target {floor.Target.Percent}%{(judged.BelowAtBase == true ? ", below it at the base too" : "")}{(judged.Why is null ? "" : $": {safe(judged.Why)}")}";
    }

    private static string KeyOf(ImmutableArray<RuleChange> changes) =>
        string.Join('\n', changes.Select(change => $"{change.Cause} {change.Span.Path}({change.Span.Line}) {change.Detail} {change.Restore}"));

    private static IEnumerable<string> Some(int number, string one, string many) => number == 0 ? [] : [Count(number, one, many)];

    private static string Signed(int number) => number.ToString("+0;-0;0", CultureInfo.InvariantCulture);

    private static string Points(int tenths) => string.Create(CultureInfo.InvariantCulture, $"{(tenths < 0 ? "-" : tenths > 0 ? "+" : "")}{Math.Abs(tenths) / 10}.{Math.Abs(tenths) % 10}");
}
