using Merlon.Core.Tests;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>No form that is published by itself, and none with <c>--publish</c>, says who an actor is that is kept back.</summary>
public sealed class PublishedFormsTests : IDisposable
{
    // The alias is there to be published.
    private static readonly string[] KeptBack = ["Velvet", "Badger", "Contoso", "private brief", "example.org/secret", "G0046", "FIN7", "no telemetry there", "Crimson"];

    private readonly History _work = new();

    public PublishedFormsTests()
    {
        foreach (var (file, tlp, name) in new[] { ("velvet-badger", "amber", "Velvet Badger"), ("crimson", "red", "Crimson Badger") })
            _work.Write($"actors/{file}.yml", $$"""
                name: {{name}}
                alias: {{(tlp == "red" ? "Boreas" : "Zephyr")}}
                tlp: {{tlp}}
                from: [G0046]
                description: Seen at Contoso
                targets: { default: 90 }
                techniques:
                  - { id: T1003.001, required: true, source: "https://example.org/secret", note: "from a private brief" }
                exclude:
                  - { id: T1047, kind: not-detectable, reason: "no telemetry there" }
                """);
        _work.Commit("actors");
        _work.Git("tag", "v1");
        _work.Delete("rules/b.yml");
        _work.Replace("actors/velvet-badger.yml", "default: 90", "default: 80");
        _work.Commit("lose, and lower a target");
    }

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("check --format sarif")]
    [InlineData("check --format github")]
    [InlineData("check --format gitlab")]
    [InlineData("check --format junit")]
    [InlineData("gate --base v1 --format markdown")]
    [InlineData("gate --base v1 --format sarif")]
    [InlineData("gate --base v1 --format github")]
    [InlineData("gate --base v1 --format gitlab")]
    [InlineData("gate --base v1 --format junit")]
    [InlineData("check --base v1 --step-summary --format github")]
    [InlineData("diff v1..HEAD --format markdown")]
    [InlineData("assess --format markdown")]
    [InlineData("assess --since v1 --format html")]
    [InlineData("assess --publish")]
    [InlineData("assess --since v1 --publish --format json")]
    [InlineData("plan --publish")]
    [InlineData("plan --publish --format json")]
    [InlineData("plan --publish --format text")]
    [InlineData("trend --format svg")]
    [InlineData("trend --tags --format svg")]
    [InlineData("attack diff 18.1 19.1 --format markdown")]
    [InlineData("report -o out")]
    [InlineData("layer --all -o out")]
    [InlineData("layer coverage")]
    [InlineData("layer gap velvet-badger")]
    [InlineData("layer actor crimson")]
    [InlineData("layer overlay")]
    [InlineData("layer delta v1..HEAD")]
    public void Nothing_that_is_kept_back_is_said(string arguments)
    {
        var ended = Program.Run(_work.Root, "dotnet", [Checkout.Cli, .. arguments.Split(' ')], ("GITHUB_STEP_SUMMARY", _work.PathOf("../step.md")));
        Assert.True(ended.ExitCode is 0 or 1, ended.ToString());
        string[] written = [.. Directory.Exists(_work.PathOf("out")) ? Directory.GetFiles(_work.PathOf("out"), "*", SearchOption.AllDirectories) : [], .. File.Exists(_work.PathOf("../step.md")) ? new[] { _work.PathOf("../step.md") } : []];
        var texts = written.SelectMany(file => new[] { Path.GetFileName(file), File.ReadAllText(file) }).Append(ended.Output).ToArray();
        Assert.True(texts.Sum(text => text.Length) > 100, ended.ToString());
        Assert.All(texts, text => Assert.All(KeptBack, word => Assert.False(text.Contains(word, StringComparison.OrdinalIgnoreCase), $"{arguments} says {word}:\n{text[..Math.Min(text.Length, 4000)]}")));
    }
}
