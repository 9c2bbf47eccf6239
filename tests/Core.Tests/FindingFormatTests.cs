using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

public class FindingFormatTests
{
    private const string Hostile = "x\e[31m\r\n::error::y,z:%0A##[group]\u202E\u2028\ud800 <&\"'>\uFFFE";

    private static readonly DiagnosticInfo Info = new() { Id = "MRL9999", Title = "Title", Severity = Severity.Error, Rationale = "It matters." };

    private static readonly DiagnosticInfo Other = Info with { Id = "MRL9998", Severity = Severity.Warning, Title = "Other title", Source = "https://example.org/x" };

    private static readonly DiagnosticInfo Third = Info with { Id = "MRL9997", Severity = Severity.Info, Title = "Third title", Source = "docs/coverage.md" };

    // Nothing in it may be taken for a part of a format.
    private const string LintFile = "rules/a, b%#.yml";

    private static readonly Gen<string> AnyText = Gen.OneOf(Gen.String, FixerTests.OneOf(Hostile, "", "a", "%", "::", "\n"));

    private static readonly Gen<Findings> AnyFindings = Gen.Select(AnyText, AnyText, Gen.Int[1, 9], FixerTests.OneOf(Severity.Error, Severity.Warning, Severity.Info)).Array[0, 40]
        .Select(all => new Findings(all.Select(one => Of(one.Item1.Replace('\\', '/'), one.Item3, one.Item2, one.Item4)).InReportOrder(), [], []));

    public static TheoryData<string, string> Outputs => new()
    {
        { "text", "lint.txt" }, { "json", "lint.json" }, { "sarif", "lint.sarif" }, { "github", "lint.github.txt" },
        { "gitlab", "lint.gitlab.json" }, { "junit", "lint.junit.xml" }, { "msbuild", "lint.msbuild.txt" },
    };

    [Theory, MemberData(nameof(Outputs))]
    public void A_format_is_its_golden_file(string format, string name)
    {
        using var repository = OpenLint();
        var result = LintRun.Run(repository.Request()) with { Diagnostics = Reported().InReportOrder() };
        var text = format switch
        {
            "text" => LintText.Write(result, isColoured: false),
            "json" => LintJson.Write(result),
            _ => FindingFormats.Write(format, Findings.Of(result))!, // one of its names
        };
        Golden.Match(text, $"tests/fixtures/report/{name}");
    }

    [Fact]
    public void Every_format_has_its_golden_file() => Assert.Equal(FindingFormats.Names, Outputs.Select(row => row.Data.Item1));

    [Fact]
    public void Findings_come_out_in_the_same_bytes_whatever_order_they_are_made_in() => AnyFindings.Sample(findings =>
    {
        Findings again = new(findings.Diagnostics.Reverse().InReportOrder(), [], []);
        foreach (var format in FindingFormats.Names)
            Assert.Equal(FindingFormats.Write(format, findings), FindingFormats.Write(format, again));
    });

