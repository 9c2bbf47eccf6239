using System.Collections.Immutable;
using CsCheck;
using Merlon.Core.Gate;
using Xunit;

namespace Merlon.Core.Tests;

public class PolicyChangesTests
{
    private const string Rule = "5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5e";

    [Theory]
    // Words, and the default of each
    [InlineData("gate: { level: claimed }", "", "gate.level claimed -> - Stricter")]
    [InlineData("gate: { level: deployable }", "gate: { level: claimed }", "gate.level deployable -> claimed Weaker")]
    [InlineData("", "gate: { level: deployable }", "")]
    [InlineData("gate: { level: tested }", "", "gate.level tested -> - Weaker")]
    [InlineData("gate: { level: tested }", "gate: { level: validated }", "gate.level tested -> validated Changed")]
    [InlineData("", "gate: { level: validated }", "gate.level - -> validated Stricter")]
    [InlineData("tests: { requireNegative: true }", "", "tests.requireNegative true -> - Weaker")]
    [InlineData("tests: { requireNegative: false }", "tests: { requireNegative: true }", "tests.requireNegative false -> true Stricter")]
    [InlineData("", "tests: { paths: ['rules/**'] }", "tests.paths - -> [rules/**] Changed")]
    [InlineData("", "validation: { maxAge: 200d }", "validation.maxAge - -> 200 Weaker")]
    [InlineData("validation: { maxAge: 90d }", "validation: { maxAge: 30d }", "validation.maxAge 90 -> 30 Stricter")]
    [InlineData("", "validation: { maxAge: 180d }", "")]
    [InlineData("", "validation: { hand: true }", "validation.hand - -> true Weaker")]
    [InlineData("validation: { records: [rules/*.yml] }", "", "validation.records [rules/*.yml] -> - Changed")]
    [InlineData("", "gate: { belowTarget: no-worse }", "gate.belowTarget - -> no-worse Weaker")]
    [InlineData("gate: { belowTarget: no-worse }", "gate: { belowTarget: warn }", "gate.belowTarget no-worse -> warn Weaker")]
    [InlineData("gate: { belowTarget: fail }", "", "")]
    [InlineData("gate: { regression: any }", "gate: { regression: below-target }", "gate.regression any -> below-target Weaker")]
    [InlineData("", "gate: { regression: off }", "gate.regression - -> off Weaker")]
    [InlineData("", "gate: { regression: below-target }", "")]
    [InlineData("gate: { policy: base }", "gate: { policy: head }", "gate.policy base -> head Weaker")]
    [InlineData("", "gate: { policy: base }", "")]
    [InlineData("", "coverage: { sigmaLevel: none }", "coverage.sigmaLevel - -> none Weaker")]
    [InlineData("coverage: { sigmaLevel: low }", "coverage: { sigmaLevel: high }", "coverage.sigmaLevel low -> high Stricter")]
    [InlineData("coverage: { sigmaLevel: low }", "", "")]
    [InlineData("", "coverage: { rollUp: lenient }", "coverage.rollUp - -> lenient Weaker")]
    [InlineData("", "coverage: { rollUp: strict }", "")]
    [InlineData("", "coverage: { pre: include }", "coverage.pre - -> include Changed")]
    [InlineData("", "coverage: { pre: apart }", "")]
    // Targets
    [InlineData("gate: { targets: { default: 60 } }", "gate: { targets: { default: 50 } }", "gate.targets.default 60 -> 50 Weaker")]
    [InlineData("gate: { targets: { default: 60 } }", "gate: { targets: {} }", "gate.targets.default 60 -> - Weaker")]
    [InlineData("", "gate: { targets: { union: 9 } }", "gate.targets.union - -> 9 Stricter")]
    [InlineData("gate: { targets: { union: 9 } }", "gate: { targets: { union: 10 } }", "gate.targets.union 9 -> 10 Stricter")]
    [InlineData("gate: { targets: { tactics: { credential-access: 5, execution: 5 } } }", "gate: { targets: { tactics: { execution: 5, credential-access: 4 } } }", "gate.targets.tactics.credential-access 5 -> 4 Weaker")]
    [InlineData("gate: { targets: { platforms: { Linux: 5 } } }", "", "gate.targets.platforms.Linux 5 -> - Weaker")]
    // Lists
    [InlineData("", "coverage: { status: [stable, test, experimental] }", "coverage.status - -> [stable, test, experimental] Weaker")]
    [InlineData("coverage: { status: [stable, test] }", "coverage: { status: [stable] }", "coverage.status [stable, test] -> [stable] Stricter")]
    [InlineData("coverage: { status: [stable, test] }", "coverage: { status: [stable, none] }", "coverage.status [stable, test] -> [stable, none] Changed")]
    [InlineData("", "coverage: { status: [test, stable] }", "")]
    [InlineData("", "coverage: { status: [] }", "coverage.status - -> [] Stricter")]
    [InlineData("", "coverage: { notTags: [] }", "coverage.notTags - -> [] Weaker")]
    [InlineData("coverage: { notTags: [a] }", "coverage: { notTags: [a, b] }", "coverage.notTags [a] -> [a, b] Stricter")]
    [InlineData("coverage: { notTags: [a, b] }", "coverage: { notTags: ['a, b'] }", "coverage.notTags [a, b] -> [\"a, b\"] Changed")]
    [InlineData("", "coverage: { notTags: [detection.emerging-threats, detection.threat-hunting] }", "")]
    [InlineData("", "coverage: { platforms: [Windows] }", "coverage.platforms - -> [Windows] Weaker")]
    [InlineData("coverage: { platforms: [Windows] }", "coverage: { platforms: [Windows, cloud] }", "coverage.platforms [Windows] -> [Windows, cloud] Stricter")]
    [InlineData("coverage: { platforms: [Windows] }", "coverage: { platforms: [Linux] }", "coverage.platforms [Windows] -> [Linux] Changed")]
    [InlineData("coverage: { platforms: [cloud] }", "coverage: { platforms: [SaaS, Office Suite, Identity Provider, IaaS] }", "")]
    [InlineData("", "coverage: { platforms: [] }", "")]
    [InlineData("attack: { domains: [enterprise-attack, ics-attack] }", "", "attack.domains [enterprise-attack, ics-attack] -> - Weaker")]
    [InlineData("", "attack: { domains: [enterprise-attack] }", "")]
    [InlineData("", "attack: { domains: [] }", "")]
    [InlineData("rules: [rules/*.yml]", "rules: [rules/*.yml, '!rules/b.yml']", "rules [rules/*.yml] -> [rules/*.yml, !rules/b.yml] Changed")]
    [InlineData("rules: [rules/*.yml, '!rules/b.yml']", "rules: ['!rules/b.yml', rules/*.yml]", "")]
    [InlineData("", "rules: [rules/**/*.yml]", "")]
    [InlineData("", "actors: []", "actors - -> [] Changed")]
    // Exclusions
    [InlineData("", "coverage: { exclude: [{ id: T1583, kind: accepted, reason: r }] }", "coverage.exclude[T1583] - -> accepted Weaker")]
    [InlineData("coverage: { exclude: [{ id: T1583, kind: accepted, reason: r, until: 2027-01-31 }] }", "coverage: { exclude: [{ id: T1583, kind: accepted, reason: s }] }", "coverage.exclude[T1583] accepted until 2027-01-31 -> accepted Weaker")]
    [InlineData("coverage: { exclude: [{ id: T1583, kind: accepted, reason: r, until: 2027-01-31 }] }", "coverage: { exclude: [{ id: T1583, kind: accepted, reason: r, until: 2027-01-30 }] }", "coverage.exclude[T1583] accepted until 2027-01-31 -> accepted until 2027-01-30 Stricter")]
    [InlineData("coverage: { exclude: [{ id: T1583, kind: accepted, reason: r }] }", "coverage: { exclude: [{ id: T1583, kind: not-detectable, reason: r }] }", "coverage.exclude[T1583] accepted -> not-detectable Changed")]
    [InlineData("coverage: { exclude: [{ id: T1583, kind: accepted, reason: r }] }", "coverage: { exclude: [{ id: t1583, kind: accepted, reason: other, owner: o }] }", "")]
    [InlineData("coverage: { exclude: [{ id: T1583, kind: accepted, reason: r }] }", "coverage: { exclude: [{ id: T1583, kind: accepted, reason: r }, { id: T1583, kind: not-applicable, reason: r }] }", "coverage.exclude[T1583] accepted -> accepted and not-applicable Weaker")]
    // Files
    [InlineData("", "gate: { baseline: c.json }", "gate.baseline - -> c.json Stricter")]
    [InlineData("gate: { baseline: c.json }", "gate: { baseline: d.json }", "gate.baseline c.json -> d.json Changed")]
    [InlineData("", "lint: { baseline: b.tsv }", "lint.baseline - -> b.tsv Weaker")]
    [InlineData("lint: { baseline: b.tsv }", "lint: { baseline: ./b.tsv }", "")]
    [InlineData("", "gate: { base: origin/main }", "gate.base - -> origin/main Changed")]
    [InlineData("coverage: { logSources: l.yml }", "", "coverage.logSources l.yml -> - Changed")]
    // What is no policy
    [InlineData("name: a\nlint: { MRL2301: error, except: { MRL2301: [a] } }", "name: b\nattack: { release: '18.1' }\ncoverage: { assets: a.yml }\nlint: { MRL2301: off, MRL24xx: off }", "")]
    public void A_line_of_merlon_yml_that_differs_is_named(string atBase, string atHead, string change) =>
        Assert.Equal(change.Length == 0 ? "" : $"merlon.yml:1 {change}\n", Changes(atBase, atHead));

