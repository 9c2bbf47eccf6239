using System.Text.Json;
using System.Text.RegularExpressions;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>A verdict in each of its forms.</summary>
public class GateReportTests
{
    private const string Hostile = "x\e[31m\r\n::error::y ##[group] @team #123 [x](javascript:a) <img src=x> | `</details>`\u202E\u2028\ud800 \\";

    public static TheoryData<string> Outputs => ["gate.txt", "gate.json", "gate.md", "gate.private.md", "gate.none.txt", "gate.none.md", "gate.hostile.md"];

    [Theory, MemberData(nameof(Outputs))]
    public void A_form_is_its_golden_file(string name)
    {
        using TemporaryRepository repository = new(("merlon.yml", "name: prod-eu\n"));
        var config = repository.Load().Config;
        var text = name switch
        {
            "gate.txt" => GateText.Write(Verdicts.Rich(), isColoured: false),
            "gate.json" => GateJson.Write(config, TemporaryRepository.Day, Verdicts.Rich()),
            "gate.md" => Published(Verdicts.Rich(), "prod-eu"),
            "gate.private.md" => GateMarkdown.Write(Verdicts.Rich(), "prod-eu", PublishedNames.Private),
            "gate.hostile.md" => GateMarkdown.Write(Attack(), Hostile, PublishedNames.Private),
            "gate.none.txt" => GateText.Write(Verdicts.Empty, isColoured: false),
            _ => Published(Verdicts.Empty, "prod-eu"),
        };
        Golden.Match(text, $"tests/fixtures/report/{name}");
    }

    [Fact]
    public void A_verdict_fits_on_one_line()
    {
        Assert.Equal("gate: 4 losses, 3 gains, 3 weaker lines of policy, Paper Tiger 100.0% -> 0.0% and 2 others, base origin/main 1a2b3c4d5e", VerdictSummary.Write(Verdicts.Rich()));
        Assert.Equal("gate: no change against origin/main 1a2b3c4d5e", VerdictSummary.Write(Verdicts.Empty));
        Assert.Equal("gate: no base to compare with", VerdictSummary.Write(Verdicts.Empty with { Base = new("", null, BaseKind.None) }));
        Assert.Equal("gate: no change against 1a2b3c4d5e", VerdictSummary.Write(Verdicts.Empty with { Base = new(Verdicts.Commit[..7], Verdicts.Commit, BaseKind.Given) }));
        Assert.Equal("gate: no change against coverage.baseline.json", VerdictSummary.Write(Verdicts.Empty with { Base = new("coverage.baseline.json", null, BaseKind.Baseline) }));
    }

    [Fact]
    public void Without_a_base_there_is_nothing_to_compare_and_what_there_is_is_shown()
    {
        var verdict = Verdicts.Empty with { Base = new("", null, BaseKind.None) };
        verdict = verdict with { Actors = [verdict.Actors[0] with { Base = null }] };
        Assert.Equal("no base to compare with -> working tree\n\nactor  coverage     target\nFIN7   1/2 (50.0%)  50%\n\npassed\n", GateText.Write(verdict, isColoured: false));
        Assert.Contains("| FIN7 | 1/2 (50.0%) | 50% |", Published(verdict), StringComparison.Ordinal);
    }

    [Fact]
    public void The_words_of_a_base_are_those_of_the_design() =>
        Assert.Equal(["none", "given", "merge-base", "first-parent", "baseline"], Enum.GetValues<BaseKind>().Select(how => how.Name));

