using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Diagnostics;
using Xunit;

namespace Merlon.Core.Tests;

public class AttackStixTests
{
    private const string Fin7 = "intrusion-set--3753cc21-2dae-4dfb-8481-d004e74502cc";
    private const string PowerShell = "attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736";

    private static readonly AttackRelease Enterprise = AttackFactsTests.Release("enterprise-attack", "19.1");

    [Theory]
    [InlineData("enterprise-16.1", "16.1")]
    [InlineData("enterprise-18.1", "18.1")]
    [InlineData("enterprise-19.1-reconstructed", null)]
    [InlineData("ics-16.1", "16.1")]
    [InlineData("ics-18.1", "18.1")]
    [InlineData("ics-18.1-stix21", null)]
    [InlineData("ics-19.1", null)]
    [InlineData("mobile-16.1", "16.1")]
    [InlineData("mobile-18.1", "18.1")]
    [InlineData("mobile-19.0-reconstructed", null)]
    public void A_bundle_imports_to_the_embedded_bytes(string file, string? version)
    {
        using var stream = File.OpenRead(Repository.SharedData($"attack/{file}.json.gz"));
        var (bundle, problems) = StixBundle.Read(stream, file);
        Assert.Empty(problems);
        var (release, more) = StixImport.ToRelease([bundle!], domain: null, version);
        Assert.Empty(more);
        Assert.Equal(AttackTableTests.TextOf(AttackFactsTests.Release(release!.Domain.Name, release.Version)), AttackTableTests.TextOf(release));
    }

    [Fact]
    public void A_bundle_merged_over_its_own_release_changes_nothing()
    {
        using var stream = File.OpenRead(Repository.SharedData("attack/ics-19.1.json.gz"));
        var over = AttackFactsTests.Release("ics-attack", "19.1");
        var merged = Merge(over, StixBundle.Read(stream, "ics").Bundle!);
        Assert.Equal(AttackTableTests.TextOf(over), AttackTableTests.TextOf(merged));
    }

    [Theory]
    [MemberData(nameof(AttackFactsTests.Embedded), MemberType = typeof(AttackFactsTests))]
    public void Merging_nothing_changes_nothing(string domain, string version)
    {
        var over = AttackFactsTests.Release(domain, version);
        Assert.Equal(AttackTableTests.TextOf(over), AttackTableTests.TextOf(Merge(over, Bundle())));
    }

    [Fact]
    public void A_new_group_uses_techniques_of_the_release()
    {
        var merged = Merge(Enterprise, Bundle(
            Object("intrusion-set", 1, "G9001", "ACME Bear", """, "aliases": ["ACME Bear", "Zoo", "Den"]"""),
            Relationship(2, "uses", Stix("intrusion-set", 1), PowerShell)));
        var group = merged.FindGroup("G9001")!;
        Assert.Equal(("T1059.001", "Den Zoo"), (string.Join(' ', group.Techniques), string.Join(' ', group.Aliases)));
        Assert.Same(group, Assert.Single(merged.FindByName("zoo")));
        Assert.Equal(("19.1", AttackDomain.Enterprise), (merged.Version, merged.Domain));
        Assert.Equal(Enterprise.FindGroup("G0046")!.Techniques, merged.FindGroup("G0046")!.Techniques);
    }

    [Fact]
    public void A_technique_that_a_bundle_revokes_leaves_every_relation()
    {
        var merged = Merge(Enterprise, Bundle(
            Object("attack-pattern", 0, "T1059.001", "PowerShell", """, "revoked": true""").Replace(Stix("attack-pattern", 0), PowerShell, StringComparison.Ordinal),
            Object("attack-pattern", 1, "T1999", "Shells", """, "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "execution"}]"""),
            Relationship(2, "revoked-by", PowerShell, Stix("attack-pattern", 1))));
        Assert.Equal("T1999", $"{merged.FinalReplacement(AttackReleaseTests.Id("T1059.001"))?.Id}");
        Assert.Contains(AttackReleaseTests.Id("T1059.001"), Enterprise.FindGroup("G0046")!.Techniques);
        Assert.DoesNotContain(AttackReleaseTests.Id("T1059.001"), merged.FindGroup("G0046")!.Techniques);
        Assert.Null(merged.FindStrategy(AttackReleaseTests.Id("T1059.001")));
        Assert.Equal(["execution"], merged.Find(AttackReleaseTests.Id("T1999"))!.Tactics);
    }

