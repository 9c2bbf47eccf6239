using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Xunit;

namespace Merlon.Core.Tests;

public class ConfigurationTests
{
    [Theory]
    // Unknown keys, at each depth
    [InlineData("ruls: []", "1:1: error MRL8001: 'ruls' is not a key here; did you mean 'rules'?")]
    [InlineData("tests: { folders: [a] }", "1:10: error MRL8001: 'folders' is not a key here; use paths, requireNegative, mappings, benign or allowed")]
    [InlineData("plans: {}", "1:1: error MRL8001: 'plans' is not a key here; did you mean 'plan'?")]
    [InlineData("plan: { days: { lo: 1 } }", "1:17: error MRL8001: 'lo' is not a key here; did you mean 'low'?")]
    [InlineData("plan: { engineers: 0 }", "1:20: error MRL8002: engineers is '0'; write a whole number from 1 to 1000")]
    [InlineData("plan: { productive: 60 }", "1:21: error MRL8002: productive is '60'; write a share from 0.01 to 1, such as 0.6")]
    [InlineData("gate: { regresion: any }", "1:9: error MRL8001: 'regresion' is not a key here; did you mean 'regression'?")]
    [InlineData("gate:\n  targets: { defualt: 3 }", "2:14: error MRL8001: 'defualt' is not a key here; did you mean 'default'?")]
    [InlineData("attack: { realease: x }", "1:11: error MRL8001: 'realease' is not a key here; did you mean 'release'?")]
    [InlineData("lint: { MRL9999: off }", "1:9: error MRL8001: 'MRL9999' is not a key here; use preset, paths, except or baseline")]
    [InlineData("lint: { MRL77xx: off }", "1:9: error MRL8001: 'MRL77xx' is not a key here; use preset, paths, except or baseline")]
    // Words
    [InlineData("coverage: { rollUp: stric }", "1:21: error MRL8002: 'stric' is not allowed here; did you mean 'strict'?")]
    [InlineData("coverage: { status: [stable, tests] }", "1:30: error MRL8002: 'tests' is not allowed here; did you mean 'test'?")]
    [InlineData("coverage: { platforms: [Window] }", "1:25: error MRL8002: 'Window' is not allowed here; did you mean 'Windows'?")]
    [InlineData("gate: { level: proven }", "1:16: error MRL8002: 'proven' is not allowed here; use claimed, deployable, deployed, tested or validated")]
    [InlineData("gate: { belowTarget: worse }", "1:22: error MRL8002: 'worse' is not allowed here; use fail, no-worse or warn")]
    [InlineData("gate: { regression: all }", "1:21: error MRL8002: 'all' is not allowed here; use below-target, any or off")]
    [InlineData("gate: { policy: both }", "1:17: error MRL8002: 'both' is not allowed here; use base or head")]
    [InlineData("lint: { preset: all }", "1:17: error MRL8002: 'all' is not allowed here; use sigma, recommended, sigmahq or strict")]
    [InlineData("lint: { MRL3001: fatal }", "1:18: error MRL8002: 'fatal' is not allowed here; use error, warning, info or off")]
    [InlineData("gate: { targets: { tactics: { credentials-access: 3 } } }", "1:31: error MRL8002: 'credentials-access' is not one of the tactics of the pinned ATT&CK release; did you mean 'credential-access'?")]
    [InlineData("lint: { except: { MRL1001: [a] } }", "1:19: error MRL8001: 'MRL1001' is not a key here")]
    [InlineData("lint: { except: { MRL5003: [a] } }", "1:19: error MRL8001: 'MRL5003' is not a key here")]
    [InlineData("lint: { except: { MRL2999: [a] } }", "1:19: error MRL8001: 'MRL2999' is not a key here")]
    [InlineData("lint: { except: { MRL3001: a } }", "1:28: error MRL8002: MRL3001 is a single value; write a list")]
    [InlineData("lint: { baseline: ../b.tsv }", "1:19: error MRL8002: '../b.tsv' is not a path below the repository's root; write one with '/', relative to this file")]
    // Types and ranges
    [InlineData("rules: rules/a.yml", "1:8: error MRL8002: rules is a single value; write a list")]
    [InlineData("name: [a]", "1:7: error MRL8002: name is a list; write a single value")]
    [InlineData("coverage: [a]", "1:11: error MRL8002: coverage is a list; write a map")]
    [InlineData("gate: { targets: { default: 101 } }", "1:29: error MRL8002: default is '101'; write a whole number from 0 to 100")]
    [InlineData("gate: { targets: { default: 7.5 } }", "1:29: error MRL8002: default is '7.5'; write a whole number from 0 to 100")]
    [InlineData("name: \"\"", "1:7: error MRL8002: name is empty; write a single value")]
    [InlineData("lint: { paths: [{ MRL3001: off }] }", "1:19: error MRL8003: 'paths' is missing; add it")]
    [InlineData("lint: { paths: [{ paths: [], MRL3001: off }] }", "1:19: error MRL8003: 'paths' is missing; add it")]
    [InlineData("coverage: { exclude: [{ id: T1059, kind: accepted }] }", "1:25: error MRL8003: 'reason' is missing; add it")]
    [InlineData("coverage: { exclude: [{ id: T9999, kind: accepted, reason: r }] }", "1:29: error MRL8002: T9999 is not a technique of ATT&CK 19.1")]
    // Paths
    [InlineData("rules: [nothing/*.yml]", "1:9: error MRL8004: 'nothing/*.yml' matches no file; correct it or remove it")]
    [InlineData("rules: [rules/a.yml, rules/gone.yml]", "1:22: error MRL8004: 'rules/gone.yml' matches no file; correct it or remove it")]
    [InlineData("rules: [../rules/*.yml]", "1:9: error MRL8002: '../rules/*.yml' is not a path below the repository's root; write one with '/', relative to this file")]
    [InlineData("coverage: { logSources: /etc/passwd }", "1:25: error MRL8002: '/etc/passwd' is not a path below the repository's root; write one with '/', relative to this file")]
    [InlineData("coverage: { assets: 'C:\\a.yml' }", "1:21: error MRL8002: 'C:\\a.yml' is not a path below the repository's root; write one with '/', relative to this file")]
    [InlineData("gate: { baseline: ../c.json }", "1:19: error MRL8002: '../c.json' is not a path below the repository's root; write one with '/', relative to this file")]
    // Releases
    [InlineData("attack: { release: 17.1 }", "1:20: error MRL8012: ATT&CK release '17.1' of enterprise-attack is not embedded; 16.1, 18.1, 19.1 are, and 'merlon attack import' makes a table of any other")]
    [InlineData("attack: { release: \"19.1\", domains: [enterprise] }", "1:38: error MRL8002: 'enterprise' is not allowed here; use enterprise-attack, ics-attack or mobile-attack")]
    [InlineData("extends: [a.yml]", "1:10: error MRL8002: extends is a list; write a single value")]
    public void What_cannot_be_used_is_named_at_its_place(string text, string finding)
    {
        using TemporaryRepository repository = new(("merlon.yml", text + "\n"), ("rules/a.yml", Measure.RuleText("t1059.001")));
        var result = repository.Check();
        Assert.False(result.IsUsable);
        Assert.Equal($"merlon.yml:{finding}\n", LintRuleTests.Lines(result.Diagnostics));
    }

