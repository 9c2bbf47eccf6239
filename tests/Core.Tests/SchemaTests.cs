using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Programs;
using Merlon.Core.Yaml;
using NJsonSchema;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What an editor says of a file by its schema, and what Merlon says that reads it.</summary>
public class SchemaTests
{
    private const string Bundle = """{"type":"bundle","id":"bundle--11111111-0000-4000-8000-000000000000","objects":[]}""";

    private const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string Hand = "exercise: a\ndate: 2026-11-20\nby: hand\n";

    // Of a coverage baseline.
    private const string Head = "{\"schemaVersion\":1,\"definition\":\"1a2b\",\"claims\":[\n";

    private static readonly Dictionary<string, string> Full = new()
    {
        ["merlon"] = $$"""
            name: full
            extends: base.yml
            attack:
              release: "19.1"
              navigatorData: "https://acme.example/{domain}.json"
              bundles: [{ path: b.json, sha256: {{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Bundle)))}}, url: "https://example.org/b.json?x=1" }]
              domains: [enterprise-attack]
            rules: [rules/**/*.yml, "!rules/x.yml"]
            actors: [actors/*.yml]
            coverage:
              status: [stable, test, experimental, deprecated, unsupported, none]
              sigmaLevel: none
              notTags: [detection.threat-hunting]
              rollUp: lenient
              platforms: [cloud, Windows]
              pre: include
              logSources: logsources.yml
              assets: assets.yml
              exclude: [{ id: T1059, kind: not-applicable, reason: r, owner: o, until: 2027-01-31 }]
            gate:
              level: claimed
              targets: { default: 0, union: 100, tactics: { execution: 5 }, platforms: { Linux: 5 } }
              belowTarget: warn
              regression: any
              policy: head
              base: origin/main
              baseline: coverage.baseline.json
            validation: { records: [validation/*.yml], maxAge: 90d, window: 2h, skew: 0s, hand: true }
            tests: { paths: [rules/**], requireNegative: true, mappings: mappings.yml, benign: [benign/*.json], allowed: [{ rule: 5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5e, reason: r }] }
            plan: { days: { low: 2, medium: 5, high: 20 }, engineers: 3, productive: 0.5, library: vendor/sigma }
            lint: { preset: strict, MRL3001: off, MRL30xx: info, baseline: baseline.tsv, except: { MRL3002: [5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5e] }, paths: [{ paths: [rules/*.yml], MRL3002: error }] }
            """,
        ["actor"] = """
            name: FIN7
            alias: Crane
            from: [G0046, S0154, C0022]
            group: G0046
            description: d
            sectors: [financial]
            reviewed: 2026-11-01
            review: 180d
            tlp: amber
            include: { campaigns: false, software: count }
            targets: { default: 75, tactics: { execution: 5 }, platforms: { Linux: 40 } }
            techniques: [T1566.001, { id: T1003.006, required: true, weight: 3, source: "https://example.org", note: n }]
            exclude: [{ id: T1003.006, kind: accepted, reason: r, owner: o, until: 2027-06-30 }]
            """,
        ["logsources"] = """
            collected:
              - { product: windows, category: process_creation, service: sysmon, without: [OriginalFileName], since: 2025-03-01, assets: [servers], as: [wineventlog] }
            """,
        ["validation"] = $$"""
            exercise: q4
            date: 2026-11-20
            by: import
            attack: "19.1"
            sources: [{ name: log.csv, sha256: {{Hash}} }]
            alerts: { name: alerts.csv, sha256: {{Hash}} }
            window: 15m
            skew: 60s
            results:
              - { rule: a, content: {{Hash}}, technique: T1059.001, test: 2536dee2-12fb-459a-8c37-971844fa73be, host: host-1, outcome: alerted }
              - { technique: T1059.001, outcome: not-executed, reason: exit code 1 }
            """,
        // Lines count: a claim is one.
        ["coverage.baseline"] = """
            {"schemaVersion":1,"definition":"1a2b","claims":[
            {"technique":"T1059.001","actor":"FIN7","proofs":["claimed","deployable"]},
            null]}
            """,
        ["assets"] = "assets: [{ name: servers, platforms: [Linux, Windows], number: 1200, criticality: high, owner: platform }]\n",
    };

