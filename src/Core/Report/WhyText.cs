using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;

namespace Merlon.Core.Report;

/// <summary>The answer of <c>merlon why</c> for people.</summary>
internal static class WhyText
{
    public static string Write(Why why)
    {
        StringBuilder text = new();
        var technique = why.Technique;
        text.Append($"{technique.Id} {Printable.Text($"{technique.Name} (ATT&CK {why.Release.Name}{(why.Release.Domain == AttackDomain.Enterprise ? "" : $" {why.Release.Domain.Name}")}; {string.Join(", ", technique.Tactics)}; {string.Join(", ", technique.Platforms)})")}{(technique.IsLive ? "" : ", no longer maintained")}\n");
        text.Append(why.Users.IsEmpty ? "used by none of the actors\n" : "used by\n");
        foreach (var (actor, coverage) in why.Users)
            text.Append($"  {Printable.Text(actor.Name)} (from {string.Join(", ", coverage.Scoped.Listed.Sources)}): {Printable.Text(StateOf(actor, coverage))}\n");
        if (!why.Exposed.IsEmpty)
            text.Append($"exposes {Printable.Text(Exposure.TextOf(why.Exposed))}\n");
        text.Append(why.Claims.IsEmpty ? "no rule is tagged with it, its parent or a sub-technique\n" : "rules\n");
        foreach (var claim in why.Claims)
        {
            text.Append($"  {claim.Level.Name,-10} {claim.Tag.Name,-9} {Printable.Text(claim.Rule.Span.Path)}({claim.Tag.Span.Line},{claim.Tag.Span.Column}) {Printable.Text(RuleName.Of(claim.Rule))}\n");
            var note = claim.Lacks?.Text ?? Watched(claim);
            if (note is not null)
                text.Append($"             {Printable.Text(note)}\n");
        }
        foreach (var remedy in why.Remedies)
            text.Append($"would raise it: {Printable.Text(remedy.Lack)}{(remedy.Opens.IsEmpty ? "" : $"; ending that would open {string.Join(", ", remedy.Opens)} too")}\n");
        if (why.LogSources.Length > 0)
            text.Append($"analytics of the release read\n{string.Concat(why.LogSources.Select(source => $"  {Printable.Text(source)}\n"))}");
        return text.ToString();
    }

    private static string? Watched(Claim claim)
    {
        var parts = new[] { claim.Platforms.IsEmpty ? null : $"on {string.Join(", ", claim.Platforms)}", claim.Next?.Text }.OfType<string>().ToArray();
        return parts.Length == 0 ? null : string.Join("; ", parts);
    }

    public static string StateOf(ActorCoverage actor, TechniqueCoverage coverage) =>
        coverage.Scoped.Accepted is { } accepted && !coverage.IsCovered ? $"{coverage.Level.Name}, accepted: {accepted.Reason}"
        : actor.Excluded.Contains(coverage) ? $"{coverage.Level.Name}, excluded"
        : coverage.Partial is { } partial ? $"partial, {partial.Covered} of {partial.Of} sub-techniques"
        : coverage.Platforms.IsEmpty ? coverage.Level.Name : $"{coverage.Level.Name} on {string.Join(", ", coverage.Platforms)}{Missing(coverage)}";

    private static string Missing(TechniqueCoverage coverage)
    {
        var missing = coverage.Scoped.Platforms.Except(coverage.Platforms).ToArray();
        return missing.Length == 0 ? "" : $", not on {string.Join(", ", missing)}";
    }
}
