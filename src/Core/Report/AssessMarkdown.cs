using System.Globalization;
using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>An assessment as a page of a wiki or an issue. It is published: actors whose TLP is amber or red stand in it under their alias.</summary>
internal sealed class AssessMarkdown
{
    private readonly Assessment _assessment;
    private readonly PublishedNames _names;

    private AssessMarkdown(Assessment assessment, PublishedNames names) => (_assessment, _names) = (assessment, names);

    public static string Write(Assessment assessment, PublishedNames names)
    {
        AssessMarkdown page = new(assessment, names);
        return MarkdownPage.Write(page.Head(), [.. assessment.Domains.SelectMany(page.Sections).Where(section => !section.Rows.IsEmpty)], GateMarkdown.Longest);
    }

    private string Head()
    {
        StringBuilder head = new($"# Threat model assessment: {Text(_names.In(_assessment.Title))}\n\n");
        head.Append(CultureInfo.InvariantCulture, $"- Date: {_assessment.Snapshot.Date:yyyy-MM-dd}\n- ATT&CK: {Text(_assessment.Attack)}\n");
        if (_assessment.Domains.IsEmpty)
            return head.Append("- Threat actors: none; write a profile below actors/, or name a group with --actors\n").ToString();
        head.Append(CultureInfo.InvariantCulture, $"- Threat actors: {string.Join(", ", _assessment.Domains[0].Actors.Select(actor => Text(_names.Of(actor.Coverage.Name))))}\n");
        foreach (var domain in _assessment.Domains)
            head.Append(CultureInfo.InvariantCulture, $"- {_assessment.Heading("Techniques total", domain)}: {domain.Total}\n");
        if (_assessment.Platforms is { Length: > 0 } platforms)
            head.Append(CultureInfo.InvariantCulture, $"- Platforms: {Text(platforms)}\n");
        if (_assessment.Unowned is { Length: > 0 } unowned)
            head.Append(CultureInfo.InvariantCulture, $"- Platforms nobody owns, out of scope: {Text(unowned)}\n");
        if (_assessment.Since is not null)
            head.Append(CultureInfo.InvariantCulture, $"- Since {Text(_assessment.SinceText)}\n");
        return head.Append(CultureInfo.InvariantCulture, $"\nATT&CK®: {_assessment.Snapshot.Config.Releases[0].Copyright}\n").ToString();
    }

    private IEnumerable<MarkdownSection> Sections(AssessedDomain domain)
    {
        yield return Section("Detection coverage", domain, "| | |\n|---|---|\n", "number", "numbers", 0,
        [
            $"| Covered | {Text(_assessment.Covered(domain))} |\n", $"| Gaps | {Text(_assessment.Gaps(domain))} |\n",
            .. domain.Union.Excluded.IsEmpty ? [] : new[] { $"| With what is excluded | {domain.Union.CoveredWithExclusions.WithPercent} |\n" },
            .. domain.Proofs.Concat(domain.KindsOfGaps).Select(count => $"| {Capital(count.Name)} | {count.Number.WithChange} |\n"),
        ]);
        yield return Section("Tactics", domain, "| Tactic | Coverage | | Covered | Floor | |\n|---|---:|---|---:|---:|---|\n", "tactic", "tactics", 1, domain.Tactics.Select(Row)) with { Foot = $"\n{Text(domain.Floors)}\n" };
        yield return Section("Actors", domain, "| Actor | Covered | Floor |\n|---|---:|---:|\n", "actor", "actors", 4, domain.Actors.Select(Row));
        yield return Section("Top priority gaps (30-day remediation)", domain, "", "gap", "gaps", 2, domain.Top.Take(AssessParts.ShownGaps).Select((gap, at) =>
            string.Create(CultureInfo.InvariantCulture, $"{at + 1}. {NameOf(gap.Technique)}: {Text(AssessParts.UsersOf(gap, domain, _names))}<br>{Text(_names.In(AssessParts.DetailOf(gap, domain)))}{(AssessParts.ExposureOf(gap, domain) is { Length: > 0 } exposure ? $"<br>{Text(_names.In(exposure))}" : "")}\n")));
        yield return Section("Investment recommendation", domain, "", "line", "lines", 3, [$"- {Text(domain.Required)}\n", $"- {Text(domain.Improvement)}\n"]);
        if (_assessment.Since is not { } since)
            yield break;
        yield return Section($"Gaps closed since {since.Name}", domain, "", "gap", "gaps", 6, domain.ClosedGaps.Select(gap => $"- {NameOf(gap)}\n"));
        yield return Section($"New gaps since {since.Name}", domain, "", "gap", "gaps", 5, domain.NewGaps.Select(gap => $"- {NameOf(gap)}\n"));
    }

    private MarkdownSection Section(string title, AssessedDomain domain, string table, string one, string many, int rank, IEnumerable<string> rows) =>
        new($"\n## {Text(_assessment.Heading(title, domain))}\n\n{table}", one, many, [.. rows.Select(row => new MarkdownRow(row))]) { Rank = rank };

    private static string Row(AssessedTactic tactic)
    {
        var mark = tactic.IsApart ? AssessParts.Apart : tactic.IsPriorityGap ? "**Priority gap**" : "";
        return $"| {Text(tactic.Tactic.Name)} | {tactic.Percent} | {new string('█', tactic.Cells)}{new string('░', 10 - tactic.Cells)} | {tactic.Counted} | {(tactic.Floor is { } floor ? $"{floor.Percent}%" : "")} | {mark} |\n";
    }

    private string Row(AssessedActor actor) =>
        $"| {Text(_names.Of(actor.Coverage.Name))} | {Text(actor.Share)} | {(actor.Floor is { } floor ? $"{floor.Percent}%{(actor.IsBelowFloor ? " **below**" : "")}" : "")} |\n";

    private static string NameOf(TechniqueCoverage technique) => $"{technique.Id} {Text(technique.Technique.Name)}";

    private static string Capital(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";

    private static string Text(string text) => MarkdownText.Text(text);
}
