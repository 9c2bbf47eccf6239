using System.Text;
using System.Text.Json;
using Merlon.Core.Attack.Stix;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>The forms in which a release is handed over.</summary>
public sealed class AttackImportTests
{
    private const string Old = """
        {"type":"x-mitre-matrix","id":"x-mitre-matrix--00000000-0000-4000-8000-000000000001","name":"Mobile","external_references":[{"source_name":"mitre-mobile-attack","external_id":"mitre-mobile-attack"}],"tactic_refs":["x-mitre-tactic--00000000-0000-4000-8000-000000000002"]}
        {"type":"x-mitre-tactic","id":"x-mitre-tactic--00000000-0000-4000-8000-000000000002","name":"Impact","x_mitre_shortname":"impact","external_references":[{"source_name":"mitre-mobile-attack","external_id":"TA0034"}]}
        {"type":"attack-pattern","id":"attack-pattern--00000000-0000-4000-8000-000000000003","name":"Jam","external_references":[{"source_name":"mitre-mobile-attack","external_id":"T1464"}],"kill_chain_phases":[{"kill_chain_name":"mitre-mobile-attack","phase_name":"impact"}],"x_mitre_domains":["mitre-mobile-attack"]}
        {"type":"intrusion-set","id":"intrusion-set--00000000-0000-4000-8000-000000000004","name":"Bear","external_references":[{"source_name":"mitre-attack","external_id":"G9001"}],"x_mitre_domains":["enterprise-attack"]}
        {"type":"relationship","id":"relationship--00000000-0000-4000-8000-000000000005","relationship_type":"uses","source_ref":"intrusion-set--00000000-0000-4000-8000-000000000004","target_ref":"attack-pattern--00000000-0000-4000-8000-000000000003"}
        """;

    private const string Deprecated = """{"type":"relationship","id":"relationship--00000000-0000-4000-8000-000000000006","relationship_type":"uses","source_ref":"intrusion-set--00000000-0000-4000-8000-000000000007","target_ref":"attack-pattern--00000000-0000-4000-8000-000000000003","x_mitre_deprecated":true}""";

    private const string OtherGroup = """{"type":"intrusion-set","id":"intrusion-set--00000000-0000-4000-8000-000000000007","name":"Wolf","external_references":[{"source_name":"mitre-attack","external_id":"G9002"}]}""";

    private const string Collection = """{"type":"x-mitre-collection","id":"x-mitre-collection--00000000-0000-4000-8000-000000000008","name":"Mobile","x_mitre_version":"9.0"}""";

    private const string Note = """{"type":"note","id":"note--00000000-0000-4000-8000-000000000009","content":"ours","object_refs":["attack-pattern--00000000-0000-4000-8000-000000000003"]}""";

    private static string[] Objects => Old.Split('\n');

