using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Xunit;

namespace Merlon.Core.Tests;

public class ActorScopeTests
{
    private static readonly ImmutableArray<string> Three = ["G0046", "G0082", "G0032"];

    [Theory]
    [InlineData(false, 147, 143, 129)]
    [InlineData(true, 166, 162, 141)]
    public void Fin7_Apt38_and_Lazarus_Group_use_together(bool campaigns, int listed, int withPre, int inScope)
    {
        var groups = Three.Select(id => Measure.Attack.FindGroup(id)!).ToArray();
        var direct = groups.SelectMany(group => group.Techniques);
        var attributed = Measure.Attack.Campaigns.Where(campaign => campaigns && campaign.Groups.Any(Three.Contains)).SelectMany(campaign => campaign.Techniques);
        Assert.Equal(listed, direct.Union(attributed).Count());
        Scope UnionOf(Definition definition) => Scope.Union([.. Three.Select(id => Measure.Scope($"name: {id}\nfrom: [{id}]\ninclude: {{campaigns: {(campaigns ? "true" : "false")}}}\n", definition))]);
        Assert.Equal(withPre, UnionOf(new() { PreApart = false }).Techniques.Length);
        var apart = UnionOf(new());
        Assert.Equal((inScope, withPre - inScope), (apart.Techniques.Length, apart.Pre.Length));
    }

    [Fact]
    public void Campaigns_count_unless_the_profile_says_no() =>
        Assert.Equal(Measure.Actor("name: a\ngroup: G0082\ninclude: {campaigns: true}\n").Techniques.Select(one => one.Id), Measure.Actor("name: a\nfrom: [G0082]\n").Techniques.Select(one => one.Id));

    [Fact]
    public void A_parent_is_dropped_when_a_source_lists_its_sub_technique_and_stays_when_the_profile_does()
    {
        var group = Measure.Attack.FindGroup("G0001")!; // Axiom lists T1003, T1546.008 and no sub-technique of T1003
        Assert.Contains(new(1003), group.Techniques);
        Assert.Equal("T1003", Measure.Ids(Measure.Actor("name: a\ngroup: G0001\n").Techniques.Select(one => one.Id).Where(id => id.Number == 1003)));
        // APT28 lists T1003 with T1003.001 and T1003.003.
        const string Apt28 = "name: a\ngroup: G0007\ninclude: { campaigns: false }\n";
        Assert.Equal("T1003.001 T1003.003", Measure.Ids(Measure.Actor(Apt28).Techniques.Select(one => one.Id).Where(id => id.Number == 1003)));
        var own = Measure.Actor($"{Apt28}techniques: [T1003]\n").Techniques.Where(one => one.Id.Number == 1003).ToArray();
        Assert.Equal("T1003 T1003.001 T1003.003", Measure.Ids(own.Select(one => one.Id)));
        Assert.Equal(["profile"], own[0].Sources);
        Assert.Equal(["G0007"], own[1].Sources);
    }

    [Fact]
    public void A_parent_that_one_source_lists_stays_when_only_another_lists_its_sub_technique()
    {
        // Axiom lists T1003 alone, Cleaver T1003.001 alone.
        var listed = Measure.Actor("name: a\nfrom: [G0001, G0003]\n").Techniques.Where(one => one.Id.Number == 1003).ToArray();
        Assert.Equal("T1003 T1003.001", Measure.Ids(listed.Select(one => one.Id)));
        Assert.Equal(["G0001"], listed[0].Sources);
    }

    [Fact]
    public void Each_kind_of_exclusion_has_its_effect()
    {
        var scope = Measure.Scope("""
            name: a
            techniques: [T1059.001, T1059.003, T1059.005, T1059.006]
            exclude:
              - { id: T1059.001, kind: not-detectable, reason: r }
              - { id: T1059.003, kind: not-applicable, reason: r }
              - { id: T1059.005, kind: accepted, reason: r }
            """);
        Assert.Equal("T1059.005 T1059.006", Measure.Ids(scope.Techniques.Select(one => one.Id)));
        Assert.Equal("T1059.001 T1059.003", Measure.Ids(scope.Excluded.Select(one => one.Id)));
        Assert.Equal("T1059.005", Measure.Ids(scope.Techniques.Where(one => one.Accepted is not null).Select(one => one.Id)));
    }

    [Fact]
    public void An_exclusion_in_merlon_yml_holds_for_every_actor()
    {
        Definition definition = new() { Exclusions = [new(new(1059, 1), ExclusionKind.NotDetectable, "r", null, SourceSpan.StartOf("merlon.yml"))] };
        Assert.Empty(Measure.Scope("name: a\ntechniques: [T1059.001]\n", definition).Techniques);
    }

