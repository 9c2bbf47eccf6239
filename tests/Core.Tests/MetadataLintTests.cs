using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Checks of keys, metadata and tags: the edges of what they find, and their fixes.</summary>
public class MetadataLintTests
{
    private const string Detection = "logsource:\n    product: windows\ndetection:\n    s:\n        A: b\n    condition: s\n";

    private const string Correlation = "correlation:\n    type: event_count\n    rules: [a]\n    group-by: [A]\n    timespan: 5m\n    condition: {gte: 5}\n";

    private const string Filter = "logsource:\n    product: windows\nfilter:\n    rules: any\n    s:\n        A: b\n    condition: not s\n";

    [Fact]
    public void SigmaHQ_keeps_its_own_manners_and_all_of_its_ids_and_dates_are_sound()
    {
        foreach (var preset in (Preset[])[Preset.SigmaHq, Preset.Recommended])
        {
            var findings = Linter.Check(CorpusTests.SigmaHqSet, LintRuleTests.Context("19.1"), new() { Preset = preset })
                .Where(finding => IsOfThis(finding.Info.Id) && !(preset == Preset.Recommended && finding.Info.Id.StartsWith("MRL30", StringComparison.Ordinal)));
            // The data source is known to SigmaHQ, which lets that one rule have it.
            Assert.Equal(preset == Preset.SigmaHq ? "MRL3011" : "", string.Join(' ', findings.Select(finding => finding.Info.Id)));
        }
    }

    [Fact]
    public void SigmaHQ_has_no_key_that_is_almost_one_of_Sigma()
    {
        var strict = Linter.Check(CorpusTests.SigmaHqSet, LintRuleTests.Context("19.1"), new() { Preset = Preset.Strict });
        Assert.DoesNotContain(strict, finding => finding.Info.Id is "MRL2010" or "MRL2011" or "MRL2406" or "MRL2407" or "MRL2419" or "MRL2422");
    }

    [Theory]
    // Only what is absent or null is missing.
    [InlineData("author: ''\n", "MRL2430", 0)]
    [InlineData("author:\n", "MRL2430", 1)]
    [InlineData("author: ~\n", "MRL2430", 1)]
    [InlineData("", "MRL2404", 1)]
    [InlineData("id: x\n", "MRL2404", 0)]
    [InlineData("description: ''\n", "MRL2435", 1)]
    [InlineData("description: 0123456789abcde\n", "MRL2435", 1)]
    [InlineData("description: 0123456789abcdef\n", "MRL2435", 0)]
    [InlineData("description: |\n    0123456789abcde\n", "MRL2435", 0)] // its line end counts
    [InlineData("description: see HTTPS://x.org\n", "MRL2436", 1)]
    [InlineData("description: see https://x.org\nreferences: []\n", "MRL2436", 1)]
    [InlineData("description: see https://x.org\nreferences: [y]\n", "MRL2436", 0)]
    [InlineData("description: Internal Research of ours\n", "MRL2436", 1)]
    [InlineData("references:\n    - https://github.com/a/b/blob/main/c.py\n", "MRL2444", 1)]
    [InlineData("references:\n    - https://github.com/a/b/blob/main/c.yaml\n", "MRL2444", 0)]
    [InlineData("references:\n    - https://github.com/a/b/blob/main/c.py#L12\n", "MRL2444", 0)]
    [InlineData("references:\n    - http://github.com/a/b/blob/main/c.py\n", "MRL2444", 0)]
    [InlineData("references:\n    - https://attack.mitre.org\n", "MRL2445", 0)]
    [InlineData("references:\n    - https://attack.mitre.org/\n", "MRL2445", 1)]
    [InlineData("references: [a, b, a, a]\n", "MRL2410", 2)]
    [InlineData("date: 2024-01-02\nmodified: 2024/1/1\n", "MRL2446", 1)]
    [InlineData("date: 2024-01-01\nmodified: 2024/1/1\n", "MRL2448", 1)]
    [InlineData("modified: 2024-01-01\n", "MRL2447", 1)]
    [InlineData("modified: 2024-01-01\ndate:\n", "MRL2447", 1)]
    [InlineData("date: 2024-01-02\nmodified: 2024-1-1\n", "MRL2446", 0)] // refused, as are the next four
    [InlineData("date: 2024.01.02\nmodified: 2024-01-01\n", "MRL2446", 0)]
    [InlineData("date: 2024-01-01\nmodified: 2024.01.01\n", "MRL2448", 0)]
    [InlineData("modified: 2024.01.01\n", "MRL2447", 0)]
    [InlineData("status: test\ndate: '2026-11-20 10:00'\n", "MRL2449", 0)]
    [InlineData("status: test\ndate: 2026-11-20 10:00:00\n", "MRL2449", 1)]
    [InlineData("status: Test\ndate: 2026-09-25\n", "MRL2449", 1)]
    [InlineData("status: stable\ndate: 2026-09-24\n", "MRL2449", 0)] // 61 days
    [InlineData("status: test\ndate: 2027-01-01\n", "MRL2449", 1)]
    [InlineData("status: experimental\ndate: 2026-11-01\n", "MRL2449", 0)]
    [InlineData("status: test\ndate: 2026-11-01\nregression_tests_path: x\n", "MRL2449", 0)]
    [InlineData("status: Deprecated\n", "MRL2451", 1)]
    [InlineData("status: unsupported\n", "MRL2451", 1)]
    [InlineData("fields: []\n", "MRL2450", 0)]
    [InlineData("fields: [a]\n", "MRL2450", 1)]
    [InlineData("falsepositives: [unknown]\n", "MRL2441", 1)]
    [InlineData("falsepositives: [Unknown, 7 zip]\n", "MRL2441", 0)]
    [InlineData("falsepositives: [None expected]\n", "MRL2442", 1)]
    [InlineData("falsepositives: [Nonesuch, 'Pentests', 'pentest.']\n", "MRL2442", 0)]
    [InlineData("falsepositives: [Legitim use, Unkown, Unkown.]\n", "MRL2443", 1)]
    [InlineData("errors: x\n", "MRL2009", 1)]
    [InlineData("simulation: []\nlicense: MIT\n", "MRL2009", 0)]
    [InlineData("generate: true\n", "MRL2009", 1)]
    public void Of_a_rule(string head, string id, int count) => Assert.Equal(count, Count($"title: a\n{head}{Detection}", id));

