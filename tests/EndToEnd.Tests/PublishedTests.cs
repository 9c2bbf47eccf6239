using System.Text;
using Merlon.Core.Tests;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>What pipelines publish of a repository with an actor that is kept back: the scripts that they run, and every byte that these write.</summary>
public sealed class PublishedTests : IDisposable
{
    // What its profile says, in the spellings that a file name may have. The alias is there to be published.
    private static readonly string[] KeptBack = ["Velvet Badger", "velvet-badger", "velvet_badger", "velvetbadger", "Contoso", "private brief", "example.org/secret", "G0046", "FIN7", "no telemetry there"];

    private readonly History _work = new();

    public PublishedTests()
    {
        Bash.Need();
        _work.Write("actors/velvet-badger.yml", """
            name: Velvet Badger
            alias: Zephyr
            tlp: amber
            from: [G0046]
            description: Seen at Contoso
            targets: { default: 90 }
            techniques:
              - { id: T1003.001, required: true, source: "https://example.org/secret", note: "from a private brief" }
            exclude:
              - { id: T1047, kind: not-detectable, reason: "no telemetry there" }
            """);
        _work.Commit("an actor");
        _work.Git("tag", "v0.9.0");
        _work.Branch("change");
        _work.Delete("rules/b.yml");
        _work.Replace("actors/velvet-badger.yml", "default: 90", "default: 80");
        _work.Commit("lose, and lower a target");
    }

    private string Output => _work.PathOf("../out");

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("tlp: amber\nreviewed: 2020-01-01\nsectors: [nowhere]\n")]
    [InlineData("techniques: [T9999]\n")]
    [InlineData("unknown: Contoso\n")]
    [InlineData("bogus: [\n")]
    public void A_pull_request_names_it_nowhere(string more)
    {
        _work.Write("actors/velvet-badger.yml", $"{_work.Read("actors/velvet-badger.yml")}\n{more}");
        var ended = Bash.Run(_work.Root, "build/check.sh", [], "", ("MERLON", Bash.WriteMerlon(_work.PathOf("../tool"))), ("MERLON_OUTPUT", Output),
            ("GITHUB_STEP_SUMMARY", _work.PathOf("../out/step.md")), ("GITHUB_OUTPUT", _work.PathOf("../out/outputs")));
        Assert.True(ended.ExitCode == 1, ended.ToString());
        AssertKeptBack(ended, 4);
        // It is spoken of all the same.
        Assert.Contains("Zephyr", File.ReadAllText(_work.PathOf("../out/step.md")) + ended.Output, StringComparison.Ordinal);
        // What the change itself lost is told, and no other gap.
        Assert.Contains("T1003.001", File.ReadAllText(_work.PathOf("../out/step.md")), StringComparison.Ordinal);
        Assert.DoesNotContain("T1055", File.ReadAllText(_work.PathOf("../out/step.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_names_it_nowhere()
    {
        var ended = Gaps(("VISIBILITY", "private"));
        Assert.True(ended.ExitCode == 0, ended.ToString());
        AssertKeptBack(ended, 10);
        Assert.Contains(Directory.GetFiles(Path.Combine(Output, "layers")), file => file.EndsWith("-gap-zephyr.json", StringComparison.Ordinal));
        Assert.Contains("made=true", File.ReadAllText(_work.PathOf("../outputs")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public", "")]
    [InlineData("internal", "")]
    [InlineData("", "")]
    [InlineData("Private", "")]
    [InlineData("public", "true")]
    public void Gaps_are_not_made_where_they_would_become_public(string visibility, string optIn)
    {
        var ended = Gaps(("VISIBILITY", visibility), ("GAPS_BECOME_PUBLIC", optIn));
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains("gaps would become public", ended.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
        Assert.False(File.Exists(_work.PathOf("../outputs")));
    }

    [Fact]
    public void Gaps_are_made_where_somebody_says_that_they_become_public() =>
        Assert.True(Gaps(("VISIBILITY", "public"), ("GAPS_BECOME_PUBLIC", "yes")).ExitCode == 0 && File.Exists(Path.Combine(Output, "report", "index.html")));

    [Fact]
    public void A_tool_that_fails_makes_no_release_of_gaps()
    {
        var ended = Gaps(("VISIBILITY", "private"), ("MERLON", Bash.WriteProgram(_work.PathOf("../bin"), "merlon", "exit 3")));
        Assert.True(ended.ExitCode == 3 && !File.Exists(_work.PathOf("../outputs")), ended.ToString());
    }

    private Ended Gaps(params (string, string)[] environment) => Bash.Run(_work.Root, "build/gaps.sh", [Output], "",
        [("MERLON", Bash.WriteMerlon(_work.PathOf("../tool"))), ("GITHUB_OUTPUT", _work.PathOf("../outputs")), .. environment]);

    private void AssertKeptBack(Ended ended, int files)
    {
        var written = Directory.GetFiles(Output, "*", SearchOption.AllDirectories);
        Assert.True(written.Length >= files, string.Join('\n', written));
        foreach (var (where, text) in written.SelectMany(file => new[] { (file, Path.GetRelativePath(Output, file)), (file, File.ReadAllText(file, Encoding.UTF8)) }).Append(("the log", ended.Output + ended.Error)))
            Assert.All(KeptBack, word => Assert.False(text.Contains(word, StringComparison.OrdinalIgnoreCase), $"{where} says {word}:\n{text}"));
    }
}
