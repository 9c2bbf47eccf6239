using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Merlon.Browser.Tests;

/// <summary>No serious finding of axe, in either scheme, with the panel open and sub-techniques shown; and what is printed.</summary>
public sealed class AccessibilityTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1400)]
    [InlineData(ColorScheme.Dark, 1400)]
    [InlineData(ColorScheme.Light, 400)]
    public async Task Axe_finds_nothing_serious(ColorScheme scheme, int width)
    {
        using var scene = Scene.Small();
        await using var page = await chromium.Open(scene.Report(), scheme, width);
        await page["#open-all"].ClickAsync();
        // One actor has every standing; axe looks at each cell for seconds.
        await page[".actor", "Tin Soldier"].ClickAsync();
        await page["summary"].ClickAsync();
        await page.Page.EvaluateAsync("location.hash = 'T1003.001'");
        await page["#panel-title:focus"].WaitForAsync();
        await AssertClean(page);
    }

    [Fact]
    public async Task A_print_has_all_of_the_matrix_in_light_and_no_switches()
    {
        using var scene = Scene.Small();
        await using var page = await chromium.Open(scene.Report(), ColorScheme.Dark);
        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.True(await page.Cell("T1003.001").IsVisibleAsync());
        Assert.False(await page["#search"].IsVisibleAsync());
        Assert.False(await page[".opener"].First.IsVisibleAsync());
        Assert.True(await page["#lines"].IsVisibleAsync());
        Assert.Equal("rgb(255, 255, 255)", await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.True((await page.Page.PdfAsync(new() { PreferCSSPageSize = true })).Length > 10_000);
        Assert.Equal("", page.Problems);
    }

    private static async Task AssertClean(OpenPage page)
    {
        // Naming each node of what is well takes axe a minute.
        var result = await page.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.NotEmpty(result.Passes);
        Assert.Equal("", string.Join('\n', result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")));
    }
}
