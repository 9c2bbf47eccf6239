using System.Globalization;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>An assessment as one page for a browser and for paper. It is published: actors whose TLP is amber or red stand in it under their alias.</summary>
internal sealed class AssessHtml
{
    private readonly Assessment _assessment;
    private readonly PublishedNames _names;
    private readonly HtmlPage _page;

    private AssessHtml(Assessment assessment, PublishedNames names, HtmlPage page) => (_assessment, _names, _page) = (assessment, names, page);

    public static string Write(Assessment assessment, PublishedNames names)
    {
        var title = names.In(assessment.Title);
        using HtmlPage page = new($"Threat model assessment: {title}", AssessStyle.Css);
        AssessHtml html = new(assessment, names, page);
        page.Open("main");
        html.WriteHead(title);
        foreach (var domain in assessment.Domains)
            html.WriteDomain(domain);
        page.Open("footer");
        page.Element("p", $"ATT&CK®: {assessment.Snapshot.Config.Releases[0].Copyright}");
        page.Element("p", $"merlon {JsonReport.Version}, definition {assessment.Snapshot.DefinitionHash}. A percentage is an integer over an integer, rounded down; a technique of two tactics counts in both bars and once in the total.");
        page.Close();
        page.Close();
        return page.End();
    }

    private void WriteHead(string title)
    {
        _page.Open("header");
        _page.Element("p", "Threat model assessment", ("class", "kind"));
        _page.Element("h1", title);
        _page.Open("dl");
        Fact("Date", $"{_assessment.Snapshot.Date:yyyy-MM-dd}");
        Fact("ATT&CK", _assessment.Attack);
        Fact("Threat actors", _assessment.Domains.IsEmpty ? "none; write a profile below actors/, or name a group with --actors" : string.Join(", ", _assessment.Domains[0].Actors.Select(actor => _names.Of(actor.Coverage.Name))));
        foreach (var domain in _assessment.Domains)
            Fact(_assessment.Heading("Techniques total", domain), domain.Total);
        if (_assessment.Platforms is { Length: > 0 } platforms)
            Fact("Platforms", platforms);
        if (_assessment.Unowned is { Length: > 0 } unowned)
            Fact("Platforms nobody owns, out of scope", unowned);
        if (_assessment.Since is not null)
            Fact("Since", _assessment.SinceText);
        _page.Close();
        _page.Close();
    }

    private void WriteDomain(AssessedDomain domain)
    {
        WriteNumbers(domain);
        WriteTactics(domain);
        WriteActors(domain);
        WriteTop(domain);
        Section("Investment recommendation", domain);
        _page.Element("p", domain.Required);
        _page.Element("p", domain.Improvement);
        _page.Close();
        WriteChanges(domain);
    }

    private void WriteNumbers(AssessedDomain domain)
    {
        Section("Detection coverage", domain);
        _page.Open("div", ("class", "cards"));
        Card("Covered", domain.Count(union => union.Covered.Covered), domain);
        Card("Gaps", domain.Count(union => union.Gaps.Count()), domain);
        foreach (var (name, number) in domain.Proofs.Concat(domain.KindsOfGaps))
            Card(name, number.Now.ToString(CultureInfo.InvariantCulture), number.Change is null ? "" : $"{number.Signed} since {_assessment.Since!.Name}"); // it is compared
        _page.Close();
        if (!domain.Union.Excluded.IsEmpty)
            _page.Element("p", $"With what is excluded: {domain.Union.CoveredWithExclusions.WithPercent}");
        _page.Close();
    }

    private void WriteTactics(AssessedDomain domain)
    {
        Section("Coverage by tactic", domain);
        Table("tactics", _assessment.Heading("Coverage by tactic", domain), "Tactic", "Coverage", "", "Covered", "Floor", "Remark");
        foreach (var tactic in domain.Tactics)
        {
            _page.Open("tr", tactic.IsPriorityGap ? [("class", "priority")] : tactic.IsApart ? [("class", "apart")] : []);
            _page.Element("th", tactic.Tactic.Name, ("scope", "row"));
            _page.Element("td", tactic.Percent, ("class", "number"));
            _page.Open("td", ("class", "cell"));
            _page.Open("div", ("class", "bar"), ("aria-hidden", "true"));
            _page.Element("div", "", ("class", string.Create(CultureInfo.InvariantCulture, $"fill b{tactic.Cells}")));
            _page.Close();
            _page.Close();
            _page.Element("td", tactic.Counted, ("class", "number"));
            _page.Element("td", tactic.Floor is { } floor ? $"{floor.Percent}%" : "", ("class", "number"));
            _page.Element("td", tactic.IsApart ? AssessParts.Apart : tactic.IsPriorityGap ? "Priority gap" : tactic.IsBelowFloor ? "below floor" : "", ("class", "mark"));
            _page.Close();
        }
        EndTable();
        _page.Element("p", domain.Floors, ("class", "dim"));
        _page.Close();
    }

