using Merlon.Core.Coverage;
using Merlon.Core.Gate;

namespace Merlon.Core.Report;

/// <summary>A verdict on one line: <c>gate: 2 losses, FIN7 71.0% -> 69.0%, base origin/main 1a2b3c4d5e</c>.</summary>
internal static class VerdictSummary
{
    public static string Write(Verdict verdict)
    {
        if (!verdict.HasBase)
            return "gate: no base to compare with";
        if (verdict.ChangesNothing)
            return Printable.Text($"gate: no change against {verdict.Base.ShortName}");
        List<string> parts = [];
        Add(verdict.Lost.Length, "loss", "losses");
        Add(verdict.Gained.Length, "gain", "gains");
        Add(verdict.Weakened.Count(), "weaker line of policy", "weaker lines of policy");
        if (MostMoved(verdict) is { Base: { } from, Head: { } to } actor)
        {
            var others = verdict.Actors.Count(other => other != actor && IsMoved(other));
            parts.Add($"{VerdictParts.In(actor.Name, actor.Domain)} {from.Covered.Percent} -> {to.Covered.Percent}{(others == 0 ? "" : $" and {VerdictParts.Count(others, "other", "others")}")}");
        }
        parts.Add($"base {verdict.Base.ShortName}");
        return Printable.Text($"gate: {string.Join(", ", parts)}");

        void Add(int number, string one, string many)
        {
            if (number > 0)
                parts.Add(VerdictParts.Count(number, one, many));
        }
    }

    // The one that fell the most, or else rose the most.
    private static ActorChange? MostMoved(Verdict verdict)
    {
        var moved = verdict.Actors.Where(IsMoved).ToArray();
        return moved.Where(actor => MoveOf(actor) < 0).MinBy(MoveOf) ?? moved.MaxBy(MoveOf);
    }

    private static bool IsMoved(ActorChange actor) => actor is { Base.Covered: { Total: > 0 } from, Head.Covered: { Total: > 0 } to } && from != to;

    private static int MoveOf(ActorChange actor) => PerMille(actor.Head) - PerMille(actor.Base);

    private static int PerMille(ActorCoverage? coverage) => coverage?.Covered.PerMille ?? 0;
}
