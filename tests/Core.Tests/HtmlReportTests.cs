using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Merlon.Core.Programs;
using Merlon.Core.Report.Html;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>The bytes of a report. What a browser makes of them is tested in Browser.Tests.</summary>
public sealed class HtmlReportTests
{
    private const string Secret = "name: Velvet Moth\nalias: Crane\ntlp: red\ndescription: Knows the harbour\nfrom: [G0046]\ntechniques: [{ id: T1059.001, note: seen at the mill, source: \"https://example.org/mill\" }, T1047]\nexclude: [{ id: T1047, kind: accepted, reason: the miller forbids it }]\n";

    private static readonly string[] Secrets = ["Velvet Moth", "velvet-moth", "harbour", "seen at the mill", "example.org/mill", "miller", "G0046"];

    [Fact]
    public void The_same_inputs_give_the_same_bytes_wherever_they_lie()
    {
        using var one = ReportTests.Open();
        using var other = ReportTests.Open();
        var page = Write(one.Root);
        Assert.Equal(page, Write(other.Root));
        Assert.DoesNotContain(Path.GetFileName(one.Root), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_content_policy_names_the_one_style_and_the_one_script()
    {
        using var repository = ReportTests.Open();
        var page = Write(repository.Root);
        var policy = Regex.Match(page, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"").Groups[1].Value;
        Assert.Equal($"default-src 'none'; script-src '{Hash(page, "script")}'; style-src '{Hash(page, "style")}'; img-src data:; base-uri 'none'; form-action 'none'", WebUtility.HtmlDecode(policy));
        Assert.Single(Regex.Matches(page, "<style"));
        Assert.Equal(2, Regex.Count(page, "<script"));
        Assert.DoesNotMatch(@"\sstyle=|\son[a-z]+=|\ssrc=|@import|url\(", page);
        Assert.DoesNotContain("innerHTML", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_has_no_sign_that_a_page_obeys()
    {
        using TemporaryRepository repository = new(
            ("actors/a.yml", "name: A\ntechniques: [T1059.001]\n"),
            ("rules/a.yml", Measure.RuleText("t1059.001", title: """ "</script><!--<script>&\u2028\u202E x" """)));
        var data = Data(Write(repository.Root));
        Assert.DoesNotContain(data, c => c is '<' or '>' or '&' or '\u2028' or '\u2029' or '\u202E' || char.IsControl(c));
        using var json = JsonDocument.Parse(data);
        Assert.StartsWith("</script><!--<script>&\\u2028\\u202E", json.RootElement.GetProperty("rules")[0][0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_profile_keeps_back_is_in_no_byte_unless_the_report_is_private()
    {
        using History work = new();
        work.Write("actors/velvet-moth.yml", Secret);
        work.Write("rules/a.yml", History.Rule("1", "t1059.001").Replace("Rule 1", "Velvet Moth loader", StringComparison.Ordinal));
        work.Commit("moth");
        // Losses of it name it too.
        work.Delete("rules/a.yml");
        work.Delete("rules/c.yml");
        work.Write("actors/velvet-moth.yml", Secret.Replace("T1047]", "T1047, T1055, T1105]", StringComparison.Ordinal));
        var page = Write(work.Root, given: "HEAD");
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, page, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("Crane", page, StringComparison.Ordinal);
        var full = Write(work.Root, given: "HEAD", isPrivate: true);
        Assert.All(["Velvet Moth", "miller", "G0046"], secret => Assert.Contains(secret, full, StringComparison.Ordinal));
        Assert.DoesNotContain("Crane", full, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_lost_and_gained_is_what_the_diff_says()
    {
        using History work = new();
        work.Delete("rules/a.yml");
        work.Replace("rules/b.yml", "status: test", "status: experimental");
        work.Write("rules/e.yml", History.Rule("5", "t1055"));
        using var json = JsonDocument.Parse(Data(Write(work.Root, given: "HEAD")));
        var delta = json.RootElement.GetProperty("delta");
        string[] Of(string name) => [.. delta.GetProperty(name).EnumerateArray().Select(change =>
            $"{change.GetProperty("technique")} {change.GetProperty("from")} {change.GetProperty("to")} {string.Join(',', change.GetProperty("actors").EnumerateArray())}: {string.Join("; ", change.GetProperty("changes").EnumerateArray().Select(one => string.Join('|', one.EnumerateArray())))}")];
        Assert.Equal(["T1003.001 deployable claimed Fox: Rule 2|rules/b.yml:5|demoted", "T1059.001 deployable none Fox: Rule 1|rules/a.yml:5|removed"], Of("lost").Select(Shorter));
        Assert.Equal(["T1055 none deployable Fox: Rule 5|rules/e.yml:5|new rule"], Of("gained").Select(Shorter));
        var verdict = DiffRun.Run(new() { Directory = work.Root, Date = TemporaryRepository.Day, NeedsRules = false, Base = new() }, "HEAD").Verdict!;
        Assert.Equal((verdict.Lost.Length, verdict.Lowered.Length, verdict.Gained.Length), (Of("lost").Length, Of("lowered").Length, Of("gained").Length));
    }

    [Fact]
    public void A_base_that_is_named_and_not_there_is_an_error_and_one_that_nobody_named_is_not()
    {
        using TemporaryRepository repository = new(("actors/a.yml", "name: A\ntechniques: [T1059.001]\n"), ("rules/a.yml", Measure.RuleText("t1059.001")));
        repository.Commit();
        var missing = Run(repository.Root, "v9");
        Assert.Null(missing.Snapshot);
        Assert.Contains("'v9'", Assert.Single(missing.Diagnostics).Message, StringComparison.Ordinal);
        Assert.NotNull(Run(repository.Root, null).Snapshot);
    }

    [Fact]
    public void A_text_has_an_end()
    {
        using TemporaryRepository repository = new(("actors/a.yml", "name: A\ntechniques: [T1059.001]\n"), ("rules/a.yml", Measure.RuleText("t1059.001", title: new('x', 100_000))));
        Assert.True(Write(repository.Root).Length < 500_000);
    }

    private static ReportResult Run(string root, string? given) =>
        ReportRun.Run(new() { Directory = root, Date = TemporaryRepository.Day, NeedsRules = false, Base = new() { Given = given } });

    private static string Write(string root, string? given = null, bool isPrivate = false)
    {
        var result = Run(root, given);
        Assert.True(result.Snapshot is not null, LintRuleTests.Lines(result.Diagnostics));
        return HtmlReport.Write(result, null, isPrivate);
    }

    private static string Data(string page) => Regex.Match(page, "id=\"data\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;

    private static string Hash(string page, string element) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Regex.Match(page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value)))}";

    // The rest of a sentence is the gate's business.
    private static string Shorter(string change) => Regex.Replace(change, @"\|[^|]*$", "");
}
