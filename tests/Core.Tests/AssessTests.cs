using System.Collections.Immutable;
using System.Text.Json;
using System.Xml.Linq;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

public class AssessTests
{
    private const string Hostile = "Division <b>|\e[31m\u202E 雲 @team";

    private const string Config = """
        name: prod-eu
        attack: { domains: [enterprise-attack, ics-attack] }
        coverage: { platforms: [Windows, Linux, macOS], assets: assets.yml }
        gate: { targets: { default: 50, union: 40, tactics: { credential-access: 80 } } }
        """;

    private const string Soldier = """
        name: Tin Soldier
        techniques: [T1003.001, { id: T1059.001, weight: 2 }, { id: T1558, required: true }, T1547.001, T1583.001, T1078, T1569.002, T0807]
        exclude:
          - { id: T1547.001, kind: accepted, reason: "no registry telemetry yet" }
          - { id: T1078, kind: not-detectable, reason: "it looks like anybody" }
        """;

    private const string Tiger = "name: Paper Tiger\nalias: Crane\ntlp: amber\ntechniques: [T1059.001, T1003.001, T1566.001, T1558, T1486]\n";
    private const string Cloud = "name: 雲の狐\ntargets: { default: 10 }\ntechniques: [T1059.001, T1569.002, T1558]\n";

    [Theory]
    [InlineData("assess.txt")]
    [InlineData("assess.md")]
    [InlineData("assess.json")]
    [InlineData("assess.html")]
    [InlineData("assess.private.md")]
    [InlineData("assess.alone.txt")]
    public void A_form_is_its_golden_file(string name)
    {
        using var git = New();
        if (name == "assess.alone.txt")
        {
            git.Write("h/merlon.yml", "name: prod-eu\n");
            File.Delete(git.PathOf("h/actors/b.yml"));
        }
        var assessment = Run(git, name == "assess.alone.txt" ? new() : new() { Title = Hostile, Since = "v1.2" });
        var published = AssessParts.NamesOf(assessment);
        var text = name switch
        {
            "assess.md" => AssessMarkdown.Write(assessment, published),
            "assess.private.md" => AssessMarkdown.Write(assessment, PublishedNames.Private),
            "assess.json" => AssessJson.Write(assessment, PublishedNames.Private),
            "assess.html" => AssessHtml.Write(assessment, published),
            _ => AssessText.Write(assessment, PublishedNames.Private, isColoured: false),
        };
        Golden.Match(text, $"tests/fixtures/report/{name}");
    }

