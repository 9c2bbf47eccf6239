using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Merlon.Browser.Tests;

/// <summary>What a page shows, and what its switches change.</summary>
public sealed class SwitchTests(Chromium chromium) : IDisposable
{
    private readonly Scene _scene = Scene.Small();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_page_says_what_it_is_of()
    {
        await using var page = await chromium.Open(_scene.Report(title: "Detections, north"));
        Assert.Equal("Detections, north", await page.Page.TitleAsync());
        Assert.Equal("Detections, north", await page.Text("h1"));
        Assert.Equal("small · 2026-11-24 · ATT&CK 19.1 · deployable, strict", await page.Text("#facts"));
        await page["summary"].ClickAsync();
        Assert.Contains("Tin Soldier: deployable 3/8 (37.5%); 4/9 with exclusions", (await page.Text("#lines")).Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Definition ", await page.Text("#definition"), StringComparison.Ordinal);
        Assert.Contains("The MITRE Corporation", await page.Text("footer"), StringComparison.Ordinal);
        Assert.Equal("", page.Problems);
    }

    [Fact]
    public async Task The_matrix_has_what_the_chosen_actors_use_and_the_rest_on_demand()
    {
        await using var page = await chromium.Open(_scene.Report());
        await ChooseActor(page, "Tin Soldier");
        Assert.Equal(0, await page.Cell("T1566").CountAsync());
        Assert.Equal("T1620 Reflective Code Loading", await Shown(page, "T1620"));
        Assert.Equal("T1620 Reflective Code Loading deployable, covered", await Read(page, "T1620"));
        Assert.Equal("T1558 Steal or Forge Kerberos Tickets none, gap, 1 of 5 sub-techniques covered", await Read(page, "T1558"));
        // One of two tactics is in both and counts once.
        Assert.Equal(4, await page[".cell:visible:has-text('T1078')"].CountAsync());
        var status = await page.Text("#status");
        await page[".chip:has(#unused)"].ClickAsync();
        Assert.True(await page[".cell:visible"].CountAsync() > 250);
        Assert.Equal("T1566 Phishing deployable, not used by the chosen actors", await Read(page, "T1566"));
        Assert.Equal(status.Split(';')[0], (await page.Text("#status")).Split(';')[0]);
        Assert.Equal("", page.Problems);
    }

    [Fact]
    public async Task Sub_techniques_open_by_their_button()
    {
        await using var page = await chromium.Open(_scene.Report());
        Assert.Equal(0, await page.Cell("T1003.001").CountAsync());
        var opener = page[".opener:visible", "sub-techniques of OS Credential Dumping"];
        Assert.Equal("false", await opener.GetAttributeAsync("aria-expanded"));
        await opener.ClickAsync();
        Assert.Equal("true", await opener.GetAttributeAsync("aria-expanded"));
        Assert.Equal("T1003.001 LSASS Memory claimed, gap", await Read(page, "T1003.001"));
        await opener.ClickAsync();
        Assert.Equal(0, await page.Cell("T1003.001").CountAsync());
        await page["#open-all"].ClickAsync();
        Assert.Equal(1, await page.Cell("T1003.001").CountAsync());
        Assert.Equal(1, await page.Cell("T1059.004").CountAsync());
    }

    [Fact]
    public async Task Actors_levels_and_platforms_change_the_numbers()
    {
        await using var page = await chromium.Open(_scene.Report());
        var all = await page.Text("#status");
        await ChooseActor(page, "Tin Soldier");
        Assert.StartsWith("deployable 3/8 (37.5%);", await page.Text("#status"), StringComparison.Ordinal);
        await ChooseLevel(page, "claimed");
        Assert.StartsWith("claimed 5/8 (62.5%);", await page.Text("#status"), StringComparison.Ordinal);
        Assert.Contains("covered", await Read(page, "T1620"), StringComparison.Ordinal);
        await page["#platform-switch .chip"].Filter(new() { HasText = "Windows" }).ClickAsync();
        Assert.StartsWith("claimed 2/", await page.Text("#status"), StringComparison.Ordinal);
        await ChooseActor(page, "Crane");
        Assert.StartsWith("2 actors together", await page.Text("#ratio"), StringComparison.Ordinal);
        await page["#reset"].ClickAsync();
        Assert.Equal(all, await page.Text("#status"));
        Assert.Equal("", page.Problems);
    }

    [Fact]
    public async Task A_tactic_and_a_search_leave_what_they_name()
    {
        await using var page = await chromium.Open(_scene.Report());
        await page["#tactic"].SelectOptionAsync(new SelectOptionValue { Label = "Credential Access" });
        Assert.Equal(["Credential Access"], await Columns(page));
        Assert.All(await page["#gaps tbody tr:visible td:nth-child(3)"].AllInnerTextsAsync(), tactics => Assert.Contains("Credential Access", tactics, StringComparison.Ordinal));
        await page["#tactic"].SelectOptionAsync(new SelectOptionValue { Label = "All tactics" });
        await page["#search"].FillAsync("t1003.001");
        Assert.Equal("T1003.001", await page.Cell("T1003.001").Locator(".id").InnerTextAsync());
        Assert.Equal(["Credential Access"], await Columns(page));
        // The title of a rule.
        await page["#search"].FillAsync("reflective LOAD");
        Assert.EndsWith("; 1 technique shown", await page.Text("#status"), StringComparison.Ordinal);
        await page["#search"].FillAsync("no such thing");
        Assert.EndsWith("; 0 techniques shown", await page.Text("#status"), StringComparison.Ordinal);
        Assert.True(await page["#nothing"].IsVisibleAsync());
        Assert.Equal("", page.Problems);
    }

    [Fact]
    public async Task Gaps_have_their_priority_actors_nearest_rule_and_what_it_lacks()
    {
        await using var page = await chromium.Open(_scene.Report());
        await ChooseActor(page, "Tin Soldier");
        var first = await page["#gaps tbody tr"].First.Locator("th, td").AllInnerTextsAsync();
        Assert.Equal(["high required", "T1003.001 LSASS Memory", "Credential Access", "Tin Soldier", "LSASS read rules/lsass.yml:4", "status experimental is not in coverage.status (stable, test)"],
            first.Select(text => Regex.Replace(text, @"\s+", " ").Replace("highrequired", "high required", StringComparison.Ordinal)));
        Assert.Contains("accepted", await page["#gaps tbody tr"].Last.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_leads_to_what_why_says_and_has_an_address()
    {
        var file = _scene.Report();
        await using var page = await chromium.Open(file);
        await page.Cell("T1620").ClickAsync();
        Assert.EndsWith("#T1620", page.Page.Url, StringComparison.Ordinal);
        var panel = await page.Text("#panel");
        Assert.Contains("Tin Soldier (from profile): deployable on Linux, not on Windows, macOS", panel, StringComparison.Ordinal);
        Assert.Contains("rules/reflective.yml:4", panel, StringComparison.Ordinal);
        await using var linked = await chromium.Open(file, fragment: "#T1003.001");
        Assert.Equal("T1003.001 LSASS Memory", await linked.Text("#panel-title"));
        Assert.Contains("lacks", await linked.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.lack'), '::before').content"), StringComparison.Ordinal);
        Assert.Contains("What would raise it", await linked.Text("#panel"), StringComparison.Ordinal);
        Assert.Contains("Analytics of the release read", await linked.Text("#panel"), StringComparison.Ordinal);
        Assert.Equal("", page.Problems + linked.Problems);
    }

    [Fact]
    public async Task Domains_are_matrices_of_their_own()
    {
        _scene.Write("merlon.yml", "name: plant\nattack: { domains: [enterprise-attack, ics-attack, mobile-attack] }\n");
        _scene.Write("actors/sandworm.yml", "name: Sandworm\nfrom: [G0034]\n");
        await using var page = await chromium.Open(_scene.Report());
        Assert.Contains("Execution", await Columns(page));
        var enterprise = await page.Text("#status");
        await page["#domain-switch .chip"].Filter(new() { HasText = "ics-attack" }).ClickAsync();
        Assert.Contains("Impair Process Control", await Columns(page));
        Assert.NotEqual(enterprise, await page.Text("#status"));
        await using var linked = await chromium.Open(_scene.Report(), fragment: "#T1398");
        Assert.StartsWith("T1398", await linked.Text("#panel-title"), StringComparison.Ordinal);
        Assert.Equal("", page.Problems + linked.Problems);
    }

    [Fact]
    public async Task Without_a_base_the_page_says_so_and_without_actors_it_measures_every_technique()
    {
        using Scene scene = new(("rules/a.yml", Scene.Rule("t1059.001")));
        await using var page = await chromium.Open(scene.Report());
        Assert.StartsWith("No base to compare with: losses are not seen:", await page.Text("#delta"), StringComparison.Ordinal);
        Assert.Contains("every technique of the release is measured", await page.Text(".actors legend"), StringComparison.Ordinal);
        Assert.StartsWith("deployable 1/", await page.Text("#status"), StringComparison.Ordinal);
        Assert.Equal("", page.Problems);
    }

    private static Task ChooseActor(OpenPage page, string name) => page[".actor"].Filter(new() { HasText = name }).ClickAsync();

    private static Task ChooseLevel(OpenPage page, string level) => page["#level-switch .chip"].Filter(new() { HasText = level }).ClickAsync();

    private static async Task<string[]> Columns(OpenPage page) => [.. (await page[".column:visible h3"].AllInnerTextsAsync()).Select(text => text.Split('\n')[0].Trim())];

    // What is seen, and what a screen reader reads.
    private static async Task<string> Shown(OpenPage page, string id) => $"{await page.Cell(id).Locator(".id").InnerTextAsync()} {await page.Cell(id).Locator(".name").InnerTextAsync()}";

    private static async Task<string> Read(OpenPage page, string id) => string.Join(' ', await page.Cell(id).Locator(".id, .name, .sr").AllTextContentsAsync()).Replace("  ", " ", StringComparison.Ordinal);
}