    [Theory]
    [InlineData("", "MRL3001: warning", "MRL3001 - -> warning Weaker")] // an error by itself
    [InlineData("", "MRL3001: error", "")]
    [InlineData("MRL3001: off", "", "MRL3001 off -> - Stricter")]
    [InlineData("", "MRL3009: info", "MRL3009 - -> info Stricter")] // in no preset but strict
    [InlineData("preset: strict", "preset: strict, MRL3009: info", "")]
    [InlineData("", "MRL5001: info", "MRL5001 - -> info Weaker")]
    [InlineData("", "MRL5001: error", "")]
    [InlineData("", "MRL5002: warning", "MRL5002 - -> warning Weaker")] // a loss below target is an error
    [InlineData("", "MRL5002: error", "MRL5002 - -> error Stricter")]
    [InlineData("", "MRL30xx: off", "MRL30xx - -> off Weaker")]
    [InlineData("", "MRL30xx: error", "MRL30xx - -> error Stricter")]
    [InlineData("", "MRL30xx: warning", "MRL30xx - -> warning Changed")]
    [InlineData("MRL3001: off", "MRL3001: off, MRL30xx: error", "MRL30xx - -> error Stricter")]
    [InlineData("MRL30xx: off, MRL3001: error", "MRL3001: error, MRL30xx: off", "MRL3001 error -> error Weaker|MRL30xx off -> off Weaker")] // the last one decides
    [InlineData("MRL3001: error, MRL3002: off", "MRL3002: off, MRL3001: error", "")]
    [InlineData("MRL3001: error, MRL30xx: off", "MRL3001: off, MRL30xx: off", "")]
    [InlineData("preset: sigma", "", "preset sigma -> - Stricter")]
    [InlineData("preset: sigmahq", "preset: recommended", "preset sigmahq -> recommended Changed")]
    [InlineData("", "preset: strict", "preset - -> strict Stricter")]
    [InlineData("", "preset: recommended", "")]
    [InlineData("", "except: { MRL3001: [" + Rule + "] }", "except.MRL3001[" + Rule + "] - -> " + Rule + " Weaker")]
    [InlineData("except: { MRL3001: [a, B] }", "except: { MRL3001: [b] }", "except.MRL3001[a] a -> - Stricter")]
    [InlineData("", "paths: [{ paths: [a/**, '!a/b.yml'], MRL3001: off, MRL2301: off }]", "paths[!a/b.yml, a/**].MRL3001 - -> off Weaker")]
    [InlineData("paths: [{ paths: [a/**, b/**], MRL3001: off }]", "paths: [{ paths: [b/**, a/**], MRL3001: info }]", "paths[a/**, b/**].MRL3001 off -> info Stricter")]
    [InlineData("paths: [{ paths: ['a,b'], MRL3001: off }]", "paths: [{ paths: [a, b], MRL3001: off }]", "paths[\"a,b\"].MRL3001 off -> - Stricter|paths[a, b].MRL3001 - -> off Weaker")]
    [InlineData("", "paths: [{ paths: [a/**], MRL3001: error }]", "")]
    [InlineData("MRL3001: off", "MRL3001: off, paths: [{ paths: [a/**], MRL3001: error }]", "paths[a/**].MRL3001 - -> error Stricter")]
    [InlineData("MRL3001: off, paths: [{ paths: [a/**], MRL3001: error }]", "MRL3001: off, paths: [{ paths: [a/**], MRL3001: error }, { paths: [a/b/**], MRL3001: off }]", "paths[a/b/**].MRL3001 - -> off Weaker")]
    [InlineData("paths: [{ paths: [a/**], MRL3001: off }, { paths: [b/**], MRL3001: error }]", "paths: [{ paths: [b/**], MRL3001: error }, { paths: [a/**], MRL3001: off }]", "paths lint.paths[b/**].MRL3001 -> lint.paths[a/**].MRL3001 Changed")]
    [InlineData("paths: [{ paths: [a/**], MRL3001: off, MRL3002: info }, { paths: [b/**], MRL3001: off }]", "paths: [{ paths: [b/**], MRL3001: off }, { paths: [a/**], MRL3002: info, MRL3001: off }]", "")]
    public void A_severity_of_tags_and_of_the_gate_is_policy(string atBase, string atHead, string changes) =>
        Assert.Equal(string.Concat(changes.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(change => $"merlon.yml:1 lint.{change}\n")), Changes($"lint: {{ {atBase} }}", $"lint: {{ {atHead} }}"));