    [Theory]
    [InlineData("2027-06-30", true, "MRL4009")]
    [InlineData("2027-07-01", false, "MRL4008")]
    [InlineData("2027-05-31", true, "MRL4009")] // 30 days before
    [InlineData("2027-05-30", true, "")]
    public void An_exclusion_holds_on_its_last_day_and_not_on_the_next(string day, bool isExcluded, string finding)
    {
        const string profile = "name: a\ntechniques: [T1059.001]\nexclude: [{ id: T1059.001, kind: not-detectable, reason: r, until: 2027-06-30 }]\n";
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(isExcluded ? 0 : 1, Measure.Scope(profile, date: date).Techniques.Length);
        Assert.Equal(finding, string.Join(' ', ExclusionDates.Check(Measure.Actor(profile).Profile.Exclusions, date).Select(diagnostic => diagnostic.Info.Id)));
    }

    [Fact]
    public void An_exclusion_follows_a_revoked_id()
    {
        var actor = Measure.Actor("name: a\ntechniques: [T1059.001]\nexclude: [{ id: T1086, kind: not-detectable, reason: r }]\n"); // T1086 is T1059.001 now
        Assert.Empty(Scope.Of(actor, new([], true, [], TemporaryRepository.Day)).Techniques);
        Assert.Equal(["MRL4005"], ExclusionDates.CheckUse(actor).Select(diagnostic => diagnostic.Info.Id));
    }

    [Theory]
    [InlineData("T1566.001", "MRL4010", "A does not use T1566.001; remove the exclusion")]
    [InlineData("T9999", "MRL4004", "T9999 is not a technique of ATT&CK 19.1")]
    public void An_exclusion_that_leaves_out_nothing_is_a_finding(string id, string finding, string message)
    {
        var found = ExclusionDates.CheckUse(Measure.Actor($"name: A\ntechniques: [T1059.001]\nexclude: [{{ id: {id}, kind: accepted, reason: r }}]\n")).Single();
        Assert.Equal((finding, message, 3), (found.Info.Id, found.Message, found.Span.Line));
    }

    [Theory]
    [InlineData("T1059.001 T1059.004 T1133", "", "Linux", "T1059.004 T1133", "T1059.001")]
    [InlineData("T1059.001 T1059.004 T1133", "T1059.001", "Linux", "T1059.004 T1133", "T1059.001")] // out of scope before excluded
    [InlineData("T1059.001 T1583.001", "", "", "T1059.001", "")]
    public void Platforms_decide_what_is_out_of_scope(string techniques, string excluded, string platforms, string inScope, string outOfScope)
    {
        var exclusions = excluded.Length == 0 ? "" : $"exclude: [{{ id: {excluded}, kind: not-applicable, reason: r }}]\n";
        var scope = Measure.Scope($"name: a\ntechniques: [{techniques.Replace(' ', ',')}]\n{exclusions}", new() { Platforms = platforms.Length == 0 ? [] : [platforms] });
        Assert.Equal(inScope, Measure.Ids(scope.Techniques.Select(one => one.Id)));
        Assert.Equal(outOfScope, Measure.Ids(scope.OutOfScope.Select(one => one.Id)));
        Assert.All(scope.Techniques, one => Assert.All(one.Platforms, platform => Assert.True(platforms.Length == 0 || platform == platforms)));
    }

    [Theory]
    [InlineData(true, 1, 1)]
    [InlineData(false, 2, 0)]
    public void Techniques_whose_only_platform_is_pre_are_apart_or_included(bool apart, int inScope, int pre)
    {
        foreach (ImmutableArray<string> platforms in new ImmutableArray<string>[] { [], ["Windows"] })
        {
            var scope = Measure.Scope("name: a\ntechniques: [T1059.001, T1583.001]\n", new() { PreApart = apart, Platforms = platforms });
            Assert.Equal((inScope, pre, 0), (scope.Techniques.Length, scope.Pre.Length, scope.OutOfScope.Length));
        }
    }

    [Fact]
    public void An_excluded_technique_of_one_actor_is_in_the_union_when_another_has_it()
    {
        const string excludes = "name: a\ntechniques: [T1059.001, T1059.003]\nexclude: [{ id: T1059.001, kind: not-applicable, reason: r }, { id: T1059.003, kind: accepted, reason: r }]\n";
        var union = Scope.Union([Measure.Scope(excludes), Measure.Scope("name: b\ntechniques: [T1059.001, T1059.003]\n")]);
        Assert.Equal("T1059.001 T1059.003", Measure.Ids(union.Techniques.Select(one => one.Id)));
        Assert.Empty(union.Excluded);
        Assert.All(union.Techniques, one => Assert.Null(one.Accepted));
    }

