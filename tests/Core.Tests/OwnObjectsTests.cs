using System.Text;
using System.Text.Json;
using Merlon.Core.Actors;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Objects of an organisation, as ATT&amp;CK Workbench exports them, merged over 19.1: tests/fixtures/own/acme.json.</summary>
public class OwnObjectsTests
{
    private static readonly string Bundle = File.ReadAllText(Repository.PathOf("tests/fixtures/own/acme.json"));

    private static readonly AttackRelease Merged = Merge(Bundle);

    private static AttackRelease Merge(string bundle)
    {
        var (read, problems) = StixBundle.Read(new MemoryStream(Encoding.UTF8.GetBytes(bundle)), "acme.json");
        Assert.Equal("", LintRuleTests.Lines(problems));
        var (release, found) = StixImport.ToRelease([read!], domain: null, version: null, Measure.Attack);
        Assert.Equal("", LintRuleTests.Lines(found));
        return release!;
    }

    private static string Ids(IEnumerable<Technique> techniques) => Measure.Ids(techniques.Select(technique => technique.Id));

    private static TechniqueId Id(string text) => AttackReleaseTests.Id(text);

    [Fact]
    public void The_newest_version_of_an_own_object_counts_and_an_old_one_of_MITRE_s_does_not()
    {
        Assert.Equal("Ledger Theft", Merged.Find(Id("acme-t4000"))!.Name);
        Assert.Equal(Measure.Attack.Find(Id("T1105"))!.Name, Merged.Find(Id("T1105"))!.Name);
        Assert.Equal(("collection", "Process Injection, as ACME says"), (string.Join(' ', Merged.Find(Id("T1055"))!.Tactics), Merged.Find(Id("T1055"))!.Name));
        Assert.Equal("ACME-T1059.900 ACME-T4000 ACME-T4000.001 ACME-T4001", Ids(Merged.Techniques.Where(technique => technique.Id.Prefix is not null)));
        Assert.Equal(["ACME-"], Merged.Prefixes);
        Assert.Empty(Measure.Attack.Prefixes);
    }

    [Fact]
    public void A_version_of_the_same_day_as_the_table_s_is_the_same_version()
    {
        var t1105 = Measure.Attack.Find(Id("T1105"))!;
        string Dated(string day) => $$"""[{"type": "attack-pattern", "id": "attack-pattern--{{t1105.StixId}}", "name": "Own", "modified": "{{day}}T23:00:00.000Z", "external_references": [{"source_name": "mitre-attack", "external_id": "T1105"}]}]""";
        var day = Measure.Attack.TechniqueDates.Find("T1105")!;
        Assert.Equal(t1105.Name, Merge(Dated(day)).Find(t1105.Id)!.Name);
        Assert.Equal("Own", Merge(Dated($"{DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture).AddDays(1):yyyy-MM-dd}")).Find(t1105.Id)!.Name);
    }

    [Fact]
    public void Sub_techniques_belong_to_what_their_relationship_or_else_their_id_says()
    {
        Assert.Equal("ACME-T4000.001", Ids(Merged.SubTechniques(Id("ACME-T4000"))));
        Assert.Equal($"{Ids(Measure.Attack.SubTechniques(Id("T1059")))} ACME-T1059.900", Ids(Merged.SubTechniques(Id("T1059"))));
        Assert.Equal(("T1059", "ACME-T4000", "T1059"), ($"{Merged.ParentOf(Id("ACME-T1059.900"))}", $"{Merged.ParentOf(Id("ACME-T4000.001"))}", $"{Merged.ParentOf(Id("T1059.001"))}"));
        // Without the relationship there is no ACME-T1059 that it could belong to.
        Assert.Equal("T1059", $"{Merge(Bundle.Replace("subtechnique-of", "related-to", StringComparison.Ordinal)).ParentOf(Id("ACME-T1059.900"))}");
    }

    [Fact]
    public void Relationships_are_added_taken_away_and_follow_a_revocation()
    {
        var (before, after) = (Measure.Attack.FindGroup("G0046")!.Techniques, Merged.FindGroup("G0046")!.Techniques);
        Assert.Equal("T1047 T1059.001", Measure.Ids(before.Except(after)));
        Assert.Equal("ACME-T4000", Measure.Ids(after.Except(before)));
        Assert.Equal("T1059.001", $"{Merged.FinalReplacement(Id("T1047"))!.Id}");
        Assert.Equal("T1059.001 ACME-T1059.900 ACME-T4000.001", Measure.Ids(Merged.FindGroup("acme-g0001")!.Techniques));
        Assert.Equal(("ACME-S0001", "ACME-T4001"), (string.Join(' ', Merged.FindGroup("ACME-G0001")!.Software), Measure.Ids(Merged.FindSoftware("ACME-S0001")!.Techniques)));
        Assert.Equal(("ACME-G0001", "T1105"), (string.Join(' ', Merged.FindCampaign("ACME-C0001")!.Groups), Measure.Ids(Merged.FindCampaign("ACME-C0001")!.Techniques)));
        Assert.Equal(("ACME-DET0001", "ACME-AN0001"), (Merged.FindStrategy(Id("ACME-T4000"))!.Id, Merged.FindStrategy(Id("ACME-T4000"))!.Analytics[0].Id));
        Assert.Equal("ledger-fraud", Merged.Tactics[^1].ShortName);
    }