    [Theory]
    [InlineData("Detect A", "MRL2438", 1)]
    [InlineData("Detected A", "MRL2438", 0)]
    [InlineData("detects A", "MRL2438", 0)]
    [InlineData("A use", "MRL2440", 1)]
    [InlineData("A of b/c d.e f_g 4h", "MRL2440", 0)]
    [InlineData("A (use) iPhone -x", "MRL2440", 2)]
    [InlineData("A.", "MRL2439", 1)]
    public void Of_a_title(string title, string id, int count) => Assert.Equal(count, Count($"title: {title}\n{Detection}", id));

    [Theory]
    [InlineData("detection.dfir-2", "MRL2417", 1)]
    [InlineData("Detection.dfir", "MRL2417", 0)]
    [InlineData("Detection.dfir", "MRL2413", 1)]
    [InlineData("Detection.dfir", "MRL2412", 1)]
    [InlineData("a.b c", "MRL2412", 1)]
    [InlineData("a.b.c_d-e", "MRL2412", 0)]
    [InlineData("'a.'", "MRL2412", 1)]
    [InlineData("sysmon", "MRL2412", 0)]
    [InlineData("sysmon", "MRL2413", 0)]
    [InlineData("sysmon", "MRL2422", 1)]
    [InlineData("car.2013-05-0021", "MRL2414", 1)]
    [InlineData("cve.2023-1", "MRL2415", 0)]
    [InlineData("cve.2023-1-1", "MRL2415", 1)]
    [InlineData("stp.1a", "MRL2418", 0)]
    [InlineData("stp.1ak", "MRL2418", 1)]
    [InlineData("tlp.AMBER", "MRL2421", 1)]
    [InlineData("tlp.amber-strict", "MRL2420", 1)]
    [InlineData("tlp.white", "MRL2419", 0)]
    [InlineData("tlp.green", "MRL2455", 1)]
    [InlineData("attack.t1059.001", "MRL3015", 1)]
    [InlineData("attack.T1059.001", "MRL3015", 0)] // another tag to tools that compare text
    [InlineData("attack.t1086", "MRL3015", 0)] // revoked
    public void Of_a_tag(string tag, string id, int count)
    {
        Assert.Equal(count, Count($"title: a\ntags:\n    - {tag}\n{Detection}", id));
        Assert.Equal(count, Count($"title: a\ntags:\n    - {tag}\n{Correlation}", id));
        Assert.Equal(id == "MRL2422" ? count : 0, Count($"title: a\ntags:\n    - {tag}\n{Filter}", id));
    }