    [Theory]
    [InlineData("targets: { default: 75 }", "targets: { default: 70 }", "targets.default 75 -> 70 Weaker")]
    [InlineData("targets: { default: 75 }", "", "targets.default 75 -> - Weaker")]
    [InlineData("", "targets: { tactics: { execution: 5 } }", "targets.tactics.execution - -> 5 Stricter")]
    [InlineData("targets: { platforms: { Linux: 40 } }", "targets: { platforms: { Linux: 39 } }", "targets.platforms.Linux 40 -> 39 Weaker")]
    [InlineData("techniques: [{ id: T1003.006, required: true }]", "techniques: [T1003.006]", "techniques[T1003.006] required -> listed Weaker")]
    [InlineData("techniques: [T1003.006]", "", "techniques[T1003.006] listed -> - Weaker")]
    [InlineData("", "techniques: [{ id: T1003.006, required: true }]", "techniques[T1003.006] - -> required Stricter")]
    [InlineData("techniques: [T1003.006]", "techniques: [{ id: t1003.006, weight: 9, note: n }]", "")]
    [InlineData("techniques: [T1003.006, { id: T1003.006, required: true }]", "techniques: [{ id: T1003.006, required: true }]", "")] // the one that demands more holds
    [InlineData("exclude: [{ id: T1583, kind: accepted, reason: r, until: 2027-01-31 }]", "exclude: [{ id: T1583, kind: accepted, reason: r, until: 2028-01-31 }]", "exclude[T1583] accepted until 2027-01-31 -> accepted until 2028-01-31 Weaker")]
    [InlineData("exclude: [{ id: T1583, kind: not-applicable, reason: r }]", "", "exclude[T1583] not-applicable -> - Stricter")]
    [InlineData("from: [G0046, G0032]", "from: [G0046]", "from[G0032] G0032 -> - Weaker")]
    [InlineData("from: [G0046]", "group: g0046", "")]
    [InlineData("", "include: { campaigns: false }", "include.campaigns - -> false Weaker")]
    [InlineData("", "include: { campaigns: True, software: FALSE }", "")]
    [InlineData("include: { software: count }", "include: { software: true }", "include.software count -> true Weaker")]
    [InlineData("include: { software: true }", "", "include.software true -> - Changed")]
    [InlineData("review: 180d", "review: 365d", "review 180d -> 365d Weaker")]
    [InlineData("review: 365d", "review: 90d", "review 365d -> 90d Stricter")]
    [InlineData("review: 90d", "", "review 90d -> - Weaker")] // nobody asks for one
    [InlineData("reviewed: 2026-01-01", "review: 9999d\nreviewed: 2026-01-01", "review 365d -> 9999d Weaker")]
    [InlineData("reviewed: 2026-01-01", "review: 365d\nreviewed: 2026-05-01", "")]
    [InlineData("reviewed: 2026-01-01", "", "review 365d -> - Weaker")]
    [InlineData("description: a\nsectors: [a]\ntlp: red\nalias: a\nreviewed: 2026-01-01", "reviewed: 2026-05-01\ndescription: b\ntlp: clear", "")]
    public void A_line_of_a_profile_that_differs_is_named(string atBase, string atHead, string change)
    {
        static string Profile(string body) => $"name: FIN7\n{body}\n{(body.Contains("from", StringComparison.Ordinal) || body.Contains("group", StringComparison.Ordinal) ? "" : "from: [G0046]\n")}";
        Assert.Equal(change.Length == 0 ? "" : $"actors/a.yml:2 FIN7: {change}\n", Changes("", "", [("actors/a.yml", Profile(atBase))], [("actors/a.yml", Profile(atHead))]));
    }