    public static TheoryData<string, string> Accepted => new()
    {
        { "merlon", Full["merlon"] }, { "actor", Full["actor"] }, { "logsources", Full["logsources"] }, { "assets", Full["assets"] },
        { "coverage.baseline", Full["coverage.baseline"] }, { "coverage.baseline", $"{Head}null]}}" }, { "coverage.baseline", $$"""{{Head}}{"technique":"t1059","actor":"","proofs":[],"since":"2026"},{{'\n'}}null]}""" },
        { "merlon", "attack: { release: 19.1 }" }, { "merlon", "actors: []" }, { "merlon", "coverage: {}\ngate: {}\nlint: {}\nattack: {}" },
        { "merlon", "gate: { belowTarget: no-worse, regression: below-target, policy: base, base: baseline }" }, { "merlon", "gate: { belowTarget: fail, regression: off }" },
        { "merlon", "rules: [./rules/../rules/*.yml]" }, { "merlon", "lint: { MRL8001: error }" }, { "merlon", "tests: {}" }, { "merlon", "tests: { paths: ['tests/**', '!tests/x/**'] }" },
        { "merlon", "rules: [{ path: rules/a.yml, format: csv, map: { name: n, techniques: [a, { from: [b, 'c?'], match: d }], state: { from: e, values: { deployed: true, disabled: [no, 0] } }, where: { k: v, l: [1, true] } } }]" },
        { "merlon", "rules: [{ path: rules/a.yml, format: text, map: { records: '^(?<n>.+)$', id: n, techniques: { match: T } } }]" },
        { "actor", "name: a\ntechniques: [t1059]" }, { "actor", "name: a\ngroup: g0046" }, { "actor", "name: a\ngroup: G0046\ninclude: { software: true }" },
        { "actor", "name: a\ngroup: G0046\ninclude: { software: True, campaigns: FALSE }" }, { "actor", "name: a\ngroup: G0046\ninclude: {}\ntargets: {}\nexclude: []\ntechniques: []\nfrom: []" },
        { "merlon", "validation: {}" }, { "merlon", "plan: {}" }, { "merlon", "plan: { days: {}, productive: 1 }" }, { "merlon", "validation: { window: 30s, skew: 1d, hand: False }" },
        { "validation", Full["validation"] }, { "validation", $"{Hand}results: []" }, { "validation", $"{Hand}results: [{{ rule: a, technique: t1059, outcome: missed }}]" },
        { "logsources", "collected: []" }, { "logsources", "collected: [{ service: x }]" }, { "assets", "assets: []" }, { "assets", "assets: [{ name: a, number: 0 }]" },
    };