    [Theory]
    [InlineData("a.yml", "MRL1008", "a.yml:1:1")] // a file that is not there
    [InlineData("list.yml", "MRL8005", "list.yml:1:1")]
    [InlineData("again.yml", "MRL8002", "again.yml:1:1")]
    [InlineData("merlon.yml", "MRL8002", "merlon.yml:1:1")]
    [InlineData("bad.yml", "MRL8001", "bad.yml:1:1")]
    public void An_extended_file_is_a_map_that_extends_nothing(string extended, string id, string place)
    {
        using TemporaryRepository repository = new(("merlon.yml", $"extends: {extended}\n"), ("list.yml", "- a\n"), ("again.yml", "extends: list.yml\n"), ("bad.yml", "nme: a\n"));
        var finding = Assert.Single(repository.Check().Diagnostics);
        Assert.Equal((id, place), (finding.Info.Id, $"{finding.Span.Path}:{finding.Span.Line}:{finding.Span.Column}"));
    }

    [Fact]
    public void Extending_merges_maps_and_replaces_lists_and_values()
    {
        using TemporaryRepository repository = new(
            ("base/base.yml", "name: base\nrules: [rules/*.yml]\ncoverage: { status: [experimental, test], rollUp: lenient }\ngate: { targets: { default: 60, union: 50 } }\n"),
            ("base/rules/b.yml", Measure.RuleText("t1059.001")),
            ("p/merlon.yml", "extends: ../base/base.yml\ncoverage: { status: [stable] }\ngate: { targets: { union: 70 } }\n"));
        var snapshot = repository.Load(folder: "p");
        var config = snapshot.Config;
        Assert.Equal("base [stable] lenient 60 70", $"{config.Name} [{string.Join(',', config.Definition.Status)}] {config.Definition.RollUp} {config.Targets.Default?.Percent} {config.Targets.Union?.Percent}");
        Assert.Equal(["base/rules/b.yml"], snapshot.Files.Rules); // relative to the file in which it is written
        Assert.Equal(["base/base.yml", "p/merlon.yml"], config.Files);
        Assert.Equal(("p/merlon.yml", "base/base.yml"), (config.Targets.Union!.Span.Path, config.Targets.Default!.Span.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public void An_empty_file_is_all_defaults(string text)
    {
        using TemporaryRepository repository = new(("merlon.yml", text), ("rules/a.yml", Measure.RuleText("t1059.001")));
        using TemporaryRepository none = new(("rules/a.yml", Measure.RuleText("t1059.001")));
        Assert.Empty(repository.Check().Diagnostics);
        var (config, expected) = (repository.Load().Config, none.Load().Config);
        Assert.Equal(("main", "19.1", expected.Definition.HashWith([])), (config.Name, config.Releases.Single().Version, config.Definition.HashWith([])));
    }

    [Fact]
    public void A_program_is_named_for_its_folder()
    {
        using TemporaryRepository repository = new(("teams/eu/merlon.yml", ""), ("teams/eu/rules/a.yml", Measure.RuleText("t1059.001")));
        Assert.Equal("teams/eu", repository.Load(folder: "teams/eu").Config.Name);
    }

    [Theory]
    [InlineData("merlon.yml", "")]
    [InlineData("base.yml", "extends: base.yml")]
    [InlineData("logsources.yml", "coverage: { logSources: logsources.yml }")]
    [InlineData("assets.yml", "coverage: { assets: assets.yml }")]
    [InlineData("b.json", "attack: { bundles: [{ path: b.json }] }")]
    [InlineData("t.tsv", "attack: { release: t.tsv }")]
    [InlineData("t.groups.tsv", "attack: { release: t.tsv }")]
    [InlineData("rules/a.yml", "rules: [rules/a.yml]")]
    [InlineData("actors/a.yml", "actors: [actors/a.yml]")]
    public void A_link_is_not_followed(string link, string text)
    {
        using TemporaryRepository outside = new(("secret", "name: secret\n"));
        using TemporaryRepository repository = new(("merlon.yml", text + "\n"), ("t.tsv", "x\n"), ("t.detection.tsv", "x\n"), ("rules/a.yml", Measure.RuleText("t1059.001")));
        Directory.CreateDirectory(Path.GetDirectoryName(repository.PathOf(link))!);
        File.Delete(repository.PathOf(link));
        File.CreateSymbolicLink(repository.PathOf(link), outside.PathOf("secret"));
        var found = repository.Check().Diagnostics;
        Assert.Contains(found, finding => finding is { Info.Id: "MRL1009", Severity: Severity.Error } && finding.Span.Path == link);
        Assert.DoesNotContain("secret", LintRuleTests.Lines(found), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_folder_is_not_entered()
    {
        using TemporaryRepository outside = new(("a.yml", Measure.RuleText("t1059.001")));
        using TemporaryRepository repository = new(("merlon.yml", "rules: [linked/*.yml]\n"));
        Directory.CreateSymbolicLink(repository.PathOf("linked"), outside.Root);
        Assert.Equal(["MRL8004"], repository.Check().Diagnostics.Select(finding => finding.Info.Id));
    }

    [Fact]
    public void A_release_may_be_a_table()
    {
        using TemporaryRepository repository = new(("config/merlon.yml", "attack: { release: t.tsv }\n"), ("config/rules/a.yml", Measure.RuleText("t1059.001")));
        var release = AttackFactsTests.Release("enterprise-attack", "18.1");
        using (StreamWriter techniques = new(repository.PathOf("config/t.tsv")), groups = new(repository.PathOf("config/t.groups.tsv")), detection = new(repository.PathOf("config/t.detection.tsv")))
            Attack.AttackTable.Write(release, techniques, groups, detection);
        var snapshot = repository.Load(folder: "config");
        Assert.Equal(("18.1", release.Techniques.Length), (snapshot.Config.Releases.Single().Version, snapshot.Config.Releases.Single().Techniques.Length));
        Assert.Equal(["config/merlon.yml", "config/t.detection.tsv", "config/t.groups.tsv", "config/t.tsv"], snapshot.Config.Files);
        repository.Write("config/merlon.yml", "attack: { release: t.tsv, domains: [ics-attack] }\n");
        Assert.Equal("config/merlon.yml:1:20: error MRL8002: 't.tsv' is a table of enterprise-attack, and attack.domains has ics-attack\n",
            LintRuleTests.Lines(Programs.Check.Run(repository.Request(folder: "config")).Diagnostics));
    }

    [Fact]
    public void Bundles_are_merged_over_the_release()
    {
        var powerShell = AttackFactsTests.Release("enterprise-attack", "19.1").Find(new(1059, 1))!.StixId;
        using TemporaryRepository repository = new(
            ("merlon.yml", "attack: { bundles: [{ path: b.json }] }\n"), ("actors/a.yml", "name: Own\nfrom: [G7777]\n"), ("rules/a.yml", Measure.RuleText("t1059.001")),
            ("b.json", $$"""
            {"type":"bundle","id":"bundle--11111111-0000-4000-8000-000000000000","objects":[
              {"type":"intrusion-set","spec_version":"2.1","id":"intrusion-set--11111111-0000-4000-8000-000000000001","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"Own Group","external_references":[{"source_name":"mitre-attack","external_id":"G7777"}],"x_mitre_domains":["enterprise-attack"]},
              {"type":"relationship","spec_version":"2.1","id":"relationship--11111111-0000-4000-8000-000000000002","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","relationship_type":"uses","source_ref":"intrusion-set--11111111-0000-4000-8000-000000000001","target_ref":"attack-pattern--{{powerShell}}"}
            ]}
            """));
        var result = repository.Check();
        Assert.Empty(result.Diagnostics);
        Assert.StartsWith("Own: deployable 1/1 (100.0%)", Assert.Single(result.Lines), StringComparison.Ordinal);
        Assert.Contains("b.json", result.Snapshot!.Config.Files);
    }

    [Fact]
    public void A_bundle_with_another_hash_is_not_used()
    {
        var zeros = new string('0', 64);
        using TemporaryRepository repository = new(("merlon.yml", $"attack: {{ bundles: [{{ path: b.json, sha256: {zeros} }}] }}\n"), ("b.json", "{}\n"));
        var result = repository.Check();
        Assert.False(result.IsUsable);
        Assert.Equal("MRL8013", Assert.Single(result.Diagnostics).Info.Id);
    }

    [Theory]
    [InlineData("MRL3012: error", "error")]
    [InlineData("MRL30xx: warning", "warning")]
    [InlineData("MRL3012: error, MRL30xx: warning", "warning")]
    [InlineData("MRL3012: off", "")]
    [InlineData("MRL3012: error, paths: [{ paths: ['rules/**'], MRL3012: warning }]", "warning")]
    [InlineData("MRL3012: error, paths: [{ paths: ['other/**'], MRL3012: warning }]", "error")]
    [InlineData("MRL3012: error, paths: [{ paths: ['rules/**', '!rules/a.yml'], MRL3012: warning }]", "error")]
    [InlineData("preset: sigma", "")]
    public void Severities_are_set_by_id_by_area_and_by_path(string lint, string severity)
    {
        using TemporaryRepository repository = new(("merlon.yml", $"lint: {{ {lint} }}\n"), ("rules/a.yml", Measure.RuleText("execution")));
        Assert.Equal(severity, string.Join(' ', repository.Check().Diagnostics.Select(finding => finding.Severity.Name)));
    }

    [Fact]
    public void The_command_line_beats_the_file()
    {
        using TemporaryRepository repository = new(("merlon.yml", "coverage: { platforms: [Linux], rollUp: lenient, pre: include }\ngate: { level: deployable }\nlint: { preset: sigma }\n"), ("rules/a.yml", Measure.RuleText("t1059.001")));
        var config = repository.Load(new() { Release = "18.1", Level = "claimed", Platforms = ["cloud", "Windows"], RollUp = "strict", Pre = "apart", Preset = "strict" }).Config;
        Assert.Equal("18.1 Claimed IaaS,Identity Provider,Office Suite,SaaS,Windows strict apart", $"{config.Releases[0].Version} {config.Definition.Level} {string.Join(',', config.Definition.Platforms)} {config.Definition.RollUp} {config.Definition.Pre}");
        Assert.Equal(Preset.Strict, config.Lint.Preset);
    }

    public static TheoryData<string, string> BadOverrides => new()
    {
        { "level", "'proven' is not allowed for level; use claimed, deployable, deployed, tested or validated" }, { "platforms", "'Windws' is not allowed for platforms; did you mean 'Windows'?" },
        { "roll-up", "'loose' is not allowed for roll-up; use strict or lenient" }, { "pre", "'out' is not allowed for pre; use apart or include" },
        { "preset", "'all' is not a preset; use sigma, recommended, sigmahq or strict" },
    };

    [Theory, MemberData(nameof(BadOverrides))]
    public void A_bad_word_of_the_command_line_ends_the_run(string option, string message)
    {
        using TemporaryRepository repository = new();
        Overrides overrides = option switch
        {
            "level" => new() { Level = "proven" },
            "platforms" => new() { Platforms = ["Windws"] },
            "roll-up" => new() { RollUp = "loose" },
            "pre" => new() { Pre = "out" },
            _ => new() { Preset = "all" },
        };
        var result = repository.Check(overrides);
        Assert.False(result.IsUsable);
        Assert.Equal(("MRL8002", message), (Assert.Single(result.Diagnostics).Info.Id, result.Diagnostics[0].Message));
    }

    [Theory]
    [InlineData("techniques: [T9999]", "MRL4004 MRL4011")] // in no domain
    [InlineData("techniques: [T1059.001, T0807]", "")] // one in each
    [InlineData("from: [G9999]\ntechniques: [T0807]", "MRL4004")]
    [InlineData("techniques: [T1059.001]\nexclude: [{ id: T0807, kind: accepted, reason: r }]", "MRL4010")]
    public void An_id_is_unknown_when_no_domain_has_it(string body, string ids)
    {
        using TemporaryRepository repository = new(("merlon.yml", "attack: { domains: [enterprise-attack, ics-attack] }\n"), ("actors/a.yml", $"name: a\n{body}\n"), ("rules/a.yml", Measure.RuleText("t1059.001")));
        Assert.Equal(ids, string.Join(' ', repository.Check().Diagnostics.Select(finding => finding.Info.Id).Order()));
    }

    [Fact]
    public void Two_profiles_of_one_name_are_an_error()
    {
        using TemporaryRepository repository = new(("actors/a.yml", "name: FIN7\ngroup: G0046\n"), ("actors/b.yml", "name: fin7\ngroup: G0046\n"), ("rules/a.yml", Measure.RuleText("t1059.001")));
        Assert.Equal("actors/b.yml:1:7: error MRL4007: 'fin7' is the name of the profile in actors/a.yml too; rename one\n", LintRuleTests.Lines(repository.Check().Diagnostics));
    }

    [Theory]
    [InlineData("")]
    [InlineData("rules: []")] // right where the command line names files
    public void A_check_of_no_rule_at_all_is_refused(string text)
    {
        using TemporaryRepository repository = new(("merlon.yml", text));
        var result = Core.Programs.Check.Run(repository.Request() with { NeedsRules = true });
        Assert.False(result.IsUsable);
        Assert.Equal("MRL8004", Assert.Single(result.Diagnostics).Info.Id);
    }
}