    [Theory]
    [InlineData("", "targets: { default: 10 }", "actors/a.yml:3 FIN7: targets.default - -> 10 Weaker\n")]
    [InlineData("", "targets: { default: 60 }", "")]
    [InlineData("targets: { default: 10 }", "", "actors/a.yml:3 FIN7: targets.default 10 -> - Stricter\n")]
    public void A_profile_without_a_target_has_that_of_merlon_yml(string atBase, string atHead, string changes)
    {
        const string Config = "gate: { targets: { default: 60 } }";
        Assert.Equal(changes, Changes(Config, Config, [("actors/a.yml", $"name: FIN7\nfrom: [G0046]\n{atBase}\n")], [("actors/a.yml", $"name: FIN7\nfrom: [G0046]\n{atHead}\n")]));
    }

    [Theory]
    [InlineData("Windows, Linux", "Windows", "[Linux, Windows] -> [Windows] Weaker")]
    [InlineData("Windows", "Windows, Linux", "[Windows] -> [Linux, Windows] Stricter")]
    [InlineData("Windows", "Linux", "[Windows] -> [Linux] Changed")]
    [InlineData(null, "Windows", "- -> [Windows] Weaker")]
    [InlineData("Windows", null, "[Windows] -> - Stricter")]
    [InlineData(null, "", "")]
    [InlineData("Windows, Linux", "Linux, Windows", "")]
    public void Platforms_of_asset_groups_are_policy(string? atBase, string? atHead, string change)
    {
        static string Config(string? platforms) => platforms is null ? "" : "coverage: { assets: assets.yml }";
        static (string, string)[] Files(string? platforms) => [("assets.yml", $"assets: [{{ name: a, platforms: [{platforms}] }}]\n")];
        Assert.Equal(change.Length == 0 ? "" : $"merlon.yml:1 coverage.assets {change}\n", Changes(Config(atBase), Config(atHead), Files(atBase), Files(atHead)));
    }