    public static TheoryData<string, string> Rejected => new()
    {
        { "merlon", "ruls: []" }, { "merlon", "name: []" }, { "merlon", "name: \"\"" }, { "merlon", "- a" }, { "merlon", "rules: rules/*.yml" }, { "merlon", "rules: [[a]]" }, { "merlon", "rules: ['']" },
        { "merlon", "rules: [/etc/passwd]" }, { "merlon", "rules: ['rules\\a.yml']" }, { "merlon", "rules: ['C:/a.yml']" }, { "merlon", "rules: ['!/a.yml']" },
        { "merlon", "extends: /base.yml" }, { "merlon", "attack: { release: newest }" }, { "merlon", "attack: { release: [] }" }, { "merlon", "attack: { domains: [enterprise] }" },
        { "merlon", "attack: { bundles: [{ sha256: x }] }" }, { "merlon", "attack: { bundles: [b.json] }" }, { "merlon", "attack: { bundles: [{ path: b.json, sha256: 00 }] }" },
        { "merlon", "attack: { bundles: [{ path: b.json, url: 'http://example.org/b.json' }] }" }, { "merlon", "attack: { bundles: [{ path: b.json, url: 'https://me:secret@example.org/b.json' }] }" },
        { "merlon", "attack: { bundles: [{ path: b.json, url: b.json }] }" }, { "merlon", "attack: { bundles: [{ path: b.json, url: 'https://' }] }" }, { "merlon", "attack: { bundles: [{ path: b.json, url: [] }] }" },
        { "merlon", "coverage: { status: stable }" }, { "merlon", "coverage: { status: [stabel] }" }, { "merlon", "coverage: { sigmaLevel: lowest }" }, { "merlon", "coverage: { rollUp: loose }" },
        { "merlon", "coverage: { platforms: [windows] }" }, { "merlon", "coverage: { pre: out }" }, { "merlon", "coverage: { notTags: a.b }" }, { "merlon", "coverage: { excludes: [] }" },
        { "merlon", "coverage: { exclude: [T1059] }" }, { "merlon", "coverage: { exclude: [{ id: T1059, kind: accepted }] }" }, { "merlon", "coverage: { exclude: [{ id: T1059, kind: never, reason: r }] }" },
        { "merlon", "coverage: { exclude: [{ id: T1059, kind: accepted, reason: '' }] }" }, { "merlon", "coverage: { exclude: [{ id: T1059, kind: accepted, reason: r, until: tomorrow }] }" },
        { "merlon", "coverage: { exclude: [{ id: T1059, kind: accepted, reason: r, until: 2027-02-30 }] }" },
        { "merlon", "gate: { level: proven }" }, { "merlon", "gate: { targets: 60 }" }, { "merlon", "gate: { targets: { default: 101 } }" }, { "merlon", "gate: { targets: { default: -1 } }" },
        { "merlon", "gate: { targets: { default: '60' } }" }, { "merlon", "gate: { targets: { default: 60.5 } }" }, { "merlon", "gate: { targets: { tactics: { Execution: 5 } } }" },
        { "merlon", "gate: { targets: { platforms: { linux: 5 } } }" }, { "merlon", "gate: { belowTarget: worse }" }, { "merlon", "gate: { regression: all }" }, { "merlon", "gate: { policy: both }" },
        { "merlon", "gate: { base: [] }" }, { "merlon", "gate: { base: '' }" }, { "merlon", "gate: { baseline: [] }" }, { "merlon", "gate: { baseline: /coverage.json }" },
        { "merlon", "lint: { preset: all }" }, { "merlon", "lint: { MRL3001: fatal }" }, { "merlon", "lint: { MRL3xxx: off }" }, { "merlon", "lint: { mrl3001: off }" },
        { "merlon", "lint: { baseline: [] }" }, { "merlon", "lint: { baseline: /a.tsv }" }, { "merlon", "lint: { except: [MRL3001] }" },
        { "merlon", "lint: { except: { MRL3001: a } }" }, { "merlon", "lint: { except: { MRL5003: [a] } }" }, { "merlon", "lint: { except: { MRL3001: [''] } }" }, { "merlon", "lint: { paths: [{ MRL3001: off }] }" }, { "merlon", "lint: { paths: [{ paths: [], MRL3001: off }] }" }, { "merlon", "tests: { paths: a }" }, { "merlon", "tests: { requireNegative: maybe }" }, { "merlon", "tests: { allowed: [a] }" }, { "merlon", "tests: { allowed: [{ rule: a }] }" }, { "merlon", "tests: { mappings: /m.yml }" }, { "merlon", "tests: { folders: [] }" }, { "merlon", "plan: { days: 3 }" }, { "merlon", "plan: { days: { low: 0 } }" }, { "merlon", "plan: { engineers: 1.5 }" }, { "merlon", "plan: { productive: 0 }" }, { "merlon", "plan: { productive: '0.6' }" }, { "merlon", "plan: { library: /sigma }" }, { "merlon", "plan: { people: 2 }" },
        { "merlon", "validation: { maxAge: 180 }" }, { "merlon", "validation: { maxAge: 24h }" }, { "merlon", "validation: { maxAge: 0d }" }, { "merlon", "validation: { window: 0m }" }, { "merlon", "validation: { window: 15 m }" },
        { "merlon", "validation: { skew: -1s }" }, { "merlon", "validation: { skew: 10000s }" }, { "merlon", "validation: { hand: sometimes }" }, { "merlon", "validation: { records: validation/*.yml }" }, { "merlon", "validation: { age: 1d }" },
        { "validation", "- a" }, { "validation", "date: 2026-11-20\nby: hand\nresults: []" }, { "validation", "exercise: a\nby: hand\nresults: []" }, { "validation", "exercise: a\ndate: 2026-11-20\nresults: []" }, { "validation", Hand },
        { "validation", "exercise: a\ndate: 2026-11-20\nby: import\nresults: []" }, { "validation", "exercise: a\ndate: 2026-11-31\nby: hand\nresults: []" }, { "validation", "exercise: a\ndate: 2026-11-20\nby: tool\nresults: []" },
        { "validation", $"{Hand}results: {{}}" }, { "validation", $"{Hand}results: [a]" }, { "validation", $"{Hand}notes: n\nresults: []" }, { "validation", $"{Hand}sources: [{{ name: a }}]\nresults: []" }, { "validation", $"{Hand}sources: [{{ name: a, sha256: 00 }}]\nresults: []" },
        { "validation", $"{Hand}window: soon\nresults: []" }, { "validation", $"{Hand}results: [{{ technique: T1059 }}]" }, { "validation", $"{Hand}results: [{{ outcome: missed }}]" }, { "validation", $"{Hand}results: [{{ technique: T1, outcome: missed }}]" },
        { "validation", $"{Hand}results: [{{ technique: T1059, outcome: passed }}]" }, { "validation", $"{Hand}results: [{{ technique: T1059, outcome: missed, test: 'a b' }}]" }, { "validation", $"{Hand}results: [{{ rule: a, content: 00, technique: T1059, outcome: missed }}]" },
        { "merlon", "rules: [{ path: rules/a.yml, format: csv, map: [n] }]" }, { "merlon", "rules: [{ path: rules/a.yml, format: csv, map: { name: n } }]" }, { "merlon", "rules: [{ path: rules/a.yml, format: csv, map: { name: n, techniques: t, tecnics: u } }]" },
        { "merlon", "rules: [{ path: rules/a.yml, format: csv, map: { name: n, techniques: { form: t } } }]" }, { "merlon", "rules: [{ path: rules/a.yml, format: csv, map: { name: { from: n, values: { a: b } }, techniques: t } }]" },
        { "actor", "from: [G0046]" }, { "actor", "name: \"\"\ngroup: G0046" }, { "actor", "name: a\ngroup: FIN7" }, { "actor", "name: a\nfrom: G0046" }, { "actor", "name: a\ngroup: G0046\ntlp: white" },
        { "actor", "name: a\ngroup: G0046\nreviewed: 2026" }, { "actor", "name: a\ngroup: G0046\nreviewed: 2026-13-01" }, { "actor", "name: a\ngroup: G0046\ninclude: { campaigns: yes }" },
        { "actor", "name: a\ngroup: G0046\nreview: 180" }, { "actor", "name: a\ngroup: G0046\nreview: 0d" }, { "actor", "name: a\ngroup: G0046\nreview: 10000d" }, { "actor", "name: a\ngroup: G0046\nreview: never" },
        { "actor", "name: a\ngroup: G0046\ninclude: { software: all }" }, { "actor", "name: a\ngroup: G0046\ninclude: { software: 'true' }" }, { "actor", "name: a\ngroup: G0046\ntargets: { union: 4 }" },
        { "actor", "name: a\ntechniques: [T1]" }, { "actor", "name: a\ntechniques: [T1059.000]" }, { "actor", "name: a\ntechniques: [{ required: true }]" }, { "actor", "name: a\ntechniques: [{ id: T1059, weight: 0 }]" },
        { "actor", "name: a\ntechniques: [{ id: T1059, weight: 101 }]" }, { "actor", "name: a\ntechniques: [{ id: T1059, required: 1 }]" }, { "actor", "name: a\ntechniques: [{ id: T1059, notes: n }]" },
        { "actor", "name: a\ngroup: G0046\nsectors: financial" }, { "actor", "name: a\ngroup: G0046\nalias: ''" }, { "actor", "name: a\ngroup: G0046\ndescription: ''" }, { "actor", "name: a\ngroup: G0046\nnotes: n" },
        { "logsources", "collected: [{}]" }, { "logsources", "collected: [{ since: 2025-01-01 }]" }, { "logsources", "collected: [windows]" }, { "logsources", "collected: { product: windows }" },
        { "logsources", "collected: [{ product: '' }]" }, { "logsources", "collected: [{ product: windows, without: f }]" }, { "logsources", "collected: [{ product: windows, fields: [f] }]" }, { "logsources", "sources: []" },
        { "coverage.baseline", "[]" }, { "coverage.baseline", "{\"schemaVersion\":2,\"definition\":\"1a2b\",\"claims\":[\nnull]}" }, { "coverage.baseline", "{\"schemaVersion\":1,\"claims\":[\nnull]}" },
        { "coverage.baseline", "{\"schemaVersion\":1,\"definition\":1,\"claims\":[\nnull]}" }, { "coverage.baseline", $"{Head}\"T1059\",\nnull]}}" },
        { "coverage.baseline", $$"""{{Head}}{"technique":"T1","actor":"a","proofs":[]},{{'\n'}}null]}""" }, { "coverage.baseline", $$"""{{Head}}{"technique":"T1059","proofs":[]},{{'\n'}}null]}""" },
        { "coverage.baseline", $$"""{{Head}}{"technique":"T1059","actor":"a","proofs":"claimed"},{{'\n'}}null]}""" }, { "coverage.baseline", $$"""{{Head}}{"technique":"T1059","actor":"a","proofs":[1]},{{'\n'}}null]}""" },
        { "assets", "assets: [{ platforms: [Linux] }]" }, { "assets", "assets: [{ name: a, criticality: grave }]" }, { "assets", "assets: [{ name: a, number: -1 }]" }, { "assets", "assets: [{ name: a, number: many }]" },
        { "assets", "assets: [{ name: a, platforms: [AIX] }]" }, { "assets", "groups: []" }, { "assets", "assets: [{ name: a, owner: '' }]" },
    };

