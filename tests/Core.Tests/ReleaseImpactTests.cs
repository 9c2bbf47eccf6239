using System.Text.Json;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What another release does to a program.</summary>
public sealed class ReleaseImpactTests
{
    private const string Rule = """
        title: Logs Are Cleared
        status: test
        level: high
        tags:
          - attack.defense-evasion
          - attack.t1562.001
        logsource: { product: windows }
        detection: { s: { f: x }, condition: s }

        """;

    [Fact]
    public void A_tag_that_the_later_release_changed_is_named_with_what_it_becomes()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule));
        var impact = Impact(repository, "18.1", "19.1");
        Assert.Equal(["5 MRL3006 Write 'attack.defense-impairment'", "6 MRL3002 Write 'attack.t1685'"], impact.Tags.Select(tag => $"{tag.Finding.Span.Line} {tag.Finding.Info.Id} {tag.Finding.Fix?.Title}"));
        Assert.Contains("    rules/a.yml:6: MRL3002 T1562.001 was revoked by T1685; write 'attack.t1685'\n", Text(repository, "18.1", "19.1"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_that_was_wrong_before_is_not_the_releases_doing()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Measure.RuleText("t1086")), ("rules/b.yml", Measure.RuleText("t9999")));
        Assert.Empty(Impact(repository, "18.1", "19.1").Tags);
        Assert.Contains("no tag, actor or floor changes", Text(repository, "19.1", "19.1"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pinned_release_of_the_program_does_not_matter()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule), ("actors/a.yml", "name: FIN7\nfrom: [G0046]\n"));
        var one = Text(repository, "18.1", "19.1");
        repository.Write("merlon.yml", "attack: { release: \"16.1\" }\n");
        Assert.Equal(one, Text(repository, "18.1", "19.1"));
    }

    [Fact]
    public void An_actor_gains_and_loses_what_the_release_says_and_its_coverage_is_that_of_each_release()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule), ("actors/a.yml", "name: Lazarus\nfrom: [G0032]\n"));
        var actor = Assert.Single(Impact(repository, "18.1", "19.1").Actors);
        Assert.Equal(repository.Load(new() { Release = "18.1" }).Coverage[0].Actors[0].Covered, actor.Base!.Covered);
        Assert.Equal(repository.Load(new() { Release = "19.1" }).Coverage[0].Actors[0].Covered, actor.Head!.Covered);
        Assert.Equal(("T1685", "T1562.001"), (Measure.Ids(actor.Gained.Where(id => id == AttackReleaseTests.Id("T1685"))), Measure.Ids(actor.Lost.Where(id => id == AttackReleaseTests.Id("T1562.001")))));
        Assert.Equal(actor.Head.Covered.Total - actor.Base.Covered.Total, actor.Gained.Length - actor.Lost.Length);
    }

    [Fact]
    public void An_actor_may_be_named_without_a_program()
    {
        using TemporaryRepository repository = new();
        var result = ReleaseDiffRun.Run(repository.Request(new() { Actors = ["FIN7"] }), "18.1", "19.1", null);
        Assert.Equal("FIN7", Assert.Single(result.Impact!.Actors).Name);
    }

    [Fact]
    public void A_floor_that_the_release_breaks_is_named_and_one_that_was_broken_is_not()
    {
        // The rule counts for T1685, which replaced T1562.001 and is in another tactic.
        using TemporaryRepository repository = new(
            ("rules/a.yml", Measure.RuleText("t1562.001")),
            ("actors/a.yml", "name: A\ntechniques: [T1562.001]\ntargets: { default: 100 }\n"),
            ("actors/b.yml", "name: B\ntechniques: [T1003.001]\ntargets: { default: 100 }\n"),
            ("actors/c.yml", "name: C\ntechniques: [T1562.001]\ntargets: { tactics: { defense-evasion: 1 } }\n"),
            ("merlon.yml", "attack: { release: \"18.1\" }\n"));
        Assert.Equal(["C, defense-evasion: no technique is in scope, so the target of 1% means nothing"], Impact(repository, "18.1", "19.1").Floors.Select(finding => finding.Message));
        Assert.Equal(["actors/a.yml: T1562.001 was revoked by T1685; T1685 is measured", "actors/c.yml: T1562.001 was revoked by T1685; T1685 is measured"], Impact(repository, "18.1", "19.1").Profiles.Select(finding => $"{finding.Span.Path}: {finding.Message}"));
    }

    [Fact]
    public void Bundles_of_the_configuration_are_merged_over_both_releases()
    {
        using TemporaryRepository repository = new(
            ("own.json", """[{"type":"intrusion-set","id":"intrusion-set--00000000-0000-4000-8000-000000000001","name":"ACME Bear","external_references":[{"source_name":"mitre-attack","external_id":"G9001"}]},{"type":"relationship","id":"relationship--00000000-0000-4000-8000-000000000002","relationship_type":"uses","source_ref":"intrusion-set--00000000-0000-4000-8000-000000000001","target_ref":"attack-pattern--970a3432-3237-47ad-bcca-7d8cbb217736"}]"""),
            ("actors/a.yml", "name: Bear\nfrom: [G9001]\n"),
            ("merlon.yml", "attack: { bundles: [{ path: own.json }] }\n"));
        var impact = Impact(repository, "18.1", "19.1");
        Assert.Empty(impact.Profiles);
        Assert.Equal((1, 1), (impact.Actors[0].Base!.Covered.Total, impact.Actors[0].Head!.Covered.Total));
    }

    [Fact]
    public void Published_pages_keep_the_names_of_actors_back()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule), ("actors/secret.yml", "name: Secret\ntlp: red\nfrom: [G0046]\ntechniques: [T1562.001]\n"));
        var result = ReleaseDiffRun.Run(repository.Request(), "18.1", "19.1", null);
        var page = ReleaseDiffMarkdown.Write(result, new(result.Impact!.Actors, result.Impact.Snapshot.KeptBack));
        Assert.DoesNotContain("secret", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("| Actor 1 |", page, StringComparison.Ordinal);
        Assert.Contains("| Secret |", ReleaseDiffMarkdown.Write(result, PublishedNames.Private), StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_has_what_the_program_has_to_do()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule), ("actors/a.yml", "name: FIN7\nfrom: [G0046]\n"));
        using var json = JsonDocument.Parse(ReleaseDiffJson.Write(ReleaseDiffRun.Run(repository.Request(), "18.1", "19.1", null)));
        var program = json.RootElement.GetProperty("program");
        var tag = program.GetProperty("tags")[1];
        Assert.Equal("T1562.001 MRL3002 Write 'attack.t1685'", $"{tag.GetProperty("tag")} {tag.GetProperty("finding")} {tag.GetProperty("fix")}");
        Assert.Equal("FIN7", program.GetProperty("actors")[0].GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Number, program.GetProperty("actors")[0].GetProperty("points").ValueKind);
    }

    private static ReleaseImpact Impact(TemporaryRepository repository, string from, string to)
    {
        var result = ReleaseDiffRun.Run(repository.Request(), from, to, null);
        Assert.Equal("", LintRuleTests.Lines(result.Diagnostics));
        return result.Impact!;
    }

    private static string Text(TemporaryRepository repository, string from, string to) => ReleaseDiffText.Write(ReleaseDiffRun.Run(repository.Request(), from, to, null));
}