    [Fact]
    public void A_table_keeps_all_of_it()
    {
        using TemporaryRepository repository = new();
        StringWriter techniques = new(), groups = new(), detection = new();
        AttackTable.Write(Merged, techniques, groups, detection);
        foreach (var (part, text) in new[] { ("x.tsv", techniques), ("x.groups.tsv", groups), ("x.detection.tsv", detection) })
            repository.Write(part, $"{text}");
        var (again, problems) = AttackTable.Read(repository.PathOf("x.tsv"), "x.tsv");
        Assert.Equal("", LintRuleTests.Lines(problems));
        Assert.Equal(AttackTableTests.TextOf(Merged), AttackTableTests.TextOf(again!));
        Assert.Equal("T1059", $"{again!.ParentOf(Id("ACME-T1059.900"))}");
    }

    private static TemporaryRepository Open(params ReadOnlySpan<(string Path, string Text)> more)
    {
        TemporaryRepository repository = new(
            ("merlon.yml", "attack: { bundles: [{ path: acme.json }] }\n"), ("acme.json", Bundle), ("actors/bear.yml", "name: Bear\nfrom: [acme-g0001]\n"),
            ("rules/a.yml", Measure.RuleText("ACME-T4000.001")), ("rules/b.yml", Measure.RuleText("t1059.001")), ("rules/c.yml", Measure.RuleText("acme-t1059.900", status: "experimental")));
        foreach (var (path, text) in more)
            repository.Write(path, text);
        return repository;
    }

    // By hand: the group uses ACME-T4000.001, ACME-T1059.900 and T1059.001, its campaign T1105; of the rules one is not deployable.
    [Fact]
    public void Coverage_counts_them()
    {
        using var repository = Open();
        var coverage = repository.Load().Coverage[0];
        var actor = Assert.Single(coverage.Actors);
        Assert.Equal("T1059.001 T1105 ACME-T1059.900 ACME-T4000.001", Measure.Ids(actor.Techniques.Select(technique => technique.Id)));
        Assert.Equal("T1059.001 ACME-T4000.001", Measure.Ids(actor.Techniques.Where(technique => technique.IsCovered).Select(technique => technique.Id)));
        var why = Why.Of(coverage, Id("acme-t1059.900"));
        Assert.Equal("ACME-T1059.900", $"{why!.Technique.Id}");
    }

    [Fact]
    public void A_technique_is_covered_by_its_own_sub_techniques()
    {
        using var repository = Open(("actors/bear.yml", "name: Bear\ntechniques: [acme-t4000, ACME-T4001]\nexclude: [{ id: ACME-T4001, kind: not-applicable, reason: no ledger }]\n"));
        var actor = Assert.Single(repository.Load().Coverage[0].Actors);
        Assert.Equal(("ACME-T4000", true), (Measure.Ids(actor.Techniques.Select(technique => technique.Id)), actor.Techniques[0].IsCovered));
        Assert.Equal("ACME-T4001", Measure.Ids(actor.Excluded.Select(technique => technique.Id)));
    }

    [Theory]
    [InlineData("acme-t4000.001", "")]
    [InlineData("acme-g0001", "")]
    [InlineData("acme-s0001", "")]
    [InlineData("acme-c0001", "")]
    [InlineData("ledger-fraud", "")]
    [InlineData("ACME-T4000.001", "MRL3004: 'attack.ACME-T4000.001' is not how Sigma writes an ATT&CK tag; write 'attack.acme-t4000.001'")]
    [InlineData("ACME_T4000.001", "MRL3004: 'attack.ACME_T4000.001' is not an ATT&CK tag; write 'attack.acme-t4000.001'")]
    [InlineData("acme-t4000.002", "MRL3001: ACME-T4000.002 is not a technique of ATT&CK 19.1 + acme.json; did you mean 'ACME-T4000.001'?")]
    [InlineData("acem-t4000", "MRL3001: ACEM-T4000 is not a technique of ATT&CK 19.1 + acme.json, and no bundle of 'attack.bundles' has an id with 'ACEM-'; did you mean ACME-T4000?")]
    [InlineData("mitre-t1059", "MRL3001: MITRE-T1059 is not a technique of ATT&CK 19.1 + acme.json, and no bundle of 'attack.bundles' has an id with 'MITRE-'; did you mean T1059?")]
    [InlineData("acme-t9999", "MRL3001: ACME-T9999 is not a technique of ATT&CK 19.1 + acme.json; correct the id or remove the tag")]
    [InlineData("acme-g0002", "MRL3010: ACME-G0002 is no group of ATT&CK 19.1 + acme.json")]
    [InlineData("t1047", "MRL3002: T1047 was revoked by T1059.001")]
    public void Tags_are_checked_against_the_release_with_its_bundles(string tag, string expected)
    {
        var found = Lint(tag);
        Assert.Equal(expected.Split(':')[0], string.Join(' ', found.Select(finding => finding.Info.Id)));
        if (expected.Contains(':', StringComparison.Ordinal))
            Assert.Equal(expected, $"{found[0].Info.Id}: {found[0].Message}");
    }

