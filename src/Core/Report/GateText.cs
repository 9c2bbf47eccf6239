using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>A verdict for people. What there is nothing to say of has no heading.</summary>
internal sealed class GateText
{
    private readonly StringBuilder _text = new();
    private readonly bool _isColoured;

    private GateText(bool isColoured) => _isColoured = isColoured;

    public static string Write(Verdict verdict, bool isColoured)
    {
        GateText text = new(isColoured);
        text.Line(0, verdict.Compared);
        if (verdict.ChangesNothing)
            text.Line(0, "no change in coverage");
        text.AddPolicy("policy weakened", verdict, verdict.Weakened);
        text.AddLosses("lost", verdict.Lost);
        text.AddLosses("lowered", verdict.Lowered);
        text.AddGains("gained", verdict.Gained.Where(gain => !gain.IsByTagOnly));
        text.AddGains("gained by tag only", verdict.Gained.Where(gain => gain.IsByTagOnly));
        text.AddLastRules(verdict.LastRules);
        text.AddOthers(verdict.Others);
        text.AddPolicy("other lines of policy", verdict, verdict.Policy.Where(change => change.Effect != PolicyEffect.Weaker));
        text._text.Append($"\n{GateTable.Write(verdict, isColoured)}");
        text.AddFloors(verdict.Broken);
        text.AddFindings(verdict.Apart);
        text._text.Append($"\n{Terminal.Colour(verdict.Outcome, verdict.Passed ? Severity.Info : Severity.Error, isColoured)}\n");
        return text._text.ToString();
    }

    private void AddPolicy(string heading, Verdict verdict, IEnumerable<PolicyChange> changes) => Add(heading, changes, change =>
    {
        if (verdict.HiddenBy(change) is { } finding)
            Line(1, finding.Severity, $"{Place(change.Span)}: {finding.Message}");
        else
            Line(1, $"{Place(change.Span)}: {change.Key}: {change.Base ?? "(none)"} -> {change.Head ?? "(none)"}");
    });

    private void AddLosses(string heading, ImmutableArray<Loss> losses)
    {
        var technique = "";
        Add(heading, VerdictParts.Together(losses), group =>
        {
            var loss = group[0];
            AddTechnique(ref technique, VerdictParts.NameOf(loss.Technique, loss.Domain));
            Line(2, loss.Severity, $"{string.Join(", ", group.Select(one => one.Actor))}{VerdictParts.On(loss.Platforms)}: {loss.From.Name} -> {loss.To.Name}{VerdictParts.Notes(loss)}");
            AddChanges(loss.Changes);
            if (loss.Restore.Length > 0)
                Line(3, $"restore: {loss.Restore}");
        });
    }

    private void AddGains(string heading, IEnumerable<Gain> gains)
    {
        var technique = "";
        Add(heading, VerdictParts.Together(gains), group =>
        {
            var gain = group[0];
            AddTechnique(ref technique, VerdictParts.NameOf(gain.Technique, gain.Domain));
            Line(2, $"{string.Join(", ", group.Select(one => one.Actor))}{VerdictParts.On(gain.Platforms)}: {gain.From.Name} -> {gain.To.Name}");
            AddChanges(gain.Changes);
        });
    }

    private void AddLastRules(IEnumerable<LastRule> rules) => Add("left with one rule", rules, last =>
    {
        Line(1, $"{VerdictParts.NameOf(last.Technique)}{VerdictParts.On(last.Platforms)}: {Rule(last.Rule, last.Span)}; used by {string.Join(", ", last.Actors)}");
        AddChanges(last.Changes);
    });

    private void AddOthers(IEnumerable<OtherChange> changes) => Add("other changes", changes, change =>
        Line(1, $"{string.Join(", ", new[] { change.Kind.Name, change.Actor, change.Technique?.ToString() }.OfType<string>())}: {change.Detail}"));

    private void AddFloors(IEnumerable<JudgedFloor> floors) => Add("below target", floors, floor => Line(1, floor.Severity, VerdictParts.Of(floor, floor.Floor.Actor, text => text)));

    private void AddFindings(IEnumerable<Diagnostic> diagnostics) => Add("other findings", diagnostics, diagnostic =>
        Line(1, diagnostic.Severity, $"{diagnostic.Info.Id}: {diagnostic.Message}{(diagnostic.Span.Path.Length == 0 ? "" : $" ({Place(diagnostic.Span)})")}"));

    private void AddTechnique(ref string last, string technique)
    {
        if (last != technique)
            Line(1, technique);
        last = technique;
    }

    private void AddChanges(ImmutableArray<RuleChange> changes)
    {
        foreach (var change in changes)
            Line(3, change.Rule is { } rule ? $"{Rule(rule, change.Span)} {change.Cause.Name}: {change.Detail}" : change.Detail);
    }

    private void Add<T>(string heading, IEnumerable<T> items, Action<T> write)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            if (isFirst)
                _text.Append($"\n{Terminal.Bold(heading, _isColoured)}\n");
            isFirst = false;
            write(item);
        }
    }

    // The whole of a line is made safe at once: what is harmless alone may not be beside another.
    private void Line(int depth, string text) => _text.Append(' ', 2 * depth).Append($"{Printable.Text(text)}\n");

    private void Line(int depth, Severity severity, string text) => _text.Append(' ', 2 * depth).Append($"{Terminal.Colour(severity.Name, severity, _isColoured)}: {Printable.Text(text)}\n");

    // A rule without a title is called by its path.
    private static string Rule(DetectionRule rule, SourceSpan span) => rule.Title == span.Path ? Place(span) : $"{Place(span)} '{RuleName.Of(rule)}'";

    private static string Place(SourceSpan span) => $"{span.Path}:{span.Line}";
}