    [Theory, MemberData(nameof(Accepted))]
    public async Task Schema_and_reader_accept(string kind, string text)
    {
        Assert.Equal("", LintRuleTests.Lines(Errors(kind, text)));
        Assert.Empty(await Validate(kind, text));
    }

    [Theory, MemberData(nameof(Rejected))]
    public async Task Schema_and_reader_reject(string kind, string text)
    {
        Assert.NotEmpty(Errors(kind, text));
        Assert.NotEmpty(await Validate(kind, text));
    }

    /// <summary>What depends on the release, the catalog or other files is left to the reader.</summary>
    [Theory]
    [InlineData("merlon", "lint: { MRL9999: off }")]
    [InlineData("merlon", "attack: { release: 17.1 }")]
    [InlineData("merlon", "gate: { targets: { tactics: { defense-evasion: 5 } } }")] // 18.1 had it
    [InlineData("merlon", "rules: [../rules/*.yml]")] // right in a folder
    [InlineData("merlon", "coverage: { exclude: [{ id: T9999, kind: accepted, reason: r }] }")]
    [InlineData("actor", "name: a\ntechniques: [T9999]")]
    [InlineData("actor", "name: a")]
    [InlineData("merlon", "validation: { window: 25h }")]
    [InlineData("validation", $"{Hand}results: [{{ technique: T1059, outcome: alerted }}]")] // by whom
    [InlineData("validation", $"exercise: a\ndate: 2026-11-20\nby: import\nsources: [{{ name: a, sha256: {Hash} }}]\nresults: [{{ rule: a, technique: T1059, outcome: alerted }}]")]
    [InlineData("coverage.baseline", "{\"schemaVersion\":1,\"definition\":\"1a2b\",\"claims\":[null]}")] // on one line
    public async Task Only_the_reader_rejects(string kind, string text)
    {
        Assert.NotEmpty(Errors(kind, text));
        Assert.Empty(await Validate(kind, text));
    }

