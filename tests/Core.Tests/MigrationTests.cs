using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Tags of one release written as another one has them.</summary>
public class MigrationTests
{
    private const string Path = "r.yml";

    private static readonly string[] Ids = ["MRL3002", "MRL3004", "MRL3006"];

    private static readonly string[] AnyTags =
    [
        "attack.defense-evasion", "attack.defense_evasion", "attack.Defense-Evasion", "attack.stealth", "attack.defense-impairment", "attack.execution", "attack.persistence", "attack.privilege_escalation",
        "attack.t1562", "attack.t1562.001", "attack.T1562.006", "attack.t1685", "attack.T1685", "attack.t1562.004", "attack.t1070.001", "attack.t1574.001", "attack.t1574.002", "attack.t1548.002",
        "attack.t1027", "attack.t1059.001", "attack.t1086", "attack.t1064", "attack.g0046", "cve.2024-1", "car.2013-05-002", "no-namespace",
    ];

    [Theory]
    // A revoked technique becomes its replacement, once.
    [InlineData("attack.t1086", "attack.t1059.001")]
    [InlineData("attack.t1562.001, attack.t1685", "attack.t1685")]
    [InlineData("attack.t1562.001, attack.t1562.006", "attack.t1685")]
    [InlineData("attack.t1574.002, attack.t1562.001, attack.t1685", "attack.t1574.001, attack.t1685")]
    [InlineData("attack.T1685, attack.t1562.001", "attack.t1685")]
    // The tactic that the rule's techniques have instead.
    [InlineData("attack.defense-evasion, attack.t1027", "attack.stealth, attack.t1027")]
    [InlineData("attack.defense-evasion, attack.t1562.001", "attack.defense-impairment, attack.t1685")]
    [InlineData("attack.t1562.001, attack.defense_evasion, attack.t1027", "attack.t1685, attack.stealth, attack.defense-impairment, attack.t1027")]
    [InlineData("attack.stealth, attack.defense-evasion, attack.t1562.001, attack.t1027", "attack.stealth, attack.defense-impairment, attack.t1685, attack.t1027")]
    [InlineData("attack.stealth, attack.defense-evasion, attack.t1027", "attack.stealth, attack.t1027")]
    [InlineData("attack.Defense-Evasion, attack.defense_evasion, attack.t1027", "attack.stealth, attack.t1027")]
    [InlineData("attack.persistence, attack.defense-evasion, attack.t1574.002", "attack.persistence, attack.execution, attack.stealth, attack.t1574.001")]
    [InlineData("attack.defense-evasion, attack.privilege-escalation, attack.t1548.002", "attack.privilege-escalation, attack.t1548.002")]
    [InlineData("attack.defense-evasion, attack.t1548.002", "attack.privilege-escalation, attack.t1548.002")]
    // Nothing says what is meant.
    [InlineData("attack.defense-evasion", "attack.defense-evasion")]
    [InlineData("attack.defense-evasion, attack.t1059.001", "attack.defense-evasion, attack.t1059.001")]
    [InlineData("attack.t1064", "attack.t1064")]
    // Firewalls of hosts have a sub-technique now, and the rule does not say whether it means it; the tactic is the same.
    [InlineData("attack.defense-evasion, attack.t1562.004", "attack.defense-impairment, attack.t1562.004")]
    public void Tags_become_those_of_the_pinned_release_where_it_decides(string before, string after)
    {
        Assert.Equal($"tags: [{after}]\n", Tagged(Fix(Rule($"tags: [{before}]\n"))));
        Assert.Equal(Block(after, "\n"), Tagged(Fix(Rule(Block(before, "\n")))));
        Assert.Equal(Block(after, "\r\n"), Tagged(Fix(Rule(Block(before, "\n")).Replace("\n", "\r\n", StringComparison.Ordinal))));
        Assert.Equal($"tags: ['{after.Replace(", ", "', '", StringComparison.Ordinal)}']\n", Tagged(Fix(Rule($"tags: ['{before.Replace(", ", "', '", StringComparison.Ordinal)}']\n"))));
    }