    [Fact]
    public void What_is_published_keeps_back_the_names_that_a_profile_keeps_back()
    {
        using var git = New();
        var assessment = Run(git, new() { Title = "Against Paper Tiger" });
        var names = AssessParts.NamesOf(assessment);
        foreach (var text in new[] { AssessText.Write(assessment, names, isColoured: true), AssessMarkdown.Write(assessment, names), AssessJson.Write(assessment, names), AssessHtml.Write(assessment, names) })
        {
            Assert.DoesNotContain("Paper Tiger", text, StringComparison.Ordinal);
            Assert.Contains("Crane", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_title_is_text_whatever_it_says()
    {
        using var git = New();
        var assessment = Run(git, new() { Title = Hostile });
        var text = AssessText.Write(assessment, PublishedNames.Private, isColoured: false);
        Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || c == '\u202E'));
        var lines = text.Split('\n');
        Assert.Equal(Terminal.WidthOf(lines[0]), Terminal.WidthOf(lines[1]));
        var html = AssessHtml.Write(assessment, PublishedNames.Private);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        var root = XDocument.Parse(html).Root!;
        Assert.Equal("Division <b>|\\u001B[31m\\u202E 雲 @team", root.Descendants("h1").Single().Value);
        Assert.DoesNotContain(root.DescendantsAndSelf(), element => element.Name.LocalName is "script" or "img" or "link" or "iframe"
            || element.Attributes().Any(attribute => attribute.Name.LocalName is "href" or "src" or "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain("@team", AssessMarkdown.Write(assessment, PublishedNames.Private), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_has_one_title_headings_in_order_and_tables_with_heads()
    {
        using var git = New();
        var root = XDocument.Parse(AssessHtml.Write(Run(git, new() { Since = "v1.2" }), PublishedNames.Private)).Root!;
        Assert.Equal("en", root.Attribute("lang")!.Value);
        Assert.Single(root.Descendants("h1"));
        Assert.All(root.Descendants("section"), section => Assert.Equal("h2", section.Elements().First().Name.LocalName));
        Assert.All(root.Descendants("tbody").Elements("tr"), row => Assert.Equal("row", row.Elements("th").Single().Attribute("scope")!.Value));
        // The style is the one that the policy allows, to the byte.
        var style = root.Descendants("style").Single().Value;
        Assert.Contains(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style))), root.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_three_groups_at_19_1_are_those_that_a_recount_of_the_release_gives()
    {
        var release = Measure.Attack;
        var expected = Recount(release, "G0046", "G0082", "G0032");
        var (within, pre) = (expected.Where(id => !IsPre(release, id)).ToArray(), expected.Where(id => IsPre(release, id)).ToArray());
        Assert.Equal((141, 21), (within.Length, pre.Length));
        // Every third one has a rule, and some that are outside.
        HashSet<TechniqueId> tagged = [.. within.Where((_, at) => at % 3 == 0), .. pre.Take(4)];
        using TemporaryRepository repository = new([.. tagged.Select((id, at) => ($"rules/r{at}.yml", Rule($"{id}")))]);
        var result = AssessRun.Run(repository.Request(new Overrides { Actors = ["FIN7", "APT38", "Lazarus Group"] }), new() { Title = "Financial Services Division" });
        var assessment = result.Assessment!;
        var domain = Assert.Single(assessment.Domains);
        bool IsCovered(TechniqueId id) => tagged.Contains(id)
            || (!id.IsSubTechnique && release.Techniques.Where(one => one.IsLive && one.Id.IsSubTechnique && one.Id.Number == id.Number).ToArray() is { Length: > 0 } subs && subs.All(sub => tagged.Contains(sub.Id)));
        var covered = within.Count(IsCovered);
        var text = AssessText.Write(assessment, PublishedNames.Private, isColoured: false);
        Assert.Contains("Threat Actors: FIN7, APT38, Lazarus Group\nTechniques Total: 141 unique techniques across all actors (PRE 21 apart)\n", text, StringComparison.Ordinal);
        Assert.Contains($"Covered: {covered}/141 ({covered * 1000 / 141 / 10}.{covered * 1000 / 141 % 10}%)", text, StringComparison.Ordinal);
        Assert.Contains($"Gaps:    {141 - covered}/141 (", text, StringComparison.Ordinal);
        foreach (var tactic in release.Tactics)
        {
            TechniqueId[] own = [.. expected.Where(id => release.Find(id)!.Tactics.Contains(tactic.ShortName))];
            var (count, of) = (own.Count(IsCovered), own.Length);
            var row = Assert.Single(domain.Tactics, row => row.Tactic == tactic);
            Assert.Equal((count, of), (row.Covered.Covered, row.Covered.Total));
            Assert.Contains(text.Split('\n'), line => line.StartsWith($"{tactic.Name}:", StringComparison.Ordinal) && line.Contains($" {count * 100 / of}% {new string('█', count * 10 / of)}{new string('░', 10 - (count * 10 / of))}  {count}/{of}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_tactic_is_there_in_the_order_of_the_matrix_and_those_before_an_intrusion_last()
    {
        foreach (var pre in new[] { "apart", "include" })
        {
            using TemporaryRepository repository = new(("actors/a.yml", "name: A\ntechniques: [T1595.001, T1059.001]\n"), ("merlon.yml", $"coverage: {{ pre: {pre} }}\n"));
            var domain = Assess(repository).Domains[0];
            string[] outside = ["reconnaissance", "resource-development"];
            var matrix = domain.Release.Tactics.Select(tactic => tactic.ShortName);
            Assert.Equal([.. matrix.Except(outside), .. outside], domain.Tactics.Select(row => row.Tactic.ShortName));
            Assert.Equal(outside, domain.Tactics.Where(row => row.IsPre).Select(row => row.Tactic.ShortName));
            Assert.All(domain.Tactics, row => Assert.Equal(pre == "apart" && row.IsPre, row.IsApart));
            Assert.Equal(pre == "apart" ? 1 : 2, domain.Union.Techniques.Length);
            Assert.Equal(1, domain.Tactics.Single(row => row.Tactic.ShortName == "reconnaissance").Covered.Total);
        }
    }

    [Theory]
    [InlineData(0, 0, 0, "n/a")]
    [InlineData(0, 7, 0, "0%")]
    [InlineData(1, 11, 0, "9%")]
    [InlineData(1, 10, 1, "10%")]
    [InlineData(11, 14, 7, "78%")]
    [InlineData(999, 1000, 9, "99%")]
    [InlineData(3, 3, 10, "100%")]
    public void A_bar_and_its_percentage_are_rounded_down(int covered, int total, int cells, string percent)
    {
        AssessedTactic tactic = new() { Tactic = Measure.Attack.Tactics[0], Covered = new(covered, total), Before = null };
        Assert.Equal((cells, percent), (tactic.Cells, tactic.Percent));
    }

    [Theory]
    [InlineData("tactics: { execution: 60 }, union: 10, default: 5", 60, "gate.targets.tactics", true)]
    [InlineData("union: 60, default: 5", 60, "gate.targets.union", true)]
    [InlineData("default: 60", 60, "gate.targets.default", true)]
    [InlineData("union: 50, default: 90", 50, "gate.targets.union", false)]
    [InlineData("tactics: { impact: 60 }", null, null, false)]
    public void A_tactic_is_a_priority_gap_below_its_floor(string targets, int? percent, string? key, bool isPriority)
    {
        using TemporaryRepository repository = new(("merlon.yml", $"gate: {{ targets: {{ {targets} }} }}\n"), ("actors/a.yml", "name: A\ntechniques: [T1059.001, T1059.003]\n"), ("rules/a.yml", Rule("T1059.001")));
        var row = Assess(repository).Domains[0].Tactics.Single(row => row.Tactic.ShortName == "execution");
        Assert.Equal((percent, key, isPriority), (row.Floor?.Percent, row.Floor?.Key, row.IsPriorityGap));
    }

    [Fact]
    public void A_tactic_below_its_floor_without_a_top_priority_gap_is_no_priority_gap()
    {
        using TemporaryRepository repository = new(
            ("merlon.yml", "gate: { targets: { union: 90 } }\n"), ("actors/a.yml", "name: A\ntechniques: [T1059.001]\nexclude: [{ id: T1059.001, kind: accepted, reason: later }]\n"));
        var row = Assess(repository).Domains[0].Tactics.Single(row => row.Tactic.ShortName == "execution");
        Assert.Equal((true, false), (row.IsBelowFloor, row.IsPriorityGap));
    }

    [Fact]
    public void What_has_changed_since_a_revision_is_measured_by_the_configuration_of_today()
    {
        using var git = New();
        var domain = Run(git, new() { Since = "v1.2" }).Domains[0];
        Assert.Equal(["T1569.002"], domain.ClosedGaps.Select(gap => $"{gap.Id}"));
        Assert.Equal(["T1003.001"], domain.NewGaps.Select(gap => $"{gap.Id}"));
        Assert.Equal(0, domain.Count(union => union.Covered.Covered).Change);
        // The numbers before are those of an assessment there with the other files as they are now.
        git.Git("h", "checkout", "-q", "v1.2", "--", "rules");
        File.Delete(git.PathOf("h/rules/service.yml"));
        var then = Run(git, new()).Domains[0];
        Assert.Equal(then.Union.Techniques.Select(one => (one.Id, one.IsCovered)), domain.Before!.Techniques.Select(one => (one.Id, one.IsCovered)));
        Assert.Equal(then.Tactics.Select(row => row.Covered), domain.Tactics.Select(row => row.Before!.Value));
        Assert.Equal(then.Actors.Select(actor => actor.Coverage.Covered), domain.Actors.Select(actor => actor.Before!.Value));
    }

    [Fact]
    public void A_revision_that_is_not_there_is_a_finding()
    {
        using var git = New();
        foreach (var name in new[] { "v9", "--all", "", "v1.2..HEAD", "\e[31m" })
        {
            var result = AssessRun.Run(Request(git), new() { Since = name });
            Assert.Null(result.Assessment);
            Assert.Equal("MRL9002", Assert.Single(result.Diagnostics).Info.Id);
        }
        using TemporaryRepository loose = new(("actors/a.yml", "name: A\ntechniques: [T1059.001]\n"));
        Directory.Delete(loose.PathOf(".git"));
        Assert.Equal("MRL9001", Assert.Single(AssessRun.Run(loose.Request(), new() { Since = "v1" }).Diagnostics).Info.Id);
    }

    [Fact]
    public void Numbers_of_json_add_up()
    {
        using var git = New();
        using var json = JsonDocument.Parse(AssessJson.Write(Run(git, new() { Since = "v1.2" }), PublishedNames.Private));
        Assert.Equal(1, json.RootElement.GetProperty("schemaVersion").GetInt32());
        foreach (var domain in json.RootElement.GetProperty("domains").EnumerateArray())
        {
            Assert.Equal(domain.GetProperty("techniques").GetInt32(), domain.GetProperty("covered").GetInt32() + domain.GetProperty("gaps").GetProperty("number").GetInt32());
            Assert.Equal(domain.GetProperty("change").GetInt32(), -domain.GetProperty("gaps").GetProperty("change").GetInt32());
            Assert.Equal(domain.GetProperty("change").GetInt32(), domain.GetProperty("closedGaps").GetArrayLength() - domain.GetProperty("newGaps").GetArrayLength());
            Assert.All(domain.GetProperty("tactics").EnumerateArray(), row => Assert.Equal(row.GetProperty("techniques").GetInt32() == 0, row.GetProperty("percent").ValueKind == JsonValueKind.Null));
        }
    }

    [Fact]
    public void What_closing_the_first_gaps_takes_can_be_reckoned_by_hand()
    {
        using TemporaryRepository repository = new(("actors/a.yml", "name: A\ntechniques: [T1059.001, T1059.003, T1003.001]\n"), ("rules/a.yml", Rule("T1059.001")));
        var text = AssessText.Write(Assess(repository), PublishedNames.Private, isColoured: false);
        // Two rules of 3 days each, and 2 engineers who have 0.6 of a day for it.
        Assert.Contains("""
            Closing top 2 gaps requires: 2 detection engineer FTEs, 5 days (2 rules to write, 0 to adopt, 0 log sources; 6 person-days; plan.days 1/3/15)
            Expected coverage improvement: 33.3% -> 100.0% (1/3 -> 3/3)

            """.ReplaceLineEndings("\n"), text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_there_is_a_finding()
    {
        using TemporaryRepository repository = new(("merlon.yml", "plan: { library: nowhere }\n"), ("actors/a.yml", "name: A\ntechniques: [T1059.001]\n"));
        Assert.Contains("'nowhere'", Assert.Single(AssessRun.Run(repository.Request(), new()).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_actors_it_says_how_to_get_one()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule("T1059.001")));
        var assessment = Assess(repository);
        Assert.Contains("write a profile below actors/", AssessText.Write(assessment, PublishedNames.Private, isColoured: false), StringComparison.Ordinal);
        Assert.Contains("write a profile below actors/", AssessMarkdown.Write(assessment, PublishedNames.Private), StringComparison.Ordinal);
        Assert.Contains("write a profile below actors/", AssessHtml.Write(assessment, PublishedNames.Private), StringComparison.Ordinal);
    }

    // What groups and their campaigns list, without a parent that the same source means by a sub-technique of it.
    private static ImmutableArray<TechniqueId> Recount(AttackRelease release, params string[] groups)
    {
        var lists = groups.Select(id => release.FindGroup(id)!.Techniques)
            .Concat(release.Campaigns.Where(campaign => campaign.IsLive && campaign.Groups.Intersect(groups).Any()).Select(campaign => campaign.Techniques));
        return [.. lists.SelectMany(list => list.Where(id => id.IsSubTechnique || !list.Any(other => other.IsSubTechnique && other.Number == id.Number))).Distinct().Order()];
    }

    private static bool IsPre(AttackRelease release, TechniqueId id) => release.Find(id)!.Platforms is ["PRE"];

    private static string Rule(string technique) =>
        $"title: Rule of {technique}\nstatus: test\nlevel: high\ntags: [attack.{technique.ToLowerInvariant()}]\nlogsource: {{ category: any }}\ndetection: {{ s: {{ f: x }}, condition: s }}\n";

    private static Assessment Assess(TemporaryRepository repository) => AssessRun.Run(repository.Request(), new()).Assessment!;

    // At v1.2 the rules differ, and there is one actor of other techniques.
    private static TemporaryGit New()
    {
        TemporaryGit git = new();
        git.Git("", "init", "-q", "-b", "main", "h");
        git.Write("h/merlon.yml", "name: old\ngate: { targets: { default: 1 } }\n");
        git.Write("h/actors/a.yml", "name: Tin Soldier\ntechniques: [T1486]\n");
        git.Write("h/rules/shell.yml", Rule("T1059.001"));
        git.Write("h/rules/lsass.yml", Rule("T1003.001"));
        git.Write("h/rules/roast.yml", Rule("T1558.003"));
        git.Commit("h", "old");
        git.Git("h", "tag", "v1.2");
        git.Write("h/merlon.yml", Config);
        git.Write("h/assets.yml", "assets:\n  - { name: workstations, platforms: [Windows], number: 1240, criticality: high }\n  - { name: servers, platforms: [Linux], number: 87, criticality: critical }\n");
        git.Write("h/actors/a.yml", Soldier);
        git.Write("h/actors/b.yml", Tiger);
        git.Write("h/actors/c.yml", Cloud);
        File.Delete(git.PathOf("h/rules/lsass.yml"));
        git.Write("h/rules/service.yml", Rule("T1569.002"));
        return git;
    }

    private static CheckRequest Request(TemporaryGit git) => new() { Directory = git.PathOf("h"), Date = TemporaryRepository.Day };

    private static Assessment Run(TemporaryGit git, AssessOptions options)
    {
        var result = AssessRun.Run(Request(git), options);
        Assert.True(result.Assessment is not null, LintRuleTests.Lines(result.Diagnostics));
        return result.Assessment;
    }
}