    [Theory]
    [InlineData("merlon")]
    [InlineData("actor")]
    [InlineData("logsources")]
    [InlineData("assets")]
    [InlineData("validation")]
    [InlineData("coverage.baseline")]
    public void Every_key_of_the_schema_is_in_the_full_file_that_the_reader_accepts(string kind)
    {
        var schema = JsonNode.Parse(File.ReadAllText(SchemaPath(kind)))!;
        List<string> missing = [];
        Walk(schema, schema, [Json(Full[kind])!], "", missing);
        Assert.Empty(missing);
    }

    [Fact]
    public void Names_in_schemas_are_those_of_the_embedded_releases()
    {
        string[] tactics = [.. AttackReleases.Embedded.SelectMany(release => release.Tactics).Select(tactic => tactic.ShortName).Distinct().Order(StringComparer.Ordinal)];
        string[] platforms = [.. AttackReleases.Embedded.SelectMany(release => release.Techniques).Where(one => one.IsLive).SelectMany(one => one.Platforms).Distinct().Order(StringComparer.Ordinal)];
        foreach (var kind in new[] { "merlon", "actor" })
        {
            var definitions = JsonNode.Parse(File.ReadAllText(SchemaPath(kind)))!["definitions"]!;
            Assert.Equal(tactics, definitions["tacticTargets"]!["properties"]!.AsObject().Select(property => property.Key));
            Assert.Equal(platforms, definitions["platformTargets"]!["properties"]!.AsObject().Select(property => property.Key));
        }
        Assert.Equal(platforms, JsonNode.Parse(File.ReadAllText(SchemaPath("assets")))!["definitions"]!["platform"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public async Task A_coverage_baseline_that_is_written_is_valid()
    {
        using TemporaryRepository repository = new(("merlon.yml", "gate: { baseline: claims.json }\n"), ("actors/a.yml", "name: \"a \\\"\\u8a9e\"\ntechniques: [T1059.001]\n"), ("rules/a.yml", Measure.RuleText("t1059.001")));
        var text = RatchetRun.Write(repository.Request(), acceptsLoss: false).File!.Text; // nothing is wrong
        Assert.Contains("T1059.001", text, StringComparison.Ordinal);
        Assert.Empty(await Validate("coverage.baseline", text));
    }

    [Fact]
    public async Task The_files_of_this_repository_are_valid()
    {
        Assert.Empty(await Validate("merlon", File.ReadAllText(Repository.PathOf("merlon.yml"))));
        foreach (var profile in Directory.GetFiles(Repository.PathOf("actors"), "*.yml"))
            Assert.Empty(await Validate("actor", File.ReadAllText(profile)));
        foreach (var records in Directory.Exists(Repository.PathOf("validation")) ? Directory.GetFiles(Repository.PathOf("validation"), "*.yml") : [])
            Assert.Empty(await Validate("validation", File.ReadAllText(records)));
        var result = Check.Run(new() { Directory = Repository.PathOf(""), Date = TemporaryRepository.Day });
        Assert.Equal("", LintRuleTests.Lines(result.Diagnostics.Where(IsAboutConfiguration)));
    }

    [Theory]
    [InlineData("docs/configuration.md", 3)]
    [InlineData("docs/profiles.md", 1)]
    [InlineData("docs/emulation.md", 1)]
    public async Task Examples_in_the_documentation_are_valid(string page, int examples)
    {
        var found = Regex.Matches(File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n"), @"```yaml\n(# yaml-language-server: \S*schema/(\w+)\.json\n.*?)```", RegexOptions.Singleline);
        Assert.Equal(examples, found.Count);
        foreach (Match example in found)
            Assert.Empty(await Validate(example.Groups[2].Value, example.Groups[1].Value));
    }

    private static string SchemaPath(string kind) => Repository.PathOf($"docs/schema/{kind}.json");

    private static async Task<IEnumerable<string>> Validate(string kind, string text)
    {
        var schema = await JsonSchema.FromFileAsync(SchemaPath(kind), TestContext.Current.CancellationToken);
        return schema.Validate(Json(text)!.ToJsonString()).Select(error => error.ToString());
    }

    private static List<Diagnostic> Errors(string kind, string text)
    {
        if (kind == "validation")
        {
            List<Diagnostic> found = [];
            RecordReader.Read("a.yml", Encoding.UTF8.GetBytes(text), found);
            return found;
        }
        using TemporaryRepository repository = new(
            ("merlon.yml", kind == "coverage.baseline" ? "gate: { baseline: coverage.baseline.json }\n" : kind is "logsources" or "assets" ? $"coverage: {{ {(kind == "assets" ? "" : "logSources: logsources.yml, ")}assets: assets.yml }}\n" : ""),
            ("base.yml", ""), ("tests/notes.txt", ""), ("mappings.yml", "mappings: []\n"), ("b.json", Bundle), ("validation/a.yml", $"{Hand}results: []\n"), ("logsources.yml", ""), ("assets.yml", kind == "logsources" ? "assets: [{ name: servers, platforms: [Linux] }]\n" : ""), ("baseline.tsv", "# merlon baseline 1: id, path, rule, message, count\n"), ("rules/a.yml", Measure.RuleText("t1059.001")), ("actors/a.yml", "name: a\ngroup: G0046\n"));
        repository.Write(kind switch { "actor" => "actors/a.yml", "coverage.baseline" => "coverage.baseline.json", _ => $"{kind}.yml" }, text + "\n");
        return [.. repository.Check().Diagnostics.Where(IsAboutConfiguration)];
    }

    // What other sources hold is no matter of configuration, whatever is said of their entry.
    private static bool IsAboutConfiguration(Diagnostic diagnostic) => diagnostic is { Severity: Severity.Error, Info.Id: not ['M', 'R', 'L', '1', '1', ..] and ['M', 'R', 'L', '1' or '4' or '8', ..] or "MRL5009" };

    // YAML 1.2, core schema; dates stay text.
    public static JsonNode? Json(string text) => YamlFile.Parse("a.yml", Encoding.UTF8.GetBytes(text)).Documents is [var document] ? Json(document.Root) : new JsonObject();

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Json(entry.Value)))),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(Json)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { AsBoolean: { } boolean } => boolean,
        YamlScalar { AsInteger: { } number } => number,
        YamlScalar { IsPlain: true } scalar when Regex.IsMatch(scalar.Value, @"^[-+]?[0-9]+\.[0-9]+$") => double.Parse(scalar.Value, CultureInfo.InvariantCulture),
        var other => ((YamlScalar)other).Value,
    };

    // Every key that the schema gives to some documents, where none of them has it.
    private static void Walk(JsonNode root, JsonNode schema, IReadOnlyCollection<JsonNode> documents, string where, List<string> missing)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            // Which names are there depends on the release.
            if (!reference.EndsWith("Targets", StringComparison.Ordinal))
                Walk(root, root["definitions"]![reference.Split('/')[^1]]!, documents, where, missing);
            return;
        }
        foreach (var choice in schema["anyOf"]?.AsArray() ?? [])
            Walk(root, choice!, documents, where, missing);
        foreach (var (key, inner) in schema["properties"]?.AsObject() ?? [])
            if (documents.OfType<JsonObject>().Select(document => document[key]).OfType<JsonNode>().ToArray() is { Length: > 0 } values)
                Walk(root, inner!, values, $"{where}.{key}", missing);
            else
                missing.Add($"{where}.{key}");
        if (schema["items"] is { } items)
            Walk(root, items, [.. documents.OfType<JsonArray>().SelectMany(list => list).OfType<JsonNode>()], $"{where}[]", missing);
    }
}
