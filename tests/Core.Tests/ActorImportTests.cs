using System.IO.Compression;
using System.Text;
using CsCheck;
using Merlon.Core.Actors.Import;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using NJsonSchema;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Profiles of files that other tools wrote.</summary>
public class ActorImportTests
{
    private const string Fixtures = "tests/fixtures/import";

    /// <summary>Profiles of the fixtures with what is found in them, and with what is asked.</summary>
    public static TheoryData<string, string, string> Imports => new()
    {
        { "layer-2.0.json", "", "" }, { "layer-3.0.json", "", "" }, { "layer-4.5.json", "", "" }, { "layers.json", "", "" }, { "layers.json", "Iron Heron", "" },
        { "bundle.json", "", "" }, { "bundle.json", "Soft Paw", "" }, { "bundle.json", "iron heron", "" }, { "bundle.json", "Quiet Audit", "" }, { "bundle.json", "nobody", "" },
        { "cluster.json", "", "" }, { "groups.json", "", "" }, { "groups.json", "FIN7", "" }, { "groups.json", "Iron Heron", "" }, { "layer-4.5.json", "nobody", "" }, { "plan.yaml", "", "" },
        { "dettect.yaml", "", "" }, { "dettect.yaml", "Brass Otter", "" }, { "dettect.yaml", "Velvet Badger", "" }, { "dettect.yaml", "velvet badger (Spring)", "" },
        { "table.csv", "", "" }, { "table.csv", "Velvet Badger", "" }, { "table.csv", "", "Note" }, { "table.csv", "", "technique id" }, { "table-semicolon.csv", "", "" }, { "two-columns.csv", "", "" }, { "two-columns.csv", "", "B" },
        { "hostile.json", "", "" },
    };

    [Theory, MemberData(nameof(Imports))]
    public void An_import_is_its_golden_file(string file, string actor, string column)
    {
        var result = Import(file, File.ReadAllBytes(Repository.PathOf($"{Fixtures}/{file}")), new() { Date = TemporaryRepository.Day, Actor = actor.Length == 0 ? null : actor, Column = column.Length == 0 ? null : column });
        var name = string.Join('.', new[] { file, actor, column }.Where(part => part.Length > 0)).Replace(' ', '-');
        Golden.Match($"{TextReport.Write(result.Diagnostics)}{string.Concat(result.Choices.Select(choice => $"  {choice}\n"))}{result.Profile}", $"{Fixtures}/golden/{name}.txt");
        if (result.Profile is not null)
            Assert.NotEmpty(Techniques(result));
    }

    public static TheoryData<string> LayerVersions => ["2.0", "2.1", "2.2", "3.0", "4.0", "4.1", "4.2", "4.3", "4.4", "4.5"];