    [Fact]
    public void A_fix_writes_the_canonical_tag()
    {
        Assert.True(Lint("ACME-T4000.001")[0].Fix!.IsSafe);
        Assert.False(Lint("ACME_T4000.001")[0].Fix!.IsSafe);
        Assert.Equal(Measure.RuleText("acme-t4000.001"), Fixed("ACME-T4000.001"));
        Assert.Equal(Measure.RuleText("acme-t4000.001"), Fixed("ACME_T4000.001"));

        static string Fixed(string tag)
        {
            var text = Measure.RuleText(tag);
            var edit = Lint(tag)[0].Fix!.Edits.Single();
            var line = text.Split('\n')[edit.Span.Line - 1];
            return text.Replace(line, line[..(edit.Span.Column - 1)] + edit.NewText + line[(edit.Span.EndColumn - 1)..], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("acme.json", "acme.json")]
    [InlineData("attack", "attack/part/acme.json")]
    [InlineData("attack/", "attack/acme.json")]
    public void A_file_or_a_folder_is_pinned_by_its_hash(string written, string file)
    {
        using TemporaryRepository repository = new((file, Bundle), ("merlon.yml", Text("0")));
        var finding = Assert.Single(repository.Check().Diagnostics);
        Assert.Equal("MRL8013", finding.Info.Id);
        var hash = Hash(Encoding.UTF8.GetBytes(Bundle));
        if (written != file)
            hash = Hash(Encoding.UTF8.GetBytes($"{hash}  {file["attack/".Length..]}\n")); // as 'sha256sum' prints
        Assert.Contains($"has SHA-256 {hash} and", finding.Message, StringComparison.Ordinal);
        repository.Write("merlon.yml", Text(hash));
        Assert.Contains(file, repository.Load().Config.Files);
        repository.Write("attack/more.json", "[]");
        Assert.Equal(written == file, repository.Check().IsUsable);

        string Text(string sha256) => $"attack: {{ bundles: [{{ path: {written}, sha256: '{sha256.PadLeft(64, '0')}' }}] }}\n";
        static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
    }

    [Fact]
    public void Outputs_tell_a_release_with_bundles_from_one_without()
    {
        using var repository = Open();
        var (with, hash) = (repository.Check(), repository.Load().DefinitionHash);
        Assert.Contains("ATT&CK 19.1 + acme.json", Assert.Single(with.Lines), StringComparison.Ordinal);
        var attack = JsonDocument.Parse(CheckJson.Write(with)).RootElement.GetProperty("attack");
        Assert.Equal(("19.1", "acme.json"), (attack.GetProperty("release").GetString(), attack.GetProperty("bundles")[0].GetProperty("path").GetString()));
        repository.Write("acme.json", Bundle.Replace("Ledger Theft", "Theft of ledgers", StringComparison.Ordinal));
        Assert.NotEqual(hash, repository.Load().DefinitionHash);
        repository.Write("merlon.yml", "");
        repository.Write("actors/bear.yml", "name: Bear\ntechniques: [T1059]\n");
        Assert.NotEqual(hash, repository.Load().DefinitionHash);
    }

    [Fact]
    public void A_layer_with_own_cells_says_where_the_Navigator_finds_them()
    {
        const string Url = "https://workbench.acme.example/api/stix-bundles?domain={domain}";
        using var repository = Open();
        repository.Write("merlon.yml", $"attack: {{ bundles: [{{ path: acme.json }}], navigatorData: '{Url}' }}\n");
        var snapshot = repository.Load();
        var coverage = snapshot.Coverage[0];
        var layer = ActorLayers.Of(coverage, coverage.Actors[0], LayerSettings.Of(snapshot, isPrivate: false));
        LayerTests.Examine(layer, coverage.Release);
        Golden.Match(layer.Write(), "tests/fixtures/own/layer.json");
        // Whoever does not need the address does not get it: some readers of layers refuse it.
        Assert.DoesNotContain("customDataURL", (layer with { Techniques = [.. layer.Techniques.Where(one => one.Technique.Id.Prefix is null)] }).Write(), StringComparison.Ordinal);
        Assert.Equal("T1055", Measure.Ids((layer with { Techniques = [new(coverage.Release.Find(Id("T1055"))!, 1, "")] }).OwnTechniques));
    }

    [Theory]
    [InlineData("workbench")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://me:secret@acme.example/")]
    public void An_address_that_is_none_is_refused(string url)
    {
        using var repository = Open();
        repository.Write("merlon.yml", $"attack: {{ navigatorData: '{url}' }}\nactors: [none/*.yml]\n");
        var finding = Assert.Single(repository.Check().Diagnostics, finding => finding.Severity == Severity.Error);
        Assert.DoesNotContain("secret", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme-t4000")]
    [InlineData("ACME-T1059.900")]
    [InlineData("ACME-TA0001")]
    [InlineData("Ledger Bear")]
    [InlineData("ACME-S0001")]
    [InlineData("ACME-C0001")]
    [InlineData("ACME-DET0001")]
    [InlineData("ACME-DC0001")]
    public void Every_object_can_be_shown(string text) => Assert.Single(AttackEntry.Find(Merged, text));

    [Fact]
    public void Without_a_release_the_program_s_is_shown()
    {
        using var repository = Open();
        var shown = ShownReleases.Find(null, null, repository.Root, out var errors);
        Assert.Empty(errors);
        Assert.Equal(["19.1 + acme.json", "19.1", "19.0"], shown.Select(release => release.Name));
        Assert.Equal(["18.1"], ShownReleases.Find("18.1", AttackDomain.Enterprise, repository.Root, out _).Select(release => release.Name));
        Assert.Equal(["19.1 + acme.json"], ShownReleases.Find(null, AttackDomain.Enterprise, repository.Root, out _).Select(release => release.Name));
        repository.Write("acme.json", "{");
        Assert.Empty(ShownReleases.Find(null, null, repository.Root, out errors));
        Assert.Equal("MRL8011", Assert.Single(errors).Info.Id);
    }

    [Theory]
    [InlineData("who,technique\nx,acme-t4000.001\nx,\"MITRE-T1105, see ACME-T4001\"\n", "T1105 ACME-T4000.001 ACME-T4001")]
    [InlineData("{\"name\": \"x\", \"domain\": \"enterprise-attack\", \"techniques\": [{\"techniqueID\": \"ACME-T1059.900\"}, {\"techniqueID\": \"T1047\"}]}", "T1059.001 ACME-T1059.900")]
    [InlineData("bundle", "T1059.001 T1105 ACME-T1059.900 ACME-T4000.001")]
    public void Profiles_are_made_of_them(string text, string expected)
    {
        using MemoryStream file = new(Encoding.UTF8.GetBytes(text == "bundle" ? Bundle : text));
        var result = ActorImport.OfFile("x.file", file, new() { Date = TemporaryRepository.Day, Actor = text == "bundle" ? "ACME-G0001" : null }, [Merged]);
        Assert.True(result.Profile is not null, LintRuleTests.Lines(result.Diagnostics));
        List<Diagnostic> found = [];
        var profile = ProfileReader.Read("a.yml", Encoding.UTF8.GetBytes(result.Profile), [Merged], found);
        var actor = new ActorResolver(Merged, found).Resolve(profile!);
        Assert.Equal(expected, Measure.Ids(actor.Techniques.Select(technique => technique.Id)));
    }

    [Theory]
    [InlineData("Paper Bear - G0001", "G0001")]
    [InlineData("Paper Bear (ACME-G0001)", "ACME-G0001")]
    [InlineData("Paper Bear - ACME-G0001", "ACME-G0001")]
    [InlineData("APT-C-36 - G0099", "G0099")]
    [InlineData("FIN7-G0046", "G0046")]
    public void The_id_behind_a_name_is_found(string name, string id)
    {
        Assert.Equal(id, ImportedNames.IdIn(name));
        Assert.Equal(name.Split(" (")[0].Split(" - ")[0].Split("-G0")[0], ImportedNames.Short(name));
    }

    private static Diagnostic[] Lint(string tag)
    {
        var rules = RuleSet.Of([SigmaFile.Parse("a.yml", Encoding.UTF8.GetBytes(Measure.RuleText(tag)))]);
        return [.. Linter.Check(rules, new LintContext([Merged]) { Date = TemporaryRepository.Day }, new()).Where(finding => finding.Info.Id.StartsWith("MRL30", StringComparison.Ordinal) && finding.Info.Id != "MRL3012")]; // no technique at all
    }
}