    [Fact]
    public void A_target_of_merlon_yml_that_falls_is_named_once() => Assert.Equal("merlon.yml:1 gate.targets.default 60 -> 50 Weaker\n",
        Changes("gate: { targets: { default: 60 } }", "gate: { targets: { default: 50 } }", [("actors/a.yml", "name: A\nfrom: [G0046]\n")], [("actors/a.yml", "name: A\nfrom: [G0046]\n")]));

    [Fact]
    public void A_written_default_of_profiles_is_that_of_its_folder()
    {
        (string, string)[] files = [("actors/a.yml", "name: A\nfrom: [G0046]\n"), ("b/base.yml", "actors: [../actors/*.yml]\n")];
        Assert.Equal("", Changes("actors: [actors/*.yml]", "", files, files));
        Assert.Equal("", Changes("extends: b/base.yml", "", files, files));
        Assert.Equal("merlon.yml:1 actors [actors/*.yml] -> [actors/a.yml] Changed\n", Changes("actors: [actors/*.yml]", "actors: [actors/a.yml]", files, files));
    }

    [Fact]
    public void A_profile_that_comes_or_goes_is_one_change()
    {
        (string, string) one = ("actors/a.yml", "# why\nname: FIN7\nfrom: [G0046]\ntargets: { default: 5 }\n");
        (string, string) other = ("actors/b.yml", "name: APT38\nfrom: [G0082]\n");
        Assert.Equal("actors/a.yml:2 FIN7 FIN7 -> - Weaker\nactors/b.yml:1 APT38 - -> APT38 Stricter\n", Changes("", "", [one], [other]));
        Assert.Equal("", Changes("", "", [one, other], [("actors/c.yml", one.Item2), other])); // moved
    }