    [Theory, MemberData(nameof(LayerVersions))]
    public void A_layer_of_any_version_gives_the_same_techniques(string version)
    {
        var result = Import("a.json", File.ReadAllBytes(Repository.PathOf($"{Fixtures}/layer-{version}.json")));
        Assert.Equal("T1059.001 T1547.001", Techniques(result));
        Assert.Contains($"Navigator layer {version}", result.Profile, StringComparison.Ordinal);
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 BOM", "utf-16", "utf-16 BOM", "utf-16BE", "utf-16BE BOM", "gzip"];

    [Theory, MemberData(nameof(Encodings))]
    public void A_layer_in_any_encoding_is_read(string encoding)
    {
        var text = File.ReadAllText(Repository.PathOf($"{Fixtures}/layer-4.5.json")).Replace("Velvet Badger", "Velvet Bädger", StringComparison.Ordinal);
        Encoding of = encoding.Split(' ')[0] switch { "utf-16" => new UnicodeEncoding(false, true), "utf-16BE" => new UnicodeEncoding(true, true), _ => new UTF8Encoding(true) };
        byte[] bytes = [.. encoding.EndsWith("BOM", StringComparison.Ordinal) ? of.GetPreamble() : [], .. of.GetBytes(text)];
        if (encoding == "gzip")
        {
            using MemoryStream packed = new();
            using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
                gzip.Write(bytes);
            bytes = packed.ToArray();
        }
        var result = Import("a.json", bytes);
        Assert.Equal("T1059.001 T1547.001", Techniques(result));
        Assert.Contains("name: \"Velvet Bädger\"\n", result.Profile, StringComparison.Ordinal);
        Assert.Equal(Import("a.json", Encoding.UTF8.GetBytes(text)).Diagnostics, result.Diagnostics);
    }

    [Theory]
    [InlineData("", "a.json:1:1: error MRL4015: file cannot be imported: it is empty")]
    [InlineData(" \n", "a.json:1:1: error MRL4015: file cannot be imported: it is empty")]
    [InlineData("{\n  \"techniques\": [", "a.json:2:18: error MRL4015: file cannot be imported: it is not JSON from here on, or nested more than 64 deep")]
    [InlineData("{\"techniques\": {}}", "a.json:1:16: error MRL4015: file cannot be imported: 'techniques' of the layer is no array")]
    [InlineData("{\"techniques\": []}", "a.json:1:1: error MRL4015: file cannot be imported: it lists no technique that is used")]
    [InlineData("{\"domain\": \"enterprise-attack\"}", "a.json:1:1: error MRL4015: file cannot be imported: it lists no technique that is used")]
    [InlineData("{\"version\": \"1.3\", \"techniques\": []}", "a.json:1:13: error MRL4015: file cannot be imported: it is a layer of format 1.3, and 2.0 to 4.5 are known")]
    [InlineData("{\"versions\": {\"layer\": \"5.0\"}, \"techniques\": []}", "a.json:1:24: error MRL4015: file cannot be imported: it is a layer of format 5.0, and 2.0 to 4.5 are known")]
    [InlineData("{\"domain\": \"pre-attack\", \"techniques\": []}", "a.json:1:12: error MRL4015: file cannot be imported: its domain 'pre-attack' is none of ATT&CK's: enterprise-attack, ics-attack, mobile-attack")]
    [InlineData("{\"domain\": \"mitre-mobile\", \"techniques\": []}", "a.json:1:12: error MRL4015: file cannot be imported: it is a layer of mobile-attack, which is not one of attack.domains; add it there")]
    [InlineData("{\"name\": \"\\ud800\", \"techniques\": [{\"techniqueID\": \"T1059\"}]}", "a.json:1:10: error MRL4015: file cannot be imported: a text in it holds half of a surrogate pair; write both halves, as in \\ud83d\\ude00")]
    [InlineData("{\n\"é\": 1, \"\\ud800\": []}", "a.json:2:9: error MRL4015: file cannot be imported: a text in it holds half of a surrogate pair; write both halves, as in \\ud83d\\ude00")]
    [InlineData("[]", "a.json:1:1: error MRL4015: file cannot be imported: it is JSON of no kind that is known: neither a Navigator layer nor a STIX bundle nor a MISP galaxy cluster")]
    [InlineData("{\"type\": \"bundle\", \"objects\": []}", "a.json:1:1: error MRL4015: file cannot be imported: the bundle has no intrusion set, threat actor, campaign or software that is live")]
    [InlineData("{\"values\": []}", "a.json:1:1: error MRL4015: file cannot be imported: it holds no actor")]
    [InlineData("{\"values\": [{\"value\": \"x\"}]}", "a.json:1:1: error MRL4015: file cannot be imported: it lists no technique that is used")]
    [InlineData("- emulation_plan_details: [\n}", "a.json:2:1: error MRL4015: file cannot be imported: not valid YAML: while parsing a node, did not find expected node content")]
    [InlineData("emulation_plan_details: {}\n", "a.json:1:1: error MRL4015: file cannot be imported: an emulation plan is a YAML list of 'emulation_plan_details' and procedures")]
    [InlineData("nothing of the kind", "a.json:1:1: error MRL4015: file cannot be imported: a CSV file has a header and rows below it")]
    [InlineData("a,b\n1,2\n", "a.json:1:1: error MRL4015: file cannot be imported: it is of no kind that is known, and as CSV no column of it holds technique ids")]
    [InlineData("id\n\"T1059\n", "a.json:2:1: error MRL4015: file cannot be imported: this quote is not closed")]
    public void What_cannot_be_read_is_refused_with_a_place_and_a_reason(string text, string finding)
    {
        var result = Import("a.json", Encoding.UTF8.GetBytes(text));
        Assert.Null(result.Profile);
        Assert.Equal(finding, LintRuleTests.Lines(result.Diagnostics).TrimEnd());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        Assert.Contains("byte 0xFF at 1 is not UTF-8", LintRuleTests.Lines(Import("a", [(byte)'{', 0xFF, (byte)'}']).Diagnostics), StringComparison.Ordinal);
        Assert.Contains("UTF-32", LintRuleTests.Lines(Import("a", Encoding.UTF32.GetBytes("{\"techniques\":[]}")).Diagnostics), StringComparison.Ordinal);
        Assert.Contains("damaged UTF-16", LintRuleTests.Lines(Import("a", [0xFF, 0xFE, (byte)'{']).Diagnostics), StringComparison.Ordinal);
        Assert.Contains("gzip and damaged", LintRuleTests.Lines(Import("a", [0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).Diagnostics), StringComparison.Ordinal);
        Assert.Contains("nested more than 64", LintRuleTests.Lines(Import("a", Encoding.UTF8.GetBytes(new string('[', 100_000))).Diagnostics), StringComparison.Ordinal);
        Assert.Contains("longer than 64 MiB", LintRuleTests.Lines(Import("a", new byte[ImportFile.MaxBytes + 1]).Diagnostics), StringComparison.Ordinal);
    }

    [Theory] // as the Navigator: the last entry for a cell holds, and an entry without a tactic is all cells of its technique
    [InlineData("""{"techniqueID":"T1059.001","tactic":"execution","score":1},{"techniqueID":"T1059.001","tactic":"execution","enabled":false}""", "")]
    [InlineData("""{"techniqueID":"T1059.001","tactic":"execution","enabled":false},{"techniqueID":"T1059.001","score":1}""", "T1059.001")]
    [InlineData("""{"techniqueID":"T1059.001","tactic":"execution","score":1},{"techniqueID":"T1059.001","score":0}""", "")]
    [InlineData("""{"techniqueID":"T1059.001","score":1},{"techniqueID":"T1059.001","tactic":"execution","score":0}""", "")]
    [InlineData("""{"techniqueID":"T1547.001","score":1},{"techniqueID":"T1547.001","tactic":"persistence","score":0}""", "T1547.001")]
    [InlineData("""{"techniqueID":"T1059.001","tactic":"defense-evasion","score":1}""", "T1059.001")] // of another release
    [InlineData("""{"techniqueID":" t1059.001 ","score":"50"}""", "T1059.001")]
    [InlineData("""{"techniqueID":"T1059.001","score":null}""", "T1059.001")]
    [InlineData("""{"techniqueID":"T1059.001","color":"","comment":"","enabled":true,"metadata":[],"links":[],"showSubtechniques":false}""", "")]
    [InlineData("""{"techniqueID":"T1059.001","color":"#fff","showSubtechniques":true}""", "T1059.001")]
    [InlineData("""{"techniqueID":"T1059.001","metadata":[{"name":"a","value":"b"}],"showSubtechniques":true}""", "T1059.001")]
    public void Entries_of_a_layer_mean_what_the_Navigator_shows(string entries, string techniques) =>
        Assert.Equal($"T1110 {techniques}".Trim().Split(' ').Order(), Techniques(Import("a.json", Encoding.UTF8.GetBytes($"{{\"techniques\":[{{\"techniqueID\":\"T1110\"}},{entries}]}}"))).Split(' '));

    [Fact]
    public void Score_0_is_no_claim_unless_it_is_asked_for()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"techniques":[{"techniqueID":"T1110","score":1},{"techniqueID":"T1105","score":0}]}""");
        var result = Import("a.json", bytes);
        Assert.Equal("T1110", Techniques(result));
        Assert.Equal("a.json:1:15: info MRL4018: entries that claim nothing: 1 of score 0 (--zero-scores takes them)", LintRuleTests.Lines(result.Diagnostics).TrimEnd());
        Assert.Equal("T1105 T1110", Techniques(Import("a.json", bytes, new() { Date = TemporaryRepository.Day, CountsZeroScores = true })));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void A_CSV_file_may_end_its_lines_as_it_likes(string end)
    {
        var result = Import("a.csv", Encoding.UTF8.GetBytes(string.Join(end, "name,id", "\"a \"\"b\"\"\",T1059.001", "c,nothing", "d,T1110")));
        Assert.Equal("T1059.001 T1110", Techniques(result));
        Assert.Equal("a.csv:3:3: warning MRL4016: 'nothing' is left out: it holds no technique id such as T1059 or T1059.001", LintRuleTests.Lines(result.Diagnostics).TrimEnd());
    }

    [Fact]
    public void A_hostile_file_has_no_more_than_so_many_findings()
    {
        var result = Import("a.json", Encoding.UTF8.GetBytes($"{{\"techniques\":[{{\"techniqueID\":\"T1110\"}}{string.Concat(Enumerable.Range(0, 500).Select(i => $",{{\"techniqueID\":\"x{i}\"}}"))}]}}"));
        Assert.Equal(101, result.Diagnostics.Length);
        Assert.Equal("T1110", Techniques(result));
    }

    public static TheoryData<string> Mutated => ["layer-4.5.json", "layers.json", "bundle.json", "cluster.json", "plan.yaml", "dettect.yaml", "table.csv"];

    [Theory, MemberData(nameof(Mutated))]
    public void A_damaged_file_gives_a_profile_or_an_error(string file)
    {
        var whole = File.ReadAllBytes(Repository.PathOf($"{Fixtures}/{file}"));
        var likely = "{}[]\",:\\0\n-T."u8.ToArray();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, 12], Gen.Int[0, 255].Array[0, 3]).Sample((at, length, put) =>
        {
            byte[] damaged = [.. whole.AsSpan(0, at), .. put.Select(value => value < likely.Length * 8 ? likely[value % likely.Length] : (byte)value), .. whole.AsSpan(Math.Min(whole.Length, at + length))];
            var result = Import(file, damaged);
            return result.Profile is not null ? Techniques(result).Length > 0 : result.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
        }, iter: 400);
    }

    [Fact]
    public void A_description_has_no_links()
    {
        var profile = Import("a.json", Encoding.UTF8.GetBytes("""{"values":[{"value":"FIN7","description":"[FIN7](https://example.org) is a group.(Citation: X)<sup>[[1](u)]</sup>"}]}""")).Profile;
        Assert.Contains("\ndescription: FIN7 is a group.\n", profile, StringComparison.Ordinal);
    }

    public static TheoryData<string> RoundTrips =>
    [
        .. Directory.GetFiles(Repository.PathOf("actors"), "*.yml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
        "G0007", "G0010", "G0032", "G0034", "G0045", "G0046", "G0061", "G0096", "G0102", "G1015", "C0022", "S0154",
    ];

    [Theory, MemberData(nameof(RoundTrips))]
    public void A_layer_that_Merlon_exported_gives_the_same_techniques(string actor)
    {
        CheckRequest request = new() { Directory = Repository.PathOf(""), Date = TemporaryRepository.Day, NeedsRules = false, Overrides = new() { Actors = [actor] } };
        var snapshot = Snapshot.Load(request, ProgramFiles.Find(request), out _)!;
        var layer = ActorLayers.Of(snapshot.Coverage[0], snapshot.Coverage[0].Actors[0], LayerSettings.Of(snapshot, isPrivate: true));
        var result = Import("a.json", Encoding.UTF8.GetBytes(layer.Write()));
        // What an exclusion turned off claims nothing.
        Assert.Equal(layer.Techniques.All(one => one.IsPainted) ? [] : ["MRL4018"], result.Diagnostics.Select(diagnostic => diagnostic.Info.Id));
        Assert.Equal(Measure.Ids(layer.Techniques.Where(one => one.IsPainted).Select(one => one.Technique.Id)), Techniques(result));
    }

    [Theory]
    [InlineData("FIN7", "from: [G0046] # FIN7, ")]
    [InlineData("carbon spider", "name: FIN7\n")]
    [InlineData("s0154", "from: [S0154] # Cobalt Strike, ")]
    [InlineData("C0022", "from: [C0022] # Operation Dream Job, ")]
    public void An_object_of_ATTACK_is_imported_by_name(string source, string line)
    {
        using TemporaryRepository repository = new();
        var result = ActorFiles.Import(repository.Request(), source, new() { Date = TemporaryRepository.Day });
        Assert.Contains(line, result.Profile, StringComparison.Ordinal);
        Assert.NotEmpty(Techniques(result).Split(' '));
    }

    [Theory]
    [InlineData("FIM7", "merlon: error MRL4012: 'FIM7' is no profile and no group, software or campaign of ATT&CK 19.1; did you mean 'FIN7'?\n")]
    [InlineData("nowhere/layer.json", "merlon: error MRL4015: 'nowhere/layer.json' does not exist\n")]
    public void An_unknown_source_is_refused(string source, string finding)
    {
        using TemporaryRepository repository = new();
        Assert.Equal(finding, TextReport.Write(ActorFiles.Import(repository.Request(), source, new() { Date = TemporaryRepository.Day }).Diagnostics));
    }

    public static TheoryData<string> Samples =>
    [
        "navigator/Bear_APT.json", "navigator/heatmap_layer.json", "navigator/ATTACKcon2018-Submitter_Responses.json",
        "misp-galaxy/mitre-attack-pattern.json", "misp-galaxy/mitre-detection-strategy.json", "misp-galaxy/mitre-intrusion-set.json", "misp-galaxy/tidal-campaigns.json", "misp-galaxy/tidal-groups.json", "misp-galaxy/tidal-tactic.json",
        "adversary-emulation-library/Fin7.yaml", "adversary-emulation-library/menupass.yaml", "adversary-emulation-library/format_dictionary.yaml",
        "derived/attack-v19-group-techniques-from-misp.csv", "workbench/blue-v1.json", "workbench/sample-collection.json", "workbench/collection-index-v1.json",
    ];

    [Theory, MemberData(nameof(Samples))]
    public void A_file_of_somebody_else_is_read_or_refused_with_a_reason(string sample)
    {
        var result = Import(sample, File.ReadAllBytes(Repository.SharedData($"samples/{sample}")));
        if (result.Profile is null)
            Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        else
            Assert.NotEmpty(Techniques(result));
    }

    [Theory]
    [InlineData("navigator/Bear_APT.json", 126)]
    [InlineData("adversary-emulation-library/Fin7.yaml", 9)]
    [InlineData("adversary-emulation-library/menupass.yaml", 13)]
    public void A_file_of_somebody_else_gives_all_its_techniques(string sample, int techniques) =>
        Assert.Equal(techniques, Techniques(Import(sample, File.ReadAllBytes(Repository.SharedData($"samples/{sample}")))).Split(' ').Length);

    [Fact]
    public void Groups_of_a_cluster_of_the_same_release_are_cited_and_nothing_else()
    {
        var bytes = File.ReadAllBytes(Repository.SharedData("samples/misp-galaxy/mitre-intrusion-set.json"));
        foreach (var id in new[] { "G0007", "G0032", "G0046", "G0082", "G1015" })
        {
            var profile = Import("a.json", bytes, new() { Date = TemporaryRepository.Day, Actor = id }).Profile;
            Assert.Contains($"from: [{id}]", profile, StringComparison.Ordinal);
            Assert.DoesNotContain("techniques:\n", profile, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("enterprise-18.1.json.gz")]
    [InlineData("enterprise-19.1-reconstructed.json.gz")]
    public void A_group_of_a_bundle_of_MITRE_has_its_techniques(string bundle)
    {
        var result = Import("a.json", File.ReadAllBytes(Repository.SharedData($"attack/{bundle}")), new() { Date = TemporaryRepository.Day, Actor = "FIN7" });
        Assert.Equal(Measure.Ids(Measure.Actor("name: FIN7\nfrom: [G0046]\n").Techniques.Select(one => one.Id)), Techniques(result));
    }

    private static ImportResult Import(string path, byte[] bytes, ImportOptions? options = null)
    {
        using MemoryStream stream = new(bytes);
        return ActorImport.OfFile(path, stream, options ?? new() { Date = TemporaryRepository.Day }, [Measure.Attack]);
    }

    /// <summary>What the profile means, which must be without a finding and valid against the schema.</summary>
    private static string Techniques(ImportResult result)
    {
        Assert.True(result.Profile is not null, LintRuleTests.Lines(result.Diagnostics));
        Assert.Empty(Schema.Value.Validate(SchemaTests.Json(result.Profile)!.ToJsonString()));
        return Measure.Ids(Measure.Actor(result.Profile).Techniques.Select(one => one.Id));
    }

    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(File.ReadAllText(Repository.PathOf("docs/schema/actor.json"))).GetAwaiter().GetResult());
}
