using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Merlon.Browser.Tests.Chromium))]

namespace Merlon.Browser.Tests;

/// <summary>One headless browser for all tests: the system's. Where there is none, each test is skipped and says so.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } program)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a page of a file in a profile of its own.</summary>
    internal async Task<OpenPage> Open(string file, ColorScheme scheme = ColorScheme.Light, int width = 1400, int height = 1000, string fragment = "")
    {
        Assert.SkipWhen(_browser is null, "no Chromium: install it, or name one in MERLON_CHROMIUM");
        var context = await _browser!.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce }); // skipped without one
        OpenPage page = new(context, await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(file).AbsoluteUri + fragment);
        return page;
    }

    private static string? Find() =>
        Environment.GetEnvironmentVariable("MERLON_CHROMIUM") is { Length: > 0 } named ? named : Places.FirstOrDefault(File.Exists);
}

/// <summary>A page, and what it did that a page of ours never does.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _problems = [];

    public OpenPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _problems.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _problems.Add($"uncaught: {error}");
        page.Dialog += (_, dialog) =>
        {
            _problems.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _problems.Add($"request: {request.Url}");
        };
    }

    public IPage Page { get; }

    public ILocator this[string selector] => Page.Locator(selector);

    public ILocator this[string selector, string text] => Page.Locator(selector, new() { HasText = text });

    public Task<string> Text(string selector) => Page.Locator(selector).InnerTextAsync();

    /// <summary>The cell of a technique, in the first tactic that shows it.</summary>
    public ILocator Cell(string id) => Page.Locator(".cell:visible", new() { Has = Page.Locator(".id", new() { HasTextRegex = new($@"^{id.Replace(".", "\\.", StringComparison.Ordinal)}$") }) }).First;

    /// <summary>The technique of the element that has the focus; empty for another element.</summary>
    public Task<string> Focused() => Page.EvaluateAsync<string>("document.activeElement.technique?.id ?? ''");

    /// <summary>Errors, warnings, violations of the content policy, dialogs and requests.</summary>
    public string Problems => string.Join('\n', _problems);

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
