using Xunit;

namespace Merlon.Browser.Tests;

/// <summary>All of a page works without a mouse.</summary>
public sealed class KeyboardTests(Chromium chromium) : IDisposable
{
    private readonly Scene _scene = Scene.Small();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Tab_goes_through_the_switches_to_one_cell_of_the_matrix_and_on()
    {
        await using var page = await chromium.Open(_scene.Report());
        List<string> order = [];
        for (var step = 0; step < 40 && order.LastOrDefault() != "gaps"; step++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            order.Add(await page.Page.EvaluateAsync<string>("(element => element.technique ? 'cell' : element.className === 'opener' ? 'opener' : element.id || element.name || (element.closest('#actors') ? 'actor' : element.className || element.localName))(document.activeElement)"));
        }
        Assert.Equal(["skip", "actor", "actor", "actor", "summary", "level-switch", "tactic", "search", "platform-switch"], order.Take(order.IndexOf("platform-switch") + 1));
        Assert.Equal(["unused", "open-all", "reset"], order.SkipWhile(one => one != "unused").Take(3));
        Assert.Equal(1, order.Count(one => one == "cell"));
        Assert.True(order.IndexOf("cell") < order.IndexOf("gaps"), string.Join(' ', order));
    }

    [Fact]
    public async Task Arrows_move_in_the_matrix_and_plus_and_minus_open_sub_techniques()
    {
        await using var page = await chromium.Open(_scene.Report());
        await page.Cell("T1059").FocusAsync();
        await page.Page.Keyboard.PressAsync("+");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("T1059.001", await page.Focused());
        await page.Page.Keyboard.PressAsync("ArrowUp");
        Assert.Equal("T1059", await page.Focused());
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("-");
        Assert.Equal("T1059", await page.Focused());
        Assert.Equal(0, await page.Cell("T1059.001").CountAsync());
        var column = "document.activeElement.closest('.column').querySelector('h3').firstChild.textContent";
        Assert.Equal("Execution", await page.Page.EvaluateAsync<string>(column));
        await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("Persistence", await page.Page.EvaluateAsync<string>(column));
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("Execution", await page.Page.EvaluateAsync<string>(column));
        await page.Page.Keyboard.PressAsync("End");
        var last = await page.Focused();
        await page.Page.Keyboard.PressAsync("Home");
        Assert.NotEqual(last, await page.Focused());
        // One cell is in the order of the tabulator, wherever one went.
        Assert.Equal(1, await page[".cell[tabindex='0']"].CountAsync());
    }

    [Theory]
    [InlineData("Enter")]
    [InlineData(" ")]
    public async Task A_key_opens_the_panel_Escape_closes_it_and_the_focus_returns(string key)
    {
        await using var page = await chromium.Open(_scene.Report());
        await page.Cell("T1620").FocusAsync();
        await page.Page.Keyboard.PressAsync(key);
        await page["#panel-title:focus"].WaitForAsync();
        Assert.StartsWith("T1620", await page.Text("#panel-title:focus"), StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Close", await page.Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.False(await page["#panel"].IsVisibleAsync());
        Assert.Equal("T1620", await page.Focused());
        Assert.DoesNotContain("#", page.Page.Url, StringComparison.Ordinal);
        // And once more.
        await page.Page.Keyboard.PressAsync(key);
        await page["#panel-title:focus"].WaitForAsync();
        Assert.Equal("", page.Problems);
    }

    [Fact]
    public async Task A_gap_leads_to_its_panel_and_the_focus_comes_back_to_it()
    {
        await using var page = await chromium.Open(_scene.Report());
        var link = page["#gaps tbody a"].First;
        var id = await link.InnerTextAsync();
        await link.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page["#panel-title:focus"].WaitForAsync();
        Assert.StartsWith(id, await page.Text("#panel-title"), StringComparison.Ordinal);
        await page["#panel .close"].ClickAsync();
        Assert.Equal(id, await page.Page.EvaluateAsync<string>("document.activeElement.textContent"));
    }
}