    [Fact]
    public void A_renamed_profile_is_compared_with_what_it_was()
    {
        (string, string)[] before = [("actors/a.yml", "name: FIN7\nfrom: [G0046]\ntargets: { default: 50 }\n")];
        Assert.Equal("actors/a.yml:1 FIN8 FIN7 -> FIN8 Changed\n", Changes("", "", before, [("actors/a.yml", "name: FIN8\nfrom: [G0046]\ntargets: { default: 50 }\n")]));
        Assert.Equal("actors/a.yml:1 FIN8 FIN7 -> FIN8 Changed\nactors/a.yml:3 FIN8: targets.default 50 -> 5 Weaker\n", Changes("", "", before, [("actors/a.yml", "name: FIN8\nfrom: [G0046]\ntargets: { default: 5 }\n")]));
        Assert.Equal("actors/a.yml:1 fin7 FIN7 -> fin7 Changed\n", Changes("", "", before, [("actors/a.yml", "name: fin7\nfrom: [G0046]\ntargets: { default: 50 }\n")]));
    }

    [Fact]
    public void A_profile_named_like_a_key_is_no_line_of_merlon_yml() => Assert.Equal("merlon.yml:1 gate.level deployable -> claimed Weaker\n",
        Changes("gate: { level: deployable }", "gate: { level: claimed }", [("actors/a.yml", "name: gate.level\nfrom: [G0046]\n")], [("actors/a.yml", "name: gate.level\nfrom: [G0046]\n")]));

    [Fact]
    public void A_line_of_an_extended_file_is_named_there()
    {
        (string, string)[] strict = [("base/base.yml", "# all\ngate:\n  targets: { default: 60 }\n  baseline: c.json\n")];
        (string, string)[] lax = [("base/base.yml", "gate:\n  targets: { default: 50 }\n  baseline: c.json\n")];
        Assert.Equal("base/base.yml:2 gate.targets.default 60 -> 50 Weaker\n", Changes("extends: base/base.yml", "extends: base/base.yml", strict, lax));
        Assert.Equal("base/base.yml:3 gate.targets.default 60 -> - Weaker\nbase/base.yml:4 gate.baseline base/c.json -> - Weaker\n", Changes("extends: base/base.yml", "", strict, []));
        Assert.Equal("merlon.yml:2 gate.targets.default 60 -> 10 Weaker\n", Changes("extends: base/base.yml", "extends: base/base.yml\ngate: { targets: { default: 10 } }", strict, strict));
        Assert.Equal("", Changes("extends: base/base.yml", "gate: { targets: { default: 60 }, baseline: base/c.json }", strict, [])); // the same in another file
        Assert.Equal("merlon.yml:1 gate.baseline base/c.json -> c.json Changed\n", Changes("extends: base/base.yml", "gate: { targets: { default: 60 }, baseline: c.json }", strict, []));
    }

    [Fact]
    public void Changes_are_in_the_order_of_paths_lines_and_keys() => Assert.Equal("""
        actors/a.yml:1 A A -> - Weaker
        merlon.yml:1 gate.policy - -> head Weaker
        merlon.yml:1 gate.regression - -> off Weaker
        merlon.yml:2 coverage.pre - -> include Changed

        """.ReplaceLineEndings("\n"), Changes("", "gate: { policy: head, regression: off }\ncoverage: { pre: include }", [("actors/a.yml", "name: A\nfrom: [G0046]\n")], []));

    [Fact]
    public void What_the_command_line_says_is_no_policy()
    {
        using TemporaryRepository repository = new(("merlon.yml", "gate: { level: deployable }\n"), ("rules/a.yml", Measure.RuleText("t1059.001")));
        Assert.Equal("gate.level deployable", string.Join(' ', repository.Load(new() { Level = "claimed", Preset = "strict", Platforms = ["Linux"] }).Config.Policy.Select(line => $"{line.Key} {line.Value}")));
    }