    [Fact]
    public void Hostile_text_breaks_no_format() => AnyFindings.Sample(findings =>
    {
        using var sarif = JsonDocument.Parse(Sarif.Write(findings));
        var run = sarif.RootElement.GetProperty("runs")[0];
        Assert.Equal(findings.Diagnostics.Length, run.GetProperty("results").GetArrayLength());
        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.True(Uri.IsWellFormedUriString(result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.Relative));
        }
        using var gitlab = JsonDocument.Parse(GitLabCodeQuality.Write(findings));
        Assert.Equal(findings.Diagnostics.Length, gitlab.RootElement.EnumerateArray().Select(row => row.GetProperty("fingerprint").GetString()).Distinct().Count());
        Assert.Equal(findings.Count(Severity.Error), XDocument.Parse(JUnit.Write(findings)).Descendants("failure").Count());
        foreach (var line in GitHubAnnotations.Write(findings).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("::", StringComparison.Ordinal)))
        {
            Assert.Matches("^::(error|warning|notice) (file=[^:,]*,line=[0-9]+(,endLine=[0-9]+|,col=[0-9]+(,endColumn=[0-9]+)?),)?title=[^:,]*::", line);
            Assert.DoesNotContain(line, char.IsControl);
        }
    });

    [Fact]
    public void GitHub_shows_ten_of_each_the_worst_first_and_is_told_of_the_rest()
    {
        var lines = GitHubAnnotations.Write(Many(12, 3, 20)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var commands = lines.TakeWhile(line => line.StartsWith("::", StringComparison.Ordinal)).ToArray();
        Assert.Equal((10, 3, 10), (Count("::error "), Count("::warning "), Count("::notice ")));
        Assert.StartsWith("::error ", commands[0], StringComparison.Ordinal);
        Assert.Equal("::notice title=merlon::13 more findings are in the log of this step: 2 errors, 11 infos", commands[^1]);
        Assert.Equal(13, lines.Length - commands.Length);

        int Count(string start) => commands.Count(command => command.StartsWith(start, StringComparison.Ordinal));
    }

    [Fact]
    public void What_an_upload_cannot_hold_is_left_out_the_least_severe_first_and_said()
    {
        AssertHolds(Sarif.Write(Many(5, 5, 5), maxResults: 7), 7, "8 of 15 findings");
        // Ten thousand findings of different text do not fit into few bytes.
        var small = Sarif.Write(Many(4, 2000, 0), maxCompressedBytes: 9000);
        using var document = JsonDocument.Parse(small);
        Assert.InRange(document.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength(), 5, 1000);
        AssertHolds(Sarif.Write(Many(1, 5100, 0)), Sarif.MaxResults, "101 of 5101 findings");

        static void AssertHolds(string text, int count, string notification)
        {
            using var document = JsonDocument.Parse(text);
            var run = document.RootElement.GetProperty("runs")[0];
            Assert.Equal(count, run.GetProperty("results").GetArrayLength());
            Assert.Contains(run.GetProperty("results").EnumerateArray(), result => result.GetProperty("level").GetString() == "error");
            Assert.DoesNotContain(run.GetProperty("results").EnumerateArray(), result => result.GetProperty("level").GetString() == "note");
            Assert.StartsWith(notification, run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications")[0].GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_fingerprint_is_of_one_finding_and_stays_when_lines_move()
    {
        const string Rules = "title: A\nid: 1\nlogsource: {product: windows}\ndetection: {s: {a: b}, condition: s}\nstatus: x\nstatus: y\nstatus: z\nlevel: x\n---\ntitle: B\nid: 2\nlogsource: {}\ndetection: {s: {a: b}, condition: t}\nlevel: x\n";
        var before = Fingerprints(Rules);
        Assert.Equal(before, Fingerprints($"# a comment\n{Rules.Replace("---\n", "---\n# another\n\n", StringComparison.Ordinal)}"));
        Assert.Equal(before.Length, before.Distinct().Count());
        Assert.True(before.Length > 5);
        Assert.All(before, fingerprint => Assert.Matches("^[0-9a-f]{32}$", fingerprint));

        static string[] Fingerprints(string rules)
        {
            using TemporaryRepository repository = new(("rules/a.yml", rules));
            return [.. Findings.Of(LintRun.Run(repository.Request())).Fingerprints];
        }
    }

    [Theory]
    [InlineData("- bad value", 2, 5, "- bad value", 2, 3)]
    [InlineData("\t- bad", 3, 6, "    - bad", 6, 3)]
    [InlineData("語: bad", 3, 6, "語: bad", 4, 3)]
    [InlineData("e\u0301😀: bad", 6, 9, "e\u0301😀: bad", 5, 3)]
    [InlineData("\u202Ea: bad", 4, 7, "\\u202Ea: bad", 9, 3)]
    [InlineData("##[x]", 3, 4, "#\\u0023[x]", 8, 1)]
    [InlineData("abc", 3, 3, "abc", 3, 1)]
    [InlineData("abc", 1, int.MaxValue, "abc", 1, 2)]
    [InlineData("abc", 9, 12, "abc", 3, 1)]
    public void A_mark_stands_under_its_place(string line, int start, int end, string shown, int before, int width)
    {
        var excerpt = SourceExcerpt.Of(line, start, end);
        Assert.Equal((shown, before, width), (excerpt.Text, excerpt.Start, excerpt.Width));
    }

    [Fact]
    public void Of_a_long_line_the_part_around_the_place_is_shown()
    {
        var line = $"{new string('a', 500)}XYZ{new string('b', 500)}";
        var excerpt = SourceExcerpt.Of(line, 500, 503);
        Assert.Equal("XYZ", excerpt.Text.Substring(excerpt.Start, excerpt.Width));
        Assert.Equal(122, excerpt.Text.Length);
        Assert.Equal("…", $"{excerpt.Text[0]}");
        Assert.Equal("…", $"{excerpt.Text[^1]}");
        Assert.DoesNotContain("…", SourceExcerpt.Of(new string('a', 120), 119, 120).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_is_never_longer_than_its_line() => Gen.Select(Gen.String, Gen.Int[0, 200], Gen.Int[0, 200]).Sample((line, start, length) =>
    {
        var excerpt = SourceExcerpt.Of(line, start, start + length);
        return excerpt.Width >= 1 && excerpt.Start >= 0 && !excerpt.Text.Any(char.IsControl) && !excerpt.Text.Any(c => char.IsSurrogate(c) && !Regex.IsMatch(excerpt.Text, "[\ud800-\udbff][\udc00-\udfff]"));
    });

    [Fact]
    public void Findings_of_several_programs_are_one_list()
    {
        using var repository = ReportTests.Open();
        var result = repository.Check();
        Assert.Equal(Findings.Of(result).Diagnostics, Findings.Of(result, result).Diagnostics);
        Assert.Equal(Findings.Of(result).Files, Findings.Of(result, result).Files);
    }

    // Findings of their own: what checks find changes with each new check.
    private static IEnumerable<Diagnostic> Reported()
    {
        SourceSpan tag = new(LintFile, 4, 7, 4, 19), word = new(LintFile, 2, 214, 2, 219), second = new(LintFile, 12, 9, 12, 14);
        yield return Info.At(tag, "'attack.t9999' is no technique, 100% sure: remove it") with { Fix = new("Remove it", true, new Edit(new(LintFile, 4, 1, 5, 1), "")) };
        yield return Other.At(word, "'BLIND' is a word; write 'blind'") with { Fix = new("Write 'blind'", false, new Edit(word, "blind")) };
        yield return Other.At(new(LintFile, 1, 1, 1, 6), "title stands here");
        yield return Other.At(second, "'value' is seen twice, first at line 4");
        yield return Third.At(new(LintFile, 5, 1, 7, 5), "place of several lines");
        for (var line = 8; line <= 12; line++)
            yield return Third.At(new(LintFile, line, 1, line, 2), "the same finding again");
        yield return Info.At(SourceSpan.StartOf("merlon.yml"), "about the configuration");
        yield return Info.At(SourceSpan.StartOf(""), "about the command line");
    }

    private static TemporaryRepository OpenLint() => new(
        ("merlon.yml", "name: lint\n"), ("rules/fine.yml", "title: Fine\n"),
        (LintFile, $$"""
            title: "\tFirst"
            description: {{new string('a', 200)}}BLIND{{new string('b', 200)}}
            tags:
                - attack.t9999
            logsource:
            	product: windows # 語
                x: y
            # 8
            # 9
            ---
            title: Second
            id: 9f5d value
            """.ReplaceLineEndings("\n")));

    private static Findings Many(int errors, int warnings, int infos) => new(
        [.. Enumerable.Range(0, errors + warnings + infos).Select(index => Of($"rules/{index % 7}.yml", index + 1, $"finding {index}", index < infos ? Severity.Info : index < infos + warnings ? Severity.Warning : Severity.Error))],
        [], []);

    private static Diagnostic Of(string path, int line, string message, Severity severity) => Info.At(new(path, line, 1, line, 4), message) with { Severity = severity };
}