    [Fact]
    public void A_relationship_that_a_bundle_revokes_is_taken_away_and_one_that_was_never_live_adds_nothing()
    {
        var merged = Merge(Enterprise, Bundle(
            Relationship(1, "uses", Fin7, PowerShell, """, "revoked": true"""),
            Object("intrusion-set", 2, "G9001", "ACME Bear"),
            Relationship(3, "uses", Stix("intrusion-set", 2), PowerShell, """, "x_mitre_deprecated": true""")));
        Assert.Equal(66, merged.FindGroup("G0046")!.Techniques.Length);
        Assert.Empty(merged.FindGroup("G9001")!.Techniques);
    }

    [Fact]
    public void A_newer_replacement_takes_the_place_of_the_release_s()
    {
        var old = Enterprise.Find(AttackReleaseTests.Id("T1086"))!;
        Assert.Equal("T1059.001", $"{old.RevokedBy}");
        var next = Enterprise.Find(AttackReleaseTests.Id("T1059.003"))!;
        var merged = Merge(Enterprise, Bundle(Relationship(1, "revoked-by", $"attack-pattern--{old.StixId}", $"attack-pattern--{next.StixId}")));
        Assert.Equal(next.Id, merged.Find(old.Id)!.RevokedBy);
    }

    [Fact]
    public void The_newest_version_of_an_object_counts_whatever_the_order()
    {
        string[] versions = [Named("First", "2025-01-01"), Named("Third", "2026-01-02"), Named("Second", "2026-01-01")];
        Gen.Shuffle(versions).Sample(shuffled => Merge(Enterprise, [.. shuffled.Select(version => Bundle(version))]).FindGroup("G9001")!.Name == "Third");
        Assert.Equal("Later", Merge(Enterprise, Bundle(Named("Earlier", "2026-01-01")), Bundle(Named("Later", "2026-01-01"))).FindGroup("G9001")!.Name);

        static string Named(string name, string modified) => Object("intrusion-set", 1, "G9001", name, $$""", "modified": "{{modified}}T00:00:00.000Z" """);
    }

    [Fact]
    public void An_id_of_two_objects_is_a_warning_and_the_newer_one_counts()
    {
        var (release, diagnostics) = StixImport.ToRelease(
            [Bundle(Object("intrusion-set", 1, "g0046", "ACME FIN7", """, "modified": "2026-01-01T00:00:00Z" """))], domain: null, version: null, Enterprise);
        Assert.Equal(["MRL8014 Warning: 'FIN7' is left out: 'ACME FIN7', which is newer, has the same id G0046"], Lines(diagnostics));
        Assert.Equal("ACME FIN7", release!.FindGroup("G0046")!.Name);
    }

    [Fact]
    public void Techniques_of_another_domain_stay_out()
    {
        var merged = Merge(Enterprise, Bundle(
            Object("attack-pattern", 1, "T1998", "Ladder Logic", """, "kill_chain_phases": [{"kill_chain_name": "mitre-ics-attack", "phase_name": "impact"}]"""),
            Object("intrusion-set", 2, "G9001", "Phone Bear", """, "x_mitre_domains": ["mobile-attack"]"""),
            Object("intrusion-set", 3, "G9002", "Both Bear", """, "x_mitre_domains": ["mobile-attack", "enterprise-attack"]""")));
        Assert.Null(merged.Find(AttackReleaseTests.Id("T1998")));
        Assert.Null(merged.FindGroup("G9001"));
        Assert.NotNull(merged.FindGroup("G9002"));
    }