    private void WriteActors(AssessedDomain domain)
    {
        Section("Coverage by actor", domain);
        Table("actors", _assessment.Heading("Coverage by actor", domain), "Actor", "Covered", "Floor");
        foreach (var actor in domain.Actors)
        {
            _page.Open("tr", actor.IsBelowFloor ? [("class", "priority")] : []);
            _page.Element("th", _names.Of(actor.Coverage.Name), ("scope", "row"));
            _page.Element("td", actor.Share, ("class", "number"));
            _page.Element("td", actor.Floor is { } floor ? $"{floor.Percent}%{(actor.IsBelowFloor ? ", below" : "")}" : "", ("class", "number"));
            _page.Close();
        }
        EndTable();
        _page.Close();
    }

    private void WriteTop(AssessedDomain domain)
    {
        Section("Top priority gaps (30-day remediation)", domain);
        if (domain.Top.IsEmpty)
            _page.Element("p", "None.");
        else
        {
            _page.Open("ol", ("class", "gaps"));
            foreach (var gap in domain.Top.Take(AssessParts.ShownGaps))
            {
                _page.Open("li");
                _page.Element("strong", $"{gap.Technique.Id} {gap.Technique.Technique.Name}");
                _page.Text($", {AssessParts.UsersOf(gap, domain, _names)}");
                _page.Element("div", _names.In(AssessParts.DetailOf(gap, domain)), ("class", "dim"));
                if (AssessParts.ExposureOf(gap, domain) is { Length: > 0 } exposure)
                    _page.Element("div", _names.In(exposure), ("class", "dim"));
                _page.Close();
            }
            _page.Close();
            if (domain.Top.Length > AssessParts.ShownGaps)
                _page.Element("p", $"And {domain.Top.Length - AssessParts.ShownGaps} more.", ("class", "dim"));
        }
        _page.Close();
    }

    private void WriteChanges(AssessedDomain domain)
    {
        if (_assessment.Since is not { } since)
            return;
        foreach (var (title, gaps) in new[] { ("Gaps closed since", domain.ClosedGaps), ("New gaps since", domain.NewGaps) })
        {
            Section($"{title} {since.Name}", domain);
            if (!gaps.Any())
                _page.Element("p", "None.");
            else
            {
                _page.Open("ul");
                foreach (var gap in gaps)
                    _page.Element("li", $"{gap.Id} {gap.Technique.Name}");
                _page.Close();
            }
            _page.Close();
        }
    }

    private void Section(string title, AssessedDomain domain)
    {
        _page.Open("section");
        _page.Element("h2", _assessment.Heading(title, domain));
    }

    private void Card(string name, Tally number, AssessedDomain domain)
    {
        Ratio share = new(number.Now, domain.Union.Techniques.Length);
        Card(name, share.Percent, number.Change is null ? $"{share}" : $"{share}, {number.Signed} since {_assessment.Since!.Name}"); // it is compared
    }

    private void Card(string name, string number, string detail)
    {
        _page.Open("div", ("class", "card"));
        _page.Element("div", name, ("class", "dim"));
        _page.Element("div", number, ("class", "big"));
        _page.Element("div", detail, ("class", "dim"));
        _page.Close();
    }

    private void Fact(string name, string value)
    {
        _page.Element("dt", name);
        _page.Element("dd", value);
    }

    // A reader without a mouse scrolls what has the focus.
    private void Table(string style, string label, params string[] columns)
    {
        _page.Open("div", ("class", "scroll"), ("role", "region"), ("aria-label", label), ("tabindex", "0"));
        _page.Open("table", ("class", style));
        _page.Open("thead");
        _page.Open("tr");
        foreach (var column in columns)
            _page.Element(column.Length == 0 ? "td" : "th", column, column.Length == 0 ? [("class", "cell")] : [("scope", "col")]);
        _page.Close();
        _page.Close();
        _page.Open("tbody");
    }

    private void EndTable()
    {
        _page.Close();
        _page.Close();
        _page.Close();
    }
}
