using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What <c>merlon attack diff</c> says of two releases.</summary>
public sealed class ReleaseDiffTests
{
    private static readonly ReleaseDiff Enterprise = Diff("enterprise-attack", "18.1", "19.1");

    [Theory]
    [InlineData("enterprise-attack", "18.1", "19.1", "enterprise-18.1 -> enterprise-19.1-reconstructed")]
    [InlineData("ics-attack", "18.1", "19.1", "ics-18.1 -> ics-19.1")]
    [InlineData("mobile-attack", "18.1", "19.0", "mobile-18.1 -> mobile-19.0-reconstructed")]
    public void Changes_are_those_of_an_independent_comparison(string domain, string from, string to, string key)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.SharedData("attack/technique-diffs.json")));
        var known = json.RootElement.GetProperty(key);
        var diff = Diff(domain, from, to);
        string[] Known(string name) => Ids(known.GetProperty(name));
        string[] Found(Func<TechniquePair, bool> isMeant) => [.. diff.Techniques.Where(isMeant).Select(one => $"{one.Known.Id}")];
        Assert.Equal(Known("added"), Found(one => one.IsAdded));
        Assert.Equal(Known("newly_revoked"), Found(one => one.IsRevoked));
        Assert.Equal(Known("newly_deprecated"), Found(one => one.IsDeprecated));
        Assert.Equal(Known("undeprecated"), Found(one => one.IsRestored));
        Assert.Equal(Known("disappeared"), Found(one => one.IsRemoved));
        Assert.Equal(Known("id_changed"), Found(one => one.IsRenumbered));
        Assert.Equal(Known("renamed"), Found(one => one.IsRenamed));
        Assert.Equal(Known("tactics_changed"), Found(one => one.IsMoved));
        Assert.Equal(Known("platforms_changed"), Found(one => one.IsOnOtherPlatforms));
        Assert.Equal(Ids(known.GetProperty("x-mitre-tactic").GetProperty("added")), diff.Tactics.Where(one => one.IsAdded).Select(one => one.To!.Id)); // added
        Assert.Equal(Ids(known.GetProperty("intrusion-set").GetProperty("added")), Added(diff.Groups));
        Assert.Equal(Ids(known.GetProperty("malware").GetProperty("added")).Concat(Ids(known.GetProperty("tool").GetProperty("added"))).Order(StringComparer.Ordinal), Added(diff.Software));
        Assert.Equal(Ids(known.GetProperty("campaign").GetProperty("added")), Added(diff.Campaigns));
    }

    [Fact]
    public void Every_line_of_the_published_table_of_changes_is_found()
    {
        var rows = File.ReadLines(Repository.SharedData("attack/v18.1-to-v19.1.tsv")).Skip(1).Select(line => line.Split('\t')).ToArray();
        string[] Rows(string change, Func<string[], string> text) => [.. rows.Where(row => row[0] == change).Select(text)];
        string[] Found(Func<TechniquePair, bool> isMeant, Func<TechniquePair, string> text) => [.. Enterprise.Techniques.Where(isMeant).Select(one => $"{one.Known.Id} {text(one)}")];
        Assert.Equal(Rows("added", row => $"{row[1]} {row[2]}"), Found(one => one.IsAdded, one => one.Known.Name));
        Assert.Equal(Rows("revoked", row => row[1]), Enterprise.Techniques.Where(one => one.IsRevoked).Select(one => $"{one.Known.Id}"));
        Assert.All(rows.Where(row => row[0] == "revoked"), row => Assert.Contains($"{Enterprise.Techniques.Single(one => $"{one.Known.Id}" == row[1]).Replacement?.Id}", string.Join(' ', row), StringComparison.Ordinal));
        Assert.Equal(Rows("tactics", row => row[1]), Enterprise.Techniques.Where(one => one.IsMoved).Select(one => $"{one.Known.Id}"));
    }

    [Fact]
    public void A_release_compared_with_itself_has_no_change()
    {
        var diff = Diff("enterprise-attack", "19.1", "19.1");
        Assert.All(ReleaseSection.Of(diff), section => Assert.Equal(0, section.Count));
        Assert.Contains("enterprise-attack 19.1 -> 19.1\n  no change\n", ReleaseDiffText.Write(new() { Diffs = [diff] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_what_was_added_is_removed()
    {
        var back = Diff("enterprise-attack", "19.1", "18.1");
        Assert.Equal(Enterprise.Techniques.Where(one => one.IsAdded).Select(one => one.Known.Id), back.Techniques.Where(one => one.IsRemoved).Select(one => one.Known.Id));
        Assert.Equal(17, back.Techniques.Count(one => one.IsRestored));
        Assert.Equal("TA0112", Assert.Single(back.Tactics, one => one.IsRemoved).From!.Id);
    }

    [Fact]
    public void A_tactic_that_keeps_its_id_is_renamed() =>
        Assert.Equal(("defense-evasion", "stealth"), Enterprise.Tactics.Where(one => one.IsRenamed).Select(one => (one.From!.ShortName, one.To!.ShortName)).Single()); // renamed

    [Fact]
    public void A_group_that_uses_a_technique_under_its_new_id_has_not_changed()
    {
        // Lazarus Group used T1562.001, which T1685 replaced.
        var lazarus = Enterprise.Groups.Single(one => one.Known.Id == "G0032");
        Assert.Contains(AttackReleaseTests.Id("T1562.001"), lazarus.From!.Techniques); // in both
        Assert.Contains(AttackReleaseTests.Id("T1685"), lazarus.To!.Techniques); // in both
        Assert.DoesNotContain(AttackReleaseTests.Id("T1685"), lazarus.Gained);
    }

    [Fact]
    public void An_object_with_another_id_is_neither_added_nor_removed()
    {
        var (from, to) = (Release(new Technique { Id = new(1), Name = "A", StixId = Guid.Parse("00000000-0000-4000-8000-000000000001") }), Release(new Technique { Id = new(2, 1), Name = "A", StixId = Guid.Parse("00000000-0000-4000-8000-000000000001") }));
        var pair = Assert.Single(ReleaseDiff.Of(from, to).Techniques);
        Assert.True(pair is { IsRenumbered: true, IsAdded: false, IsRemoved: false, IsRenamed: false });
        Assert.Contains("techniques with another id\n    T0001 -> T0002.001 A\n", ReleaseDiffText.Write(new() { Diffs = [ReleaseDiff.Of(from, to)] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_program_only_the_releases_are_compared()
    {
        using TemporaryRepository repository = new();
        var result = ReleaseDiffRun.Run(repository.Request(), "18.1", "19.1", null);
        Assert.Equal(["enterprise-attack", "ics-attack", "mobile-attack"], result.Diffs.Select(diff => diff.Domain.Name));
        Assert.Null(result.Impact);
        Assert.Contains("  techniques added: 23\n", ReleaseDiffText.Write(result), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(ReleaseDiffJson.Write(result));
        Assert.Equal((198, JsonValueKind.Null), (json.RootElement.GetProperty("domains")[0].GetProperty("techniques").GetProperty("moved").GetArrayLength(), json.RootElement.GetProperty("program").ValueKind));
    }

    [Theory]
    [InlineData("17.9", "19.1", "MRL8012")]
    [InlineData("18.1", "absent.tsv", "MRL8010")]
    public void A_release_that_is_not_there_is_a_finding(string from, string to, string id)
    {
        using TemporaryRepository repository = new();
        var result = ReleaseDiffRun.Run(repository.Request(), from, to, null);
        Assert.Empty(result.Diffs);
        Assert.All(result.Diagnostics, finding => Assert.Equal(id, finding.Info.Id));
        Assert.NotEmpty(result.Diagnostics);
    }

    private static AttackRelease Release(params Technique[] techniques) =>
        new(AttackDomain.Enterprise, "1.0", new(new TechniquePart([], [.. techniques])), new(new GroupPart([], [], [])), new(new DetectionPart([], [])));

    private static ReleaseDiff Diff(string domain, string from, string to) => ReleaseDiff.Of(AttackFactsTests.Release(domain, from), AttackFactsTests.Release(domain, to));

    private static string[] Ids(JsonElement list) => [.. list.EnumerateArray().Select(one => one[0].GetString()!).Order(StringComparer.Ordinal)]; // each is a list that begins with an id

    private static IEnumerable<string> Added(IEnumerable<ObjectPair> pairs) => pairs.Where(one => one.IsAdded).Select(one => one.Known.Id);
}
