using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Programs;
using Xunit;

namespace Merlon.Core.Tests;

public class BaselineTests
{
    private const string Header = "# merlon baseline 1: id, path, rule, message, count\n";
    private const string Config = "lint: { baseline: accepted.tsv }\n";

    [Fact]
    public void What_was_written_is_accepted_wherever_its_line_has_moved()
    {
        using var repository = Open(("rules/a.yml", Rule("t9999", "t9998")), ("rules/b.yml", Rule("t9999")));
        var written = Check.Run(repository.Request() with { WriteBaseline = true });
        Assert.False(written.HasErrors);
        Assert.Equal(repository.PathOf("accepted.tsv"), written.Baseline!.File);
        Assert.Matches("^# merlon baseline 1: [^\n]+\n(MRL3001\trules/[ab].yml\t\t[0-9a-f]{16}\t1\n){3}$", written.Baseline.Text);
        File.WriteAllText(written.Baseline.File, written.Baseline.Text);

        repository.Write("rules/a.yml", "# moved\n" + Rule("t9998", "t9999"));
        var again = repository.Check();
        Assert.All(again.Diagnostics, finding => Assert.Equal(Origin.Existing, finding.Origin));
        Assert.Equal((3, false, 0), (again.Diagnostics.Length, again.HasErrors, again.Reported.Count()));
        // The same bytes from the same findings.
        Assert.Equal(written.Baseline.Text, Check.Run(repository.Request() with { WriteBaseline = true }).Baseline!.Text);
    }

    [Fact]
    public void What_comes_on_top_is_new_and_what_is_gone_is_said_once()
    {
        using var repository = Open(("rules/a.yml", Rule("t9999", "t9998")));
        Accept(repository);
        repository.Write("rules/a.yml", Rule("t9997"));
        var result = repository.Check();
        Assert.Equal("accepted.tsv:2:1: info MRL8103: 2 of 2 entries no longer occur as often as written; 'merlon lint --write-baseline' writes the file anew\n"
            + "rules/a.yml:4:8: error MRL3001: T9997 is not a technique of ATT&CK 19.1; correct the id or remove the tag\n", LintRuleTests.Lines(result.Reported));
        Assert.Equal([Origin.Unknown, Origin.New], result.Diagnostics.Select(finding => finding.Origin));
        Assert.True(result.HasErrors);
    }

    [Fact]
    public void An_entry_accepts_as_many_as_it_counts()
    {
        static string Twice(int times) => string.Concat(Enumerable.Repeat("---\n" + Rule("t9999"), times));
        using var repository = Open(("rules/a.yml", Twice(2)));
        Assert.EndsWith("\t2\n", Accept(repository), StringComparison.Ordinal);
        Assert.DoesNotContain(repository.Check().Reported, finding => finding.Info.Id == "MRL3001");
        repository.Write("rules/a.yml", Twice(3));
        Assert.Single(repository.Check().Reported, finding => finding.Info.Id == "MRL3001");
    }

    [Fact]
    public void A_part_of_the_rules_leaves_the_entries_of_the_others()
    {
        using var repository = Open(("rules/a.yml", Rule("t9999")), ("rules/b.yml", Rule("t9998")));
        var whole = Accept(repository);
        var part = repository.Request() with { Paths = [repository.PathOf("rules/a.yml")] };
        Assert.Empty(Check.Run(part).Reported); // and no entry is called stale
        repository.Write("rules/a.yml", Rule("t1059.001"));
        var written = Check.Run(part with { WriteBaseline = true }).Baseline!.Text;
        Assert.Equal(whole.Split('\n').Where(line => !line.Contains("a.yml", StringComparison.Ordinal)), written.Split('\n'));
    }

    [Fact]
    public void A_floor_and_an_uncounted_rule_are_never_accepted()
    {
        using var repository = Open(("rules/a.yml", "title: a\ndetection: 3\n"));
        Accept(repository);
        var reported = repository.Check().Reported.ToArray();
        Assert.Equal(["MRL5003"], reported.Select(finding => finding.Info.Id));
    }

    [Theory]
    [InlineData("", "1:1: error MRL8106: file does not begin with '# merlon baseline 1: id, path, rule, message, count'; write it with 'merlon lint --write-baseline'")]
    [InlineData(Header + "<<<<<<< HEAD\n", "2:1: error MRL8106: line is not an id, a path, a rule, 16 digits and a count with tabs between them; write the file anew with 'merlon lint --write-baseline'")]
    [InlineData(Header + "\nMRL3001\ta\t\t0123456789abcdef\t0\n", "3:1: error MRL8106: line is not an id, a path, a rule, 16 digits and a count with tabs between them; write the file anew with 'merlon lint --write-baseline'")]
    [InlineData(Header + "MRL3001\ta\t\t0123456789abcdef\t1\nMRL3001\ta\t\t0123456789abcdef\t2\n", "3:1: error MRL8106: entry stands here twice; keep one of them")]
    [InlineData(null, "1:1: error MRL1008: file does not exist")]
    public void A_damaged_baseline_ends_the_run(string? text, string expected)
    {
        using var repository = Open(("rules/a.yml", Rule("t1059.001")));
        if (text is not null)
            repository.Write("accepted.tsv", text);
        var result = repository.Check();
        Assert.Equal((false, $"accepted.tsv:{expected}\n"), (result.IsUsable, LintRuleTests.Lines(result.Diagnostics)));
        Assert.NotNull(Check.Run(repository.Request() with { WriteBaseline = true }).Baseline);
    }

    [Fact]
    public void A_request_may_name_another_one()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule("t9999")));
        Assert.Equal(":1:1: error MRL8002: there is no baseline to write; name a file, or set lint.baseline in merlon.yml\n", LintRuleTests.Lines(Check.Run(repository.Request() with { WriteBaseline = true }).Diagnostics));
        var request = repository.Request() with { Baseline = repository.PathOf("b.tsv") };
        repository.Write("b.tsv", Check.Run(request with { WriteBaseline = true }).Baseline!.Text);
        Assert.Empty(Check.Run(request).Reported);
        Assert.Equal([Origin.Unknown], repository.Check().Diagnostics.Select(finding => finding.Origin));
        Assert.False(Check.Run(request with { Baseline = "/b.tsv" }).IsUsable);
    }

    [Theory]
    [InlineData("a\tb\nc\\d\r\\t")]
    [InlineData("plain")]
    public void Any_text_comes_back(string text)
    {
        Assert.DoesNotContain(BaselineText.Escape(text), c => c is '\t' or '\n' or '\r');
        Assert.Equal(text, BaselineText.Unescape(BaselineText.Escape(text)));
    }

    private static TemporaryRepository Open(params (string, string)[] files) => new([("merlon.yml", Config), .. files]);

    private static string Accept(TemporaryRepository repository)
    {
        var text = Check.Run(repository.Request() with { WriteBaseline = true }).Baseline!.Text;
        File.WriteAllBytes(repository.PathOf("accepted.tsv"), Encoding.UTF8.GetBytes(text));
        return text;
    }

    private static string Rule(params string[] tags) =>
        $"title: a\nstatus: test\nlevel: low\ntags: [{string.Join(", ", tags.Select(tag => $"attack.{tag}"))}]\nlogsource: {{product: windows}}\ndetection: {{s: {{f: x}}, condition: s}}\n";
}
