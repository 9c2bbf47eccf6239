using System.Text.Json;
using Xunit;

namespace Merlon.Browser.Tests;

/// <summary>Rules, profiles and names come from strangers: a page shows what they say and does nothing of it.</summary>
public sealed class SafetyTests(Chromium chromium)
{
    public static TheoryData<string> Titles =>
    [
        "<script>alert(1)</script>", "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "<!-- <script>", "]]><svg onload=alert(1)>", "@@script@@ {{data}} ${alert(1)}",
        "left \u202Egnp.exe\u202C \u2066x\u2069", "nul \u0001\u001B[31m\u0085\u2028\u2029 end", "&lt;b&gt; &amp; 'quoted' \\u003cb\\u003e", new string('x', 10_000),
    ];

    [Theory, MemberData(nameof(Titles))]
    public async Task A_hostile_title_is_shown_and_does_nothing(string title)
    {
        var quoted = JsonSerializer.Serialize(title);
        using Scene scene = new(
            ("merlon.yml", $"name: {quoted}\n"), ("actors/a.yml", $"name: {quoted}\ntechniques: [T1059.001, T1003.001]\nexclude: [{{ id: T1003.001, kind: accepted, reason: {quoted} }}]\n"),
            ("rules/a.yml", Scene.Rule("t1059.001", quoted, status: "experimental")), ("rules/b.yml", Scene.Rule("t1003.001", quoted)));
        await using var page = await chromium.Open(scene.Report(title: title), fragment: "#T1059.001");
        var shown = title.Length > 400 ? $"{title[..400]}…" : string.Concat(title.Select(c => c is '\u202E' or '\u202C' or '\u2066' or '\u2069' or '\u2028' or '\u2029' || char.IsControl(c) ? $"\\u{(int)c:X4}" : $"{c}"));
        Assert.Equal(shown, await page["h1"].TextContentAsync());
        Assert.Contains(shown, await page["#panel"].TextContentAsync() ?? "", StringComparison.Ordinal);
        Assert.Contains(shown, await page["#gaps"].TextContentAsync() ?? "", StringComparison.Ordinal);
        Assert.Equal("0 2 1 0", await page.Page.EvaluateAsync<string>("[document.querySelectorAll('img').length, document.scripts.length, document.querySelectorAll('style').length, document.querySelectorAll('[style], [onerror], [onload], [onclick]').length].join(' ')"));
        // Nothing is wider than the window but what scrolls by itself.
        Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Equal("", page.Problems);
    }

    [Fact]
    public async Task The_content_policy_lets_nothing_in()
    {
        using var scene = Scene.Small();
        await using var page = await chromium.Open(scene.Report());
        Assert.Equal("", page.Problems);
        // What somebody would have smuggled in does not run, load or paint.
        await page.Page.EvaluateAsync("""
            () => {
              window.broken = [];
              addEventListener('securitypolicyviolation', event => window.broken.push(event.effectiveDirective));
              const add = (name, attributes) => document.body.append(Object.assign(document.createElement(name), attributes));
              add('script', { textContent: 'window.ran = true' });
              add('style', { textContent: 'body { color: red }' });
              add('script', { src: 'https://example.org/x.js' });
              add('img', { src: 'https://example.org/x.png' });
              document.body.insertAdjacentHTML('beforeend', '<p style="color: red" onclick="window.ran = true">x</p>');
              document.body.lastElementChild.click();
            }
            """);
        await page.Page.WaitForFunctionAsync("window.broken.length >= 6");
        Assert.True(await page.Page.EvaluateAsync<bool>("window.ran === undefined"));
        Assert.Equal("img-src script-src-attr script-src-elem script-src-elem style-src-attr style-src-elem", await page.Page.EvaluateAsync<string>("window.broken.sort().join(' ')"));
    }
}