    [Fact]
    public void An_id_is_ATTACK_s_under_its_old_name_too_and_never_that_of_another_catalogue()
    {
        var references = """[{"source_name": "capec", "external_id": "T0001"}, {"source_name": "NIST Mobile Threat Catalogue", "external_id": "T0002"}, {"source_name": "mitre-mobile-attack", "external_id": "T1997"}]""";
        var json = $$"""[{"type": "attack-pattern", "id": "{{Stix("attack-pattern", 1)}}", "name": "Old", "x_mitre_deprecated": true, "external_references": {{references}}}]""";
        Assert.True(Merge(Enterprise, Read(json).Bundle!).Find(AttackReleaseTests.Id("T1997")) is { IsDeprecated: true });
    }

    [Fact]
    public void An_array_an_envelope_and_gzip_read_the_same()
    {
        var one = Object("tool", 1, "S9901", "Wrench");
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes($"[{one}]"));
        packed.Position = 0;
        var bundles = new[] { Read($"[{one}]").Bundle!, Read($$"""{"more": false, "objects": [{{one}}]}""").Bundle!, Read($"\uFEFF[{one}]").Bundle!, StixBundle.Read(packed, "b.json.gz").Bundle! };
        Assert.All(bundles, bundle => Assert.Equal("Wrench", Assert.Single(bundle.Objects).Name));
    }

    [Theory]
    [InlineData("[\n{]", "b.json(2,2) MRL8011 Error: it is not JSON from here on")]
    [InlineData("", "b.json(1,1) MRL8011 Error: it is not JSON from here on")]
    [InlineData("""{"type": "bundle"}""", "b.json(1,1) MRL8011 Error: this is neither an array of objects nor has it one called 'objects'")]
    [InlineData("7", "b.json(1,1) MRL8011 Error: this is neither an array of objects nor has it one called 'objects'")]
    [InlineData("[7]", "b.json(1,2) MRL8011 Error: this object has no type")]
    [InlineData("[{\"type\": \"é\"},\n{\"type\": \"é\"}, {\"type\": \"tool\",\n \"id\": \"tool--1\", \"name\": \"x\"}]", "b.json(2,16) MRL8011 Error: 'tool--1' is no STIX id")]
    [InlineData("""[{"type": "relationship", "relationship_type": "uses", "id": "relationship--1"}]""", "b.json(1,2) MRL8011 Error: relationship 'relationship--1' lacks the STIX id of itself or of one of its ends")]
    [InlineData("""[{"type": "tool", "id": "tool--00000000-0000-0000-0000-000000000001"}]""", "b.json(1,2) MRL8011 Error: 'tool--00000000-0000-0000-0000-000000000001' has no name")]
    [InlineData("""[{"type": "tool", "id": "tool--00000000-0000-0000-0000-000000000001", "name": "\ud800"}]""", "b.json(1,79) MRL8011 Error: a text in it holds half of a surrogate pair; write both halves, as in \\ud83d\\ude00")]
    [InlineData("{\"\\ud800\": 1,\n \"objects\": []}", "b.json(1,2) MRL8011 Error: a text in it holds half of a surrogate pair; write both halves, as in \\ud83d\\ude00")]
    public void Garbage_is_an_error_where_it_stands(string json, string expected)
    {
        var (bundle, diagnostics) = Read(json);
        Assert.Null(bundle);
        Assert.Equal(expected, $"{At(Assert.Single(diagnostics))} {Lines(diagnostics)[0]}");
    }

    [Fact]
    public void Damaged_gzip_is_an_error()
    {
        var (bundle, diagnostics) = StixBundle.Read(new MemoryStream([0x1f, 0x8b, 8, 0, 1, 2, 3]), "b.json.gz");
        Assert.Null(bundle);
        Assert.Equal("MRL8011", Assert.Single(diagnostics).Info.Id);
    }

    [Fact]
    public void Any_bytes_are_a_diagnostic_and_never_an_exception() => Gen.Byte.Array.Sample(bytes =>
        StixBundle.Read(new MemoryStream(bytes), "b.json") is (null, [{ Info.Id: "MRL8011" }, ..]) or (not null, _));

    [Theory]
    [InlineData("attack-pattern", "ACME_T1001")]
    [InlineData("attack-pattern", "ACME-X1001")]
    [InlineData("intrusion-set", "")]
    public void An_object_without_an_ATTACK_id_is_left_out_with_a_warning(string type, string id)
    {
        var (bundle, diagnostics) = Read($"[{Object(type, 1, id, "Own")}]");
        Assert.Empty(bundle!.Objects);
        Assert.Equal([$"MRL8014 Warning: 'Own' ({Stix(type, 1)}) is left out: it has no ATT&CK id"], Lines(diagnostics));
    }

    [Fact]
    public void A_pinned_bundle_must_have_its_hash()
    {
        const string Empty = "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";
        Assert.Equal(Empty, Read("[]").Bundle!.Sha256);
        Assert.NotNull(StixBundle.Read(new MemoryStream("[]"u8.ToArray()), "b.json", Empty.ToUpperInvariant()).Bundle);
        var (bundle, diagnostics) = StixBundle.Read(new MemoryStream("[ ]"u8.ToArray()), "b.json", Empty);
        Assert.Null(bundle);
        Assert.Equal("MRL8013", Assert.Single(diagnostics).Info.Id);
    }

    [Theory]
    [InlineData(null, "1", "its objects are of no domain of ATT&CK, or of several: name the one wanted with --domain")]
    [InlineData("ics-attack", null, "it names no release, as STIX 2.0 bundles don't: give the version with --release")]
    [InlineData("ics-attack", "1", "it has no live technique of ics-attack")]
    public void A_release_needs_a_domain_a_version_and_a_technique(string? domain, string? version, string message)
    {
        AttackDomain? known = domain is null ? null : AttackDomain.Ics;
        var (release, diagnostics) = StixImport.ToRelease([Bundle(Object("tool", 1, "S9901", "Wrench"))], known, version);
        Assert.Null(release);
        Assert.Equal([$"MRL8011 Error: {message}"], Lines(diagnostics));
    }

    private static AttackRelease Merge(AttackRelease over, params ImmutableArray<StixBundle> bundles)
    {
        var (release, diagnostics) = StixImport.ToRelease(bundles, domain: null, version: null, over);
        Assert.Empty(diagnostics);
        return release!;
    }

    private static StixBundle Bundle(params string[] objects)
    {
        var (bundle, diagnostics) = Read($$"""{"type": "bundle", "objects": [{{string.Join(",\n", objects)}}]}""");
        Assert.Empty(diagnostics);
        return bundle!;
    }

    private static (StixBundle? Bundle, ImmutableArray<Diagnostic> Diagnostics) Read(string json) =>
        StixBundle.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "b.json");

    private static string Stix(string type, int number) => $"{type}--00000000-0000-4000-8000-{number:D12}";

    private static string Object(string type, int number, string id, string name, string more = "") =>
        $$"""{"type": "{{type}}", "id": "{{Stix(type, number)}}", "name": "{{name}}", "external_references": [{"source_name": "mitre-attack", "external_id": "{{id}}"}]{{more}}}""";

    private static string Relationship(int number, string type, string source, string target, string more = "") =>
        $$"""{"type": "relationship", "id": "{{Stix("relationship", number)}}", "relationship_type": "{{type}}", "source_ref": "{{source}}", "target_ref": "{{target}}"{{more}}}""";

    private static string At(Diagnostic diagnostic) => $"{diagnostic.Span.Path}({diagnostic.Span.Line},{diagnostic.Span.Column})";

    private static ImmutableArray<string> Lines(ImmutableArray<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(one => $"{one.Info.Id} {one.Severity}: {one.Message.Replace("STIX bundle cannot be read: ", "", StringComparison.Ordinal)}")];
}