    // Whatever is not the lower-case id or short name of something live is found by one of the checks of ATT&CK tags.
    [Theory]
    [InlineData("attack.t1059.001", false)]
    [InlineData("attack.execution", false)]
    [InlineData("attack.g0096", false)]
    [InlineData("attack.s0002", false)]
    [InlineData("attack.m1047", false)]
    [InlineData("Attack.t1059.001", false)] // of another namespace
    [InlineData("attack.T1059.001", true)]
    [InlineData("attack.Execution", true)]
    [InlineData("attack.G0096", true)]
    [InlineData("attack.credential_access", true)]
    [InlineData("attack.defense-evasion", true)]
    [InlineData("attack.ta0002", true)]
    [InlineData("attack.ds0005", true)]
    [InlineData("attack.c0017", true)]
    [InlineData("attack.a0001", true)]
    [InlineData("attack.t1086", true)]
    [InlineData("attack.t1562.001", true)]
    [InlineData("attack.t9999", true)]
    [InlineData("attack.s9999", true)]
    [InlineData("attack.t1059.001.002", true)]
    [InlineData("'attack.'", true)]
    public void Of_an_ATTACK_tag(string tag, bool isFound)
    {
        string[] ids = ["MRL3001", "MRL3002", "MRL3003", "MRL3004", "MRL3005", "MRL3006", "MRL3010", "MRL3011", "MRL3016"];
        foreach (var (body, expected) in ((string, bool)[])[(Detection, isFound), (Correlation, isFound), (Filter, false)])
            Assert.Equal(expected, Check($"title: a\ntags:\n    - {tag}\n{body}", Preset.SigmaHq).Any(finding => ids.Contains(finding.Info.Id)));
    }

    [Theory]
    [InlineData("MRL2404"), InlineData("MRL2430"), InlineData("MRL2431"), InlineData("MRL2432"), InlineData("MRL2433"), InlineData("MRL2434")]
    public void A_correlation_needs_metadata_and_a_filter_does_not(string id)
    {
        Assert.Equal(1, Count($"title: a\n{Correlation}", id));
        Assert.Equal(0, Count($"title: a\n{Filter}", id));
    }

    [Theory]
    [InlineData("generate: true\ntype: x\n", 0)]
    [InlineData("logsource: {product: windows}\n", 1)]
    public void A_correlation_has_keys_of_its_own(string head, int count) => Assert.Equal(count, Count($"title: a\n{head}{Correlation}", "MRL2009"));

    [Theory]
    // A word that may well be one's own is left alone.
    [InlineData("data", null), InlineData("score", null), InlineData("version", null), InlineData("details", null), InlineData("ruletype", null), InlineData("sample-evtx", null)]
    [InlineData("uuid", null), InlineData("type", null), InlineData("update", null), InlineData("severity", null), InlineData("state", null), InlineData("notes", null), InlineData("rule", null)]
    [InlineData("relaed", "related"), InlineData("tag", "tags"), InlineData("titel", null), InlineData("leevl", "level"), InlineData("modifed", "modified")]
    [InlineData("falsepositive", "falsepositives"), InlineData("false_positives", "falsepositives"), InlineData("licence", "license"), InlineData("desciption", "description")]
    [InlineData("reference", null)] // has a check of its own
    public void A_misspelt_key_is_near_to_one_that_the_rule_lacks(string key, string? meant) =>
        Assert.Equal(meant is null ? [] : [$"'{key}' is not a key of Sigma, so no tool reads it; write '{meant}'"],
            Check($"title: a\n{key}: [x]\n{Detection}", Preset.Strict).Where(finding => finding.Info.Id == "MRL2010").Select(finding => finding.Message));