    [Theory]
    [InlineData("techniques: [T1086]", "T1059.001", "MRL4005: T1086 was revoked by T1059.001; T1059.001 is measured")]
    [InlineData("techniques: [T1043, T1105]", "T1105", "MRL4006: T1043 is no longer maintained in ATT&CK 19.1 and is left out")]
    [InlineData("techniques: [T9999, T1105]", "T1105", "MRL4004: T9999 is not a technique of ATT&CK 19.1")]
    [InlineData("from: [G9999]", "", "MRL4004: 'G9999' is not the id of a group, software or campaign of ATT&CK 19.1")]
    [InlineData("from: [G0014]", "", "MRL4006: G0014 is no longer maintained in ATT&CK 19.1 and is left out")]
    [InlineData("group: G0086", null, "MRL4005: G0086 was revoked by G0094; G0094 is measured")]
    public void An_id_that_is_not_live_is_followed_or_named(string body, string? techniques, string finding)
    {
        var actor = Measure.Actor($"name: a\n{body}\n", out var diagnostics);
        Assert.Equal(techniques ?? Measure.Ids(Measure.Actor("name: a\ngroup: G0094\n").Techniques.Select(one => one.Id)), Measure.Ids(actor.Techniques.Select(one => one.Id)));
        var found = Assert.Single(diagnostics);
        Assert.Equal(finding, $"{found.Info.Id}: {found.Message}");
        Assert.Equal(2, found.Span.Line);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    [InlineData("count")]
    public void Software_is_out_or_a_line_of_its_own_or_counted(string software)
    {
        var actor = Measure.Actor($"name: a\ngroup: G0046\ninclude: {{ software: {software} }}\n");
        var group = Measure.Attack.FindGroup("G0046")!;
        AttackObject[] known = [group, .. Measure.Attack.Campaigns.Where(one => one.Groups.Contains("G0046"))];
        AttackObject[] used = [.. group.Software.Select(id => Measure.Attack.FindSoftware(id)!)];
        Assert.Equal((67, 185), (known.SelectMany(one => one.Techniques).Distinct().Count(), known.Concat(used).SelectMany(one => one.Techniques).Distinct().Count()));
        var (direct, withSoftware) = (Meant(known), Meant([.. known, .. used]));
        Assert.Equal(software == "count" ? withSoftware : direct, actor.Techniques.Select(one => one.Id));
        Assert.Equal(software == "true" ? withSoftware.Except(direct) : [], actor.SoftwareTechniques.Select(one => one.Id));
        Assert.All(actor.SoftwareTechniques, one => Assert.All(one.Sources, source => Assert.StartsWith("S", source, StringComparison.Ordinal)));
    }

    // What sources mean: each without the parents of its own sub-techniques.
    private static TechniqueId[] Meant(IEnumerable<AttackObject> sources) =>
        [.. sources.SelectMany(source => source.Techniques.Where(id => !source.Techniques.Any(other => other.IsSubTechnique && other.Parent == id))).Distinct().Order()];

    [Theory]
    [InlineData("name: a\nsectors: x\n", "a.yml:2:10: error MRL4002: sectors is a single value; write a list")]
    [InlineData("nme: a\n", "a.yml:1:1: error MRL4001: 'nme' is not a key here; did you mean 'name'?")]
    [InlineData("from: [G0046]\n", "a.yml:1:1: error MRL4003: 'name' is missing; add it")]
    [InlineData("name: a\nexclude: [{ id: T1059, kind: unseen, reason: r }]\n", "a.yml:2:30: error MRL4002: 'unseen' is not a kind of exclusion; use not-applicable, not-detectable or accepted")]
    [InlineData("name: a\n---\nname: b\n", "a.yml:3:1: error MRL4002: a profile file holds one profile; move this document to a file of its own")]
    [InlineData("- a\n", "a.yml:1:1: error MRL4002: profile is a list; write a map that begins with its name")]
    public void A_profile_with_an_error_is_not_measured(string text, string finding)
    {
        List<Diagnostic> diagnostics = [];
        Assert.Null(ProfileReader.Read("a.yml", System.Text.Encoding.UTF8.GetBytes(text), [Measure.Attack], diagnostics));
        Assert.Contains(finding, LintRuleTests.Lines(diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void A_technique_that_is_required_once_is_required()
    {
        var technique = Measure.Scope("name: a\ntechniques: [{ id: T1059.001, required: true, weight: 3 }, T1059.001]\n").Techniques.Single();
        Assert.Equal((true, 3), (technique.IsRequired, technique.Weight));
    }

    [Theory]
    [InlineData("fin7", "FIN7")]
    [InlineData("Carbon Spider", "FIN7")]
    [InlineData("g0046", "FIN7")]
    [InlineData("mine", "My Crew")]
    [InlineData("MY CREW", "My Crew")]
    [InlineData("mine.yml", "My Crew")]
    [InlineData("S0154", "Cobalt Strike")]
    public void An_actor_is_found_by_name_alias_id_or_file_in_any_case(string asked, string name) => Assert.Equal([name], Choose(asked, out _));

    [Theory]
    [InlineData("FIN77", "'FIN77' is no profile and no group, software or campaign of ATT&CK 19.1; did you mean 'FIN7'?")]
    [InlineData("My Crw", "'My Crw' is no profile and no group, software or campaign of ATT&CK 19.1; did you mean 'My Crew'?")]
    public void An_unknown_actor_is_an_error_with_the_nearest_name(string asked, string message)
    {
        Assert.Null(Choose(asked, out var errors));
        Assert.Equal(("MRL4012", message), (errors.Single().Info.Id, errors.Single().Message));
    }

    private static IEnumerable<string>? Choose(string asked, out ImmutableArray<Diagnostic> errors) =>
        ActorChoice.Choose([new() { Name = "My Crew", Span = SourceSpan.StartOf("actors/mine.yml"), From = [] }], [Measure.Attack], [asked], mayLack: false, out errors)?.Select(profile => profile.Name);
}