    [Fact]
    public void Every_form_of_the_same_objects_gives_the_same_table()
    {
        using TemporaryRepository repository = new();
        foreach (var (one, index) in Objects.Select((one, index) => (one, index)))
            repository.Write($"single/{index % 2}/{index}.json", one);
        foreach (var (one, index) in Objects.Select((one, index) => (one, index)))
            repository.Write($"cti/{index}.json", $$"""{"type":"bundle","spec_version":"2.0","objects":[{{one}}]}""");
        repository.Write("cti/readme.md", "no JSON");
        var all = string.Join(",\n", Objects);
        repository.Write("bundle.json", $$"""{"type":"bundle","objects":[{{all}}]}""");
        repository.Write("envelope.json", $$"""{"more":false,"objects":[{{all}}]}""");
        repository.Write("array.json", $"[{all}]");
        repository.Write("workbench.json", $$"""{"type":"bundle","objects":[{{Collection}},{{all}},{{Note}}]}""");
        string[] forms = ["single", "cti", "bundle.json", "envelope.json", "array.json", "workbench.json"];
        var tables = forms.Select(path => Table(repository.PathOf(path), "9.0")).Distinct().ToArray();
        Assert.Contains("group\tG9001\tBear\t\tT1464", Assert.Single(tables), StringComparison.Ordinal);
        Assert.Contains("# domain: mobile-attack", tables[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_2_1_with_relationships_that_no_longer_hold_gives_the_same_numbers_as_2_0_without_them()
    {
        using TemporaryRepository repository = new();
        repository.Write("20.json", $$"""{"type":"bundle","spec_version":"2.0","objects":[{{string.Join(',', Objects)}},{{OtherGroup}}]}""");
        repository.Write("21.json", $$"""{"type":"bundle","objects":[{{Collection}},{{string.Join(',', Objects)}},{{OtherGroup}},{{Deprecated}}]}""");
        Assert.Equal(Table(repository.PathOf("20.json"), "9.0"), Table(repository.PathOf("21.json"), null));
    }

    [Theory]
    [InlineData("x_mitre_version", "named")]
    [InlineData("absent", "MRL8011 STIX bundle cannot be read: it names no release, as STIX 2.0 bundles don't: give the version with --release")]
    public void A_collection_may_lack_the_version(string key, string expected)
    {
        var bundle = Read($"[{Collection.Replace("x_mitre_version", key, StringComparison.Ordinal)},{string.Join(',', Objects)}]").Bundle!;
        var (release, found) = StixImport.ToRelease([bundle], null, null);
        Assert.Equal(expected, release is null ? $"{found[0].Info.Id} {found[0].Message}" : "named");
    }

    [Fact]
    public void A_page_of_an_answer_is_not_the_whole_and_all_its_pages_are()
    {
        StixBundle Page(IEnumerable<string> objects, string more) => Read($$"""{ {{more}} "objects": [{{string.Join(',', objects)}}]}""").Bundle!;
        var (first, last) = (Page(Objects.Take(3), "\"more\": true, \"next\": \"2\","), Page(Objects.Skip(3), ""));
        var (none, found) = StixImport.ToRelease([first], null, "9.0");
        Assert.Null(none);
        Assert.Equal("STIX bundle cannot be read: it is one page of a TAXII server's answer and says that more follow ('more'); name all pages together", Assert.Single(found).Message);
        Assert.NotNull(StixImport.ToRelease([first, last], null, "9.0").Release);
    }

    [Fact]
    public void An_index_of_collections_says_what_it_is()
    {
        var (bundle, found) = Read("""{"id": "a", "name": "Index", "collections": [{"versions": []}]}""");
        Assert.Null(bundle);
        Assert.Equal("STIX bundle cannot be read: this is an index of 1 collection, which says where bundles are and holds no objects; import a bundle that it names", Assert.Single(found).Message);
    }

    [Fact]
    public void A_folder_without_JSON_is_a_finding_and_a_broken_file_in_one_is_named()
    {
        using TemporaryRepository repository = new(("a/b/one.json", Objects[0]), ("a/b/two.json", "{"));
        var (none, found) = StixFolder.ReadAny(repository.PathOf("a"), "a/");
        Assert.Null(none);
        Assert.Equal("a/b/two.json", Assert.Single(found).Span.Path);
        Directory.CreateDirectory(repository.PathOf("empty"));
        Assert.Equal("STIX bundle cannot be read: the folder holds no .json file", Assert.Single(StixFolder.ReadAny(repository.PathOf("empty"), "empty").Diagnostics).Message);
    }

    [Fact]
    public void Links_in_a_folder_are_not_followed()
    {
        using TemporaryRepository repository = new(("a/one.json", Objects[0]), ("b/two.json", "{"));
        try
        {
            Directory.CreateSymbolicLink(repository.PathOf("a/link"), repository.PathOf("b"));
            File.CreateSymbolicLink(repository.PathOf("a/two.json"), repository.PathOf("b/two.json"));
        }
        catch (IOException)
        {
            Assert.Skip("links cannot be made here");
        }
        Assert.Single(StixFolder.ReadAny(repository.PathOf("a"), "a").Bundle!.Objects);
    }

    [Theory]
    [InlineData("techniques.tactics.json")]
    [InlineData("sample-collection.json")]
    [InlineData("matrices.techniques.tactics.json")]
    [InlineData("blue-v1.json")]
    [InlineData("blue-v2.json")]
    [InlineData("red-v1.json")]
    [InlineData("green-v1.json")]
    public void A_sample_of_Workbench_reads(string file)
    {
        using var stream = File.OpenRead(Repository.SharedData($"samples/workbench/{file}"));
        var (bundle, found) = StixBundle.Read(stream, file);
        Assert.True(bundle is { Objects.IsEmpty: false }, LintRuleTests.Lines(found));
    }

    [Theory]
    [InlineData("collection-index-v1.json", "1 collection")]
    [InlineData("collection-index-v2.json", "3 collections")]
    public void A_sample_index_of_Workbench_is_told_apart(string file, string count)
    {
        using var stream = File.OpenRead(Repository.SharedData($"samples/workbench/{file}"));
        Assert.Contains($"an index of {count},", Assert.Single(StixBundle.Read(stream, file).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ics-18.1", "18.1")]
    [InlineData("ics-18.1-stix21", "18.1")]
    public void A_folder_of_MITRE_s_objects_gives_the_embedded_table(string file, string version)
    {
        using var packed = File.OpenRead(Repository.SharedData($"attack/{file}.json.gz"));
        using System.IO.Compression.GZipStream stream = new(packed, System.IO.Compression.CompressionMode.Decompress);
        using var json = JsonDocument.Parse(stream);
        using TemporaryRepository repository = new();
        foreach (var one in json.RootElement.GetProperty("objects").EnumerateArray())
            repository.Write($"{one.GetProperty("type").GetString()}/{one.GetProperty("id").GetString()}.json", one.GetRawText());
        Assert.Equal(AttackTableTests.TextOf(AttackFactsTests.Release("ics-attack", version)), Table(repository.Root, version));
    }

    private static string Table(string path, string? version)
    {
        var (bundle, found) = StixFolder.ReadAny(path, "x");
        Assert.Equal("", LintRuleTests.Lines(found));
        var (release, more) = StixImport.ToRelease([bundle!], null, version);
        Assert.Equal("", LintRuleTests.Lines(more));
        return AttackTableTests.TextOf(release!);
    }

    private static (StixBundle? Bundle, System.Collections.Immutable.ImmutableArray<Diagnostics.Diagnostic> Found) Read(string json) => StixBundle.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "b.json");
}