    [Fact]
    public void Colours_are_only_where_they_are_asked_for()
    {
        Assert.Contains("\e[31merror\e[0m: FIN7", GateText.Write(Verdicts.Rich(), isColoured: true), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', GateText.Write(Verdicts.Rich(), isColoured: false));
        Assert.Equal(GateText.Write(Verdicts.Rich(), isColoured: false), Regex.Replace(GateText.Write(Verdicts.Rich(), isColoured: true), "\e\\[[0-9]+m", ""));
    }

    [Fact]
    public void An_actor_that_is_not_public_is_in_no_published_page()
    {
        var published = Published(Verdicts.Rich());
        foreach (var secret in new[] { "Paper", "Tiger", "paper", "Crane", "supplier", "G0046", "secret", "not-detectable" })
            Assert.DoesNotContain(secret, published, StringComparison.Ordinal);
        // Its number is that of its layers; an actor that is gone takes none that another has.
        Assert.Contains("| Actor 2 | 2/2 (100.0%) | 0/2 (0.0%) |", published, StringComparison.Ordinal);
        Assert.Contains("| Actor 3 | 1/1 (100.0%) | – | gone |", published, StringComparison.Ordinal);
        Assert.Contains("`Actor 2: targets.default`: `60` → `40`\n", published, StringComparison.Ordinal);
        var whole = GateMarkdown.Write(Verdicts.Rich(), "p", PublishedNames.Private);
        Assert.All(["Paper Tiger", "Lost Crane", "prepared by our supplier", "G0046", "`actors/paper-tiger.yml:3`"], shown => Assert.Contains(shown, whole, StringComparison.Ordinal));
    }

    [Fact]
    public void An_alias_stands_for_an_actor_wherever_it_is_spoken_of()
    {
        var verdict = Verdicts.Rich();
        var tiger = verdict.Actors.Single(actor => actor.Name == "Paper Tiger");
        ActorCoverage Aliased(ActorCoverage coverage) => coverage with { Actor = coverage.Actor! with { Profile = coverage.Actor.Profile with { Alias = "Crane $1" } } };
        var page = Published(verdict with { Actors = [tiger with { Base = Aliased(tiger.Base!), Head = Aliased(tiger.Head!) }] });
        Assert.DoesNotContain("Tiger", page, StringComparison.Ordinal);
        Assert.Contains("uses 1 technique more", page, StringComparison.Ordinal);
        Assert.Contains("Crane &#36;<!-- -->1 uses", page, StringComparison.Ordinal);
        Assert.Contains("<code>Crane &#36;<!-- -->1: targets.default</code>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(200)]
    [InlineData(1)]
    public void A_page_is_short_enough_and_says_exactly_what_it_leaves_out(int losses)
    {
        var page = Published(Verdicts.Huge(losses));
        Assert.True(page.Length <= GateMarkdown.Longest);
        AssertCounted("error|warning", "Lost", losses, "more loss(es)?");
        AssertCounted("Actor no. [0-9]+:", "Gained", 300, "more gains?");
        Assert.Contains(losses == 5000 ? "more losses_" : "\n### Lost: ", page, StringComparison.Ordinal);
        Assert.EndsWith("\n", page, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(page, "<details>"), Regex.Count(page, "</details>"));
        Assert.Contains("### Other findings: 2", page, StringComparison.Ordinal);

        void AssertCounted(string row, string heading, int number, string rest)
        {
            var section = Regex.Match(page, $"(### |<summary>){heading}: {number}\\b.*?(?=\n### |\n<details>|$(?!\n))", RegexOptions.Singleline).Value;
            var shown = Regex.Count(section, $"^  - ({row})", RegexOptions.Multiline);
            var left = Regex.Match(section, $"\n_([0-9]+) {rest}_\n") is { Success: true } match ? int.Parse(match.Groups[1].Value, null) : 0;
            Assert.True(shown > 0);
            Assert.Equal(number, shown + left);
        }
    }

    [Fact]
    public void No_section_takes_all_the_room_and_the_least_important_loses_first()
    {
        MarkdownSection Of(string head, int rows, int rank) => new($"{head}\n", "row", "rows", [.. Enumerable.Range(0, rows).Select(index => new MarkdownRow($"{head}{index}\n", 2))]) { Rank = rank };
        var page = MarkdownPage.Write("top\n", [Of("a", 50, 1), Of("b", 50, 0), Of("c", 2, 2)], 200);
        Assert.True(page.Length <= 200);
        Assert.StartsWith("top\na\na0\na1\na2\n\n_94 more rows_\n", page, StringComparison.Ordinal);
        Assert.EndsWith("more rows_\nc\nc0\nc1\n", page, StringComparison.Ordinal);
        Assert.Equal(50, Regex.Count(page, "^b[0-9]+$", RegexOptions.Multiline) + int.Parse(Regex.Match(page, "\n_([0-9]+) more rows_\nc").Groups[1].Value, null) / 2);
        Assert.Equal("top\na\na0\n", MarkdownPage.Write("top\n", [Of("a", 1, 1)], 200));
    }

    [Fact]
    public void Hostile_text_breaks_no_form()
    {
        var verdict = Attack();
        foreach (var text in new[] { GateText.Write(verdict, isColoured: false), VerdictSummary.Write(verdict) })
        {
            Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || c is '\u202E' or '\u2028'));
            Assert.DoesNotMatch(@"(?m)^\s*::|##\[", text);
        }
        var page = GateMarkdown.Write(verdict, Hostile, PublishedNames.Private);
        Assert.DoesNotContain(page, c => c != '\n' && (char.IsControl(c) || char.IsSurrogate(c) || c is '\u202E' or '\u2028'));
        Assert.DoesNotMatch(@"@team|#123|<img|javascript:|\]\(|\\", page);
        Assert.Equal(["<!-- -->", "<!-- merlon -->", "</code>", "</details>", "</summary>", "<code>", "<details>", "<summary>"], Regex.Matches(page, "<[^>]*>").Select(tag => tag.Value).Distinct().Order(StringComparer.Ordinal));
        Assert.All(page.Split('\n').Where(line => line.StartsWith('|')), line => Assert.Equal(6, line.Count(c => c == '|')));
        using TemporaryRepository repository = new();
        using var json = JsonDocument.Parse(GateJson.Write(repository.Load().Config, TemporaryRepository.Day, verdict));
        Assert.Equal(1, json.RootElement.GetProperty("lost").GetArrayLength());
    }

    [Fact]
    public void A_verdict_says_why_it_failed()
    {
        Assert.Equal("failed: 2 losses, 1 floor, 1 policy change, 2 other findings", Verdicts.Rich().Outcome);
        Assert.Equal("passed", (Verdicts.Rich() with { Diagnostics = [] }).Outcome);
        Assert.Equal("failed: 1 other finding", (Verdicts.Empty with { Diagnostics = [GateDiagnostics.Uncounted.At(SourceSpan.StartOf("a.yml"), "x")] }).Outcome);
    }

    [Fact]
    public void Annotations_are_about_the_change_alone()
    {
        var old = GateDiagnostics.Uncounted.At(SourceSpan.StartOf("a.yml"), "was there") with { Origin = Origin.Existing };
        Findings findings = new([old, old with { Message = "is new", Origin = Origin.New }, old with { Message = "was not compared", Origin = Origin.Unknown }], [], []);
        var text = GitHubAnnotations.Write(findings);
        Assert.DoesNotContain("was there", text, StringComparison.Ordinal);
        Assert.Contains("is new", text, StringComparison.Ordinal);
        Assert.Contains("was not compared", text, StringComparison.Ordinal);
        Assert.Contains("was there", FindingFormats.Write("msbuild", findings), StringComparison.Ordinal);
    }

    private static string Published(Verdict verdict, string program = "p") => GateMarkdown.Write(verdict, program, new(verdict, []));

    private static Verdict Attack()
    {
        var rule = Verdicts.Rule(Hostile, Hostile, "t1047");
        var change = Verdicts.Gone(rule, ChangeCause.Removed, Hostile, Hostile);
        var loss = Verdicts.Dumped(Hostile, Severity.Error) with { Platforms = [Hostile], Changes = [change] };
        var rich = Verdicts.Rich();
        return rich with
        {
            Base = new(Hostile, Verdicts.Commit, BaseKind.Given),
            Actors = [rich.Actors[0] with { Name = Hostile }],
            Lost = [loss with { Technique = loss.Technique with { Name = Hostile } }],
            Lowered = [loss],
            Gained = [new(loss.Technique, Hostile, AttackDomain.Enterprise, [Hostile], Level.None, Level.Claimed, [change])],
            LastRules = [new(loss.Technique, [Hostile], [Hostile], rule, rule.Span, [change])],
            Floors = [rich.Floors[0] with { Floor = rich.Floors[0].Floor with { Actor = Hostile, Part = Hostile }, Why = Hostile }],
            Policy = [new(Verdicts.At(Hostile, 1), Hostile, Hostile, Hostile, PolicyEffect.Weaker)],
            Others = [new(OtherKind.Profile, Hostile, null, Hostile)],
            Diagnostics = [GateDiagnostics.Uncounted.At(Verdicts.At(Hostile, 1), Hostile)],
        };
    }
}