    [Theory]
    [InlineData("tags:\n    - attack.defense-evasion # old\n    - attack.t1562.001 # stops it\n", "tags:\n    - attack.defense-impairment # old\n    - attack.t1685 # stops it\n")]
    [InlineData("tags:\n- \"attack.defense-evasion\" # old\n- attack.t1562.001\n- attack.t1027\n", "tags:\n- \"attack.stealth\"\n- \"attack.defense-impairment\" # old\n- attack.t1685\n- attack.t1027\n")]
    [InlineData("tags: [\n  attack.t1685, # kept\n  attack.t1562.001, # goes with its line\n  attack.t1562.006\n]\n", "tags: [\n  attack.t1685, # kept\n]\n")]
    [InlineData("tags: [ attack.t1562.001,attack.t1685 ]\n", "tags: [ attack.t1685 ]\n")]
    [InlineData("tags: [attack.t1685, # kept\n  attack.t1562.001]\n", "tags: [attack.t1685, # kept\n  attack.t1562.001]\n")]
    [InlineData("tags:\n  - &old attack.t1562.001\n  - attack.t1059\nfields: [*old]\n", "tags:\n  - &old attack.t1562.001\n  - attack.t1059\nfields: [*old]\n")]
    [InlineData("tags: &tags\n  - attack.t1562.001\n  - attack.t1685\nfields: *tags\n", "tags: &tags\n  - attack.t1562.001\n  - attack.t1685\nfields: *tags\n")]
    [InlineData("fields: &tags [attack.t1562.001, attack.t1685]\ntags: *tags\n", "fields: &tags [attack.t1562.001, attack.t1685]\ntags: *tags\n")]
    [InlineData("tags:\n  - attack.t1059\n  - attack.defense-evasion\n  - >-\n    attack.t1562.001\n", "tags:\n  - attack.t1059\n  - attack.defense-impairment\n  - >-\n    attack.t1562.001\n")]
    public void Comments_quotes_and_order_stay(string before, string after) => Assert.Equal(Rule(after), Fix(Rule(before)));

    [Fact]
    public void Where_a_person_must_choose_there_is_a_proposal()
    {
        var (finding, other) = Assert.Single(Lint(Encoding.UTF8.GetBytes(Rule("tags: [attack.t1562.004]\n"))).Select(found => (found, found.Fix)));
        Assert.Equal("T1562.004 was revoked by T1686, which has got T1686.003 (Windows Host Firewall) since; choose what the rule detects", finding.Message);
        Assert.Equal(("Write 'attack.t1686'", false), (other!.Title, other.IsSafe));
        Assert.Equal("tags: [attack.t1686]\n", Tagged(Fix(Rule("tags: [attack.t1562.004]\n"), includeUnsafe: true)));
    }

    [Theory]
    [InlineData("enterprise-attack", "18.1", "")]
    [InlineData("enterprise-attack", "19.1", "T1562.004: T1686.003")]
    [InlineData("ics-attack", "19.1", "")]
    [InlineData("mobile-attack", "19.0", "")]
    public void Of_the_revoked_techniques_few_are_left_open(string domain, string version, string open)
    {
        var release = AttackFactsTests.Release(domain, version);
        LintContext context = new([release]) { Date = TemporaryRepository.Day };
        Assert.Equal(open, string.Join(' ', release.Techniques.Select(technique => (technique.Id, Subs: context.Alternatives(technique.Id))).Where(one => one.Subs.Length > 0)
            .Select(one => $"{one.Id}: {string.Join(' ', one.Subs.Select(sub => sub.Id))}")));
    }

    [Fact]
    public void Back_to_an_older_release_goes_by_the_same_rules() => Assert.Equal(
        "tags: [attack.defense-evasion, attack.t1027]\n", Tagged(Fix(Rule("tags: [attack.stealth, attack.t1027]\n"), release: "18.1")));