    [Fact]
    public void A_key_that_is_there_already_is_not_what_another_one_means() => Assert.Equal(0, Count($"title: a\nlicense: MIT\nlicence: x\n{Detection}", "MRL2010"));

    [Theory]
    [InlineData("status: Test", "status: test", true)]
    [InlineData("level: 'HIGH' # of ours", "level: 'high' # of ours", true)]
    [InlineData("Author: x", "author: x", false)]
    [InlineData("date: 2024/1/5", "date: 2024-01-05", true)]
    [InlineData("date: \"2024/01/05\"", "date: \"2024-01-05\"", true)]
    [InlineData("tags:\n- attack.t1059\n- attack.t1059\n- attack.t1003", "tags:\n- attack.t1059\n- attack.t1003", true)]
    [InlineData("tags:\n    - attack.t1059\n    - attack.t1059 # again", "tags:\n    - attack.t1059", true)]
    [InlineData("tags:\n    - attack.T1003.002", "tags:\n    - attack.t1003.002", true)]
    [InlineData("tags:\n    - attack.t1086", "tags:\n    - attack.t1059.001", true)]
    [InlineData("tags:\n    - attack.defense-evasion\n    - attack.t1070", "tags:\n    - attack.stealth\n    - attack.t1070", true)]
    [InlineData("tags:\n    - 'attack.t1003'", "tags:\n    - attack.credential-access\n    - 'attack.t1003'", false)]
    [InlineData("tags:\n    - cve.2021.44228", "tags:\n    - cve.2021-44228", true)]
    [InlineData("date: 2024-01-05\nmodified: 2024-01-05", "date: 2024-01-05", true)]
    [InlineData("falsepositives:\n    - unkown, mostly", "falsepositives:\n    - unkown, mostly", null)] // the comma belongs to the word
    [InlineData("falsepositives:\n    - unkown use", "falsepositives:\n    - unknown use", true)]
    [InlineData("references: [a, b, a]", "references: [a, b]", true)]
    [InlineData("references:\n    - &a x\n    - *a", "references:\n    - &a x", true)]
    [InlineData("references:\n    - x\n    - &a x", "references:\n    - x", null)]
    [InlineData("description: &s Test\nstatus: *s", "description: &s Test\nstatus: *s", null)]
    [InlineData("falsepositives:\n    - >-\n        unkown\n        use", "falsepositives:\n    - >-\n        unkown\n        use", null)]
    public void A_fix_writes_what_the_message_says(string before, string after, bool? isSafe)
    {
        var (text, wanted) = ($"title: a\n{before}\n{Detection}", $"title: a\n{after}\n{Detection}");
        var fixes = Check(text, Preset.Strict).Select(finding => finding.Fix).OfType<Fix>().Where(fix => Apply(text, fix) == wanted).Select(fix => (bool?)fix.IsSafe);
        if (isSafe is null)
            Assert.All(fixes, safe => Assert.Null(safe));
        else
            Assert.Contains(isSafe, fixes);
    }

    private static bool IsOfThis(string id) => id is "MRL2008" or "MRL2009" or "MRL2010" or "MRL2011"
        || id.StartsWith("MRL24", StringComparison.Ordinal) || id.StartsWith("MRL30", StringComparison.Ordinal);

    private static int Count(string text, string id) => Check(text, Preset.Strict).Count(finding => finding.Info.Id == id);

    private static IEnumerable<Diagnostic> Check(string text, Preset preset)
    {
        var rules = RuleSet.Of([SigmaFile.Parse("rule.yml", Encoding.UTF8.GetBytes(text))]);
        return rules.Diagnostics.Concat(Linter.Check(rules, LintRuleTests.Context("19.1"), new() { Preset = preset }));
    }

    private static string Apply(string text, Fix fix)
    {
        var edit = Assert.Single(fix.Edits);
        var (start, end) = (Offset(text, edit.Span.Line, edit.Span.Column), Offset(text, edit.Span.EndLine, edit.Span.EndColumn));
        return text[..start] + edit.NewText + text[end..];
    }

    private static int Offset(string text, int line, int column) =>
        text.Split('\n').Take(line - 1).Sum(one => one.Length + 1) + column - 1;
}