    // Any choice of these, on each side.
    private static readonly string[][] Choices =
    [
        ["", "level: claimed", "level: deployable"], ["", "belowTarget: warn", "belowTarget: no-worse"], ["", "regression: any", "regression: off"],
        ["", "targets: { default: 60 }", "targets: { default: 50, union: 3, tactics: { execution: 5 } }"], ["", "baseline: a.json", "baseline: b.json"],
    ];

    private static readonly string[][] LintChoices =
    [
        ["", "preset: strict", "preset: sigma"], ["", "MRL3001: off", "MRL3001: warning", "MRL3009: warning"], ["", "MRL30xx: error", "MRL30xx: info", "MRL50xx: off"],
        ["", "paths: [{ paths: [a/**], MRL3001: off }, { paths: [b/**], MRL30xx: error }]", "paths: [{ paths: [b/**], MRL30xx: error }, { paths: [a/**], MRL3001: off }]", "paths: [{ paths: [a/**], MRL3001: info }]"],
    ];

    private static readonly string[][] ProfileChoices =
    [
        ["", "targets: { default: 55 }"], ["techniques: [T1003.006]", "techniques: [{ id: T1003.006, required: true }, T1059]"], ["", "include: { software: true }", "include: { software: count, campaigns: false }"],
        ["", "exclude: [{ id: T1583, kind: accepted, reason: r }]", "exclude: [{ id: T1583, kind: not-applicable, reason: r, until: 2027-01-01 }]"],
    ];

    private static Gen<string> Any(string[][] choices, string separator) => Gen.Shuffle(choices).SelectMany(order =>
        Gen.Int[0, int.MaxValue].Array[order.Length].Select(picks => string.Join(separator, order.Zip(picks, (words, pick) => words[pick % words.Length]).Where(word => word.Length > 0))));

    private static readonly Gen<ImmutableArray<PolicyLine>> AnyPolicy = Gen.Select(Any(Choices, ", "), Any(LintChoices, ", "), Any(ProfileChoices, "\n"), Gen.Bool)
        .Select((gate, lint, profile, isThere) => Read($"gate: {{ {gate} }}\nlint: {{ {lint} }}", isThere ? [("actors/a.yml", $"name: A\n{profile}\n")] : []));

    [Fact]
    public void Two_sides_that_change_places_swap_weaker_and_stricter() => Gen.Select(AnyPolicy, AnyPolicy).Sample(AssertLaws, iter: 60);

    private static void AssertLaws(ImmutableArray<PolicyLine> atBase, ImmutableArray<PolicyLine> atHead)
    {
        Assert.Empty(PolicyChanges.Of(atBase, atBase));
        Assert.Equal(
            PolicyChanges.Of(atBase, atHead).Select(change => (change.Base, change.Head, change.Effect)).Order(),
            PolicyChanges.Of(atHead, atBase).Select(change => (Base: change.Head, Head: change.Base, Effect: change.Effect switch { PolicyEffect.Weaker => PolicyEffect.Stricter, PolicyEffect.Stricter => PolicyEffect.Weaker, _ => PolicyEffect.Changed })).Order());
    }

    private static string Changes(string atBase, string atHead, (string, string)[]? baseFiles = null, (string, string)[]? headFiles = null)
    {
        var (from, to) = (Read(atBase, baseFiles ?? []), Read(atHead, headFiles ?? []));
        AssertLaws(from, to);
        return Lines(PolicyChanges.Of(from, to));
    }

    private static string Lines(IEnumerable<PolicyChange> changes) => string.Concat(changes.Select(change =>
        $"{change.Span.Path}:{change.Span.Line} {change.Key} {change.Base ?? "-"} -> {change.Head ?? "-"} {change.Effect}\n"));

    private static ImmutableArray<PolicyLine> Read(string config, (string, string)[] files)
    {
        using TemporaryRepository repository = new([("merlon.yml", config + "\n"), ("rules/a.yml", Measure.RuleText("t1059.001")), ("rules/b.yml", ""), ("l.yml", ""), ("a.yml", ""), ("b.tsv", ""), .. files]);
        var snapshot = repository.Load();
        return [.. snapshot.Config.Policy, .. ProfilePolicy.Of(snapshot.Coverage[0].Actors.Select(actor => actor.Actor!.Profile))]; // no union among them
    }
}