    [Fact]
    public void A_migrated_file_is_the_same_rule_but_for_its_tags_and_is_migrated_once() =>
        Gen.Select(FixerTests.OneOf(AnyTags).Array[0, 9], Gen.Int[0, 3].Array[9], FixerTests.OneOf("block", "flat", "flow", "lines"), FixerTests.OneOf("\n", "\r\n"), Gen.Bool).Sample((tags, forms, form, end, includeUnsafe) =>
        {
            var items = tags.Select((tag, index) => forms[index] switch { 1 => $"'{tag}'", 2 => $"\"{tag}\"", _ => tag }).ToArray();
            string Comment(int index) => forms[index] == 3 ? $" # {index} über" : "";
            var written = form switch
            {
                "flow" => $"tags: [{string.Join(", ", items)}]\n",
                "lines" => $"tags: [\n{string.Concat(items.Select((item, index) => $"  {item},{Comment(index)}\n"))}]\n",
                _ => $"tags:\n{string.Concat(items.Select((item, index) => $"{(form == "flat" ? "" : "    ")}- {item}{Comment(index)}\n"))}",
            };
            var before = Rule(written).Replace("\n", end, StringComparison.Ordinal);
            var after = Fix(before, includeUnsafe);
            var (start, stop) = (before.IndexOf("tags:", StringComparison.Ordinal), before.IndexOf("# after", StringComparison.Ordinal));
            Assert.StartsWith(before[..start], after, StringComparison.Ordinal);
            Assert.EndsWith(before[stop..], after, StringComparison.Ordinal);
            Assert.Equal(after, Fix(after, includeUnsafe));
            Assert.Equal(Shape(before), Shape(after));
            // Nothing that a tag claims is lost, and of others none is touched.
            var context = LintRuleTests.Context("19.1");
            Assert.Equal(Claims(before, context), Claims(after, context));
            Assert.Equal(Others(before), Others(after));
            Assert.Equal(end == "\r\n" ? after.Split('\n').Length - 1 : 0, after.Split("\r\n").Length - 1);
        });

    internal static string Fix(string text, bool includeUnsafe = false, string release = "19.1")
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var after = new Fixer(_ => bytes, changed => Lint(changed.GetValueOrDefault(Path, bytes), release), includeUnsafe).Run(Lint(bytes, release));
        return after is [var file] ? Encoding.UTF8.GetString(file.Bytes) : text;
    }

    private static ImmutableArray<Diagnostic> Lint(byte[] bytes, string release = "19.1")
    {
        var rules = RuleSet.Of([SigmaFile.Parse(Path, bytes)]);
        return rules.Diagnostics.Concat(Linter.Check(rules, LintRuleTests.Context(release), new()).Where(finding => Ids.Contains(finding.Info.Id))).InReportOrder();
    }

    private static string Rule(string tags) => $"title: é # kept\n{tags}# after\nlogsource: {{product: windows}}\ndetection: {{s: {{a: 'b'}}, condition: s}}\n";

    private static string Tagged(string rule) => rule[rule.IndexOf("tags:", StringComparison.Ordinal)..rule.IndexOf("# after", StringComparison.Ordinal)];

    private static string Block(string tags, string end) => $"tags:{end}{string.Concat(tags.Split(", ").Select(tag => $"  - {tag}{end}"))}";

    private static SigmaRule Parse(string text) => SigmaFile.Parse(Path, Encoding.UTF8.GetBytes(text)).Rules.Single();

    private static string Shape(string text) => string.Concat(Parse(text).Root.Without("tags").Entries.Select(entry => $"{entry.Key.Value}: {Shape(entry.Value)}\n"));

    private static string Shape(YamlNode node) => node switch
    {
        YamlScalar scalar => $"{scalar.IsPlain} {scalar.Value}",
        YamlSequence list => $"[{string.Join(", ", list.Items.Select(Shape))}]",
        _ => $"{{{string.Join(", ", ((YamlMapping)node).Entries.Select(entry => $"{entry.Key.Value}: {Shape(entry.Value)}"))}}}",
    };

    private static string Claims(string text, LintContext context) => string.Join(' ', RuleSet.Of([SigmaFile.Parse(Path, Encoding.UTF8.GetBytes(text))]).Rules.Single().Techniques
        .Select(tag => context.FindLive(tag.Technique)?.Id ?? tag.Technique).Distinct().Order());

    private static string Others(string text) => string.Join(' ', SigmaTag.Of(Parse(text)).Where(tag => tag.Namespace != "attack").Select(tag => tag.ToString()));
}
