using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>An assessment for a terminal.</summary>
internal sealed class AssessText
{
    private const int Longest = 100;

    private readonly StringBuilder _text = new();
    private readonly Assessment _assessment;
    private readonly PublishedNames _names;
    private readonly bool _isColoured;

    private AssessText(Assessment assessment, PublishedNames names, bool isColoured) => (_assessment, _names, _isColoured) = (assessment, names, isColoured);

    /// <param name="names">What actors are called: by their names, unless it is published.</param>
    public static string Write(Assessment assessment, PublishedNames names, bool isColoured)
    {
        AssessText text = new(assessment, names, isColoured);
        text.AddHead();
        foreach (var domain in assessment.Domains)
            text.AddDomain(domain);
        return text._text.ToString();
    }

    private void AddHead()
    {
        var title = Printable.Text($"THREAT MODEL ASSESSMENT — {_names.In(_assessment.Title)}");
        _text.Append($"{Terminal.Bold(title, _isColoured)}\n{new string('━', Math.Min(Terminal.WidthOf(title), Longest))}\n");
        Line($"Date: {_assessment.Snapshot.Date:yyyy-MM-dd}          ATT&CK: {_assessment.Attack}");
        if (_assessment.Domains.IsEmpty)
        {
            Line("Threat Actors: none; write a profile below actors/, or name a group with --actors");
            return;
        }
        Line($"Threat Actors: {string.Join(", ", _assessment.Domains[0].Actors.Select(actor => _names.Of(actor.Coverage.Name)))}");
        foreach (var domain in _assessment.Domains)
            Line($"{_assessment.Heading("Techniques Total", domain)}: {domain.Total}");
        if (_assessment.Platforms is { Length: > 0 } platforms)
            Line($"Platforms: {platforms}");
        if (_assessment.Unowned is { Length: > 0 } unowned)
            Line($"Platforms nobody owns, out of scope: {unowned}");
        if (_assessment.Since is not null)
            Line($"Since {_assessment.SinceText}");
    }

    private void AddDomain(AssessedDomain domain)
    {
        Heading("DETECTION COVERAGE", domain);
        var shares = Column([_assessment.Covered(domain), _assessment.Gaps(domain)]);
        _text.Append($"Covered: {shares[0]}   {Counts(domain.Proofs)}\nGaps:    {shares[1]}   {Counts(domain.KindsOfGaps)}\n");
        if (!domain.Union.Excluded.IsEmpty)
            Line($"With what is excluded: {domain.Union.CoveredWithExclusions.WithPercent}");
        AddTactics(domain);
        AddActors(domain);
        AddTop(domain);
        Heading("INVESTMENT RECOMMENDATION", domain);
        Line(domain.Required);
        Line(domain.Improvement);
        AddChanges(domain);
    }

    private void AddTactics(AssessedDomain domain)
    {
        Heading("Tactic Coverage Breakdown", domain);
        var names = Column(domain.Tactics.Select(tactic => $"{tactic.Tactic.Name}:"));
        var counts = Column(domain.Tactics.Select(tactic => tactic.Counted));
        foreach (var (tactic, at) in domain.Tactics.Select((tactic, at) => (tactic, at)))
        {
            var floor = tactic.IsApart ? $"  {AssessParts.Apart}" : tactic.Floor is { } own ? $"  floor {own.Percent}%" : "";
            var mark = tactic.IsPriorityGap ? $" {Terminal.Colour("<-- Priority gap", Severity.Error, _isColoured)}" : "";
            _text.Append($"{names[at]} {tactic.Percent,4} {new string('█', tactic.Cells)}{new string('░', 10 - tactic.Cells)}  {(floor.Length + mark.Length == 0 ? counts[at].TrimEnd() : counts[at])}{floor}{mark}\n");
        }
        Line(domain.Floors);
    }

    private void AddActors(AssessedDomain domain)
    {
        Heading("Actor Coverage", domain);
        var names = Column(domain.Actors.Select(actor => $"{_names.Of(actor.Coverage.Name)}:"));
        foreach (var (actor, at) in domain.Actors.Select((actor, at) => (actor, at)))
            _text.Append($"{names[at]} {actor.Share}{(actor.Floor is { } floor ? $", floor {floor.Percent}%{(actor.IsBelowFloor ? " below" : "")}" : "")}\n");
    }

    private void AddTop(AssessedDomain domain)
    {
        Heading("TOP PRIORITY GAPS (30-day remediation)", domain);
        foreach (var (gap, at) in domain.Top.Take(AssessParts.ShownGaps).Select((gap, at) => (gap, at)))
        {
            Line($"{at + 1}. {gap.Technique.Id} {gap.Technique.Technique.Name} — {AssessParts.UsersOf(gap, domain, _names)}");
            Line($"   {AssessParts.DetailOf(gap, domain)}");
            if (AssessParts.ExposureOf(gap, domain) is { Length: > 0 } exposure)
                Line($"   {exposure}");
        }
        Line(domain.Top.Length switch { 0 => "none", > AssessParts.ShownGaps => $"and {domain.Top.Length - AssessParts.ShownGaps} more; --format json has all", _ => "" });
    }

    private void AddChanges(AssessedDomain domain)
    {
        if (_assessment.Since is not { } since)
            return;
        foreach (var (what, gaps) in new[] { ("GAPS CLOSED", domain.ClosedGaps), ("NEW GAPS", domain.NewGaps) })
        {
            Heading($"{what} SINCE {since.Name}", domain);
            foreach (var gap in gaps)
                Line($"{gap.Id} {gap.Technique.Name}");
            if (!gaps.Any())
                Line("none");
        }
    }

    private void Heading(string text, AssessedDomain domain) => _text.Append($"\n{Terminal.Bold($"{Printable.Text(_assessment.Heading(text, domain))}:", _isColoured)}\n");

    private void Line(string text) => _text.Append(text.Length == 0 ? "" : $"{Printable.Text(text)}\n");

    private static string Counts(IEnumerable<(string Name, Tally Number)> counts) => string.Join("  ", counts.Select(count => $"{count.Name} {count.Number.WithChange}"));

    // Padded to the widest, in cells of a terminal.
    private static string[] Column(IEnumerable<string> texts)
    {
        string[] safe = [.. texts.Select(Printable.Text)];
        var width = safe.Select(Terminal.WidthOf).DefaultIfEmpty().Max();
        return [.. safe.Select(text => text + new string(' ', width - Terminal.WidthOf(text)))];
    }
}
