using Merlon.Core.Attack;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>The embedded releases against figures that another program took from the bundles.</summary>
public class AttackFactsTests
{
    /// <summary>Techniques, sub-techniques, both, tactics, groups, software, campaigns, data components, strategies, analytics (all live), revoked, deprecated.</summary>
    [Theory]
    [InlineData("enterprise-attack", "16.1", "203 453 656 14 159 710 34 106 0 0 131 12")]
    [InlineData("enterprise-attack", "18.1", "216 475 691 14 172 784 52 106 691 1739 132 12")]
    [InlineData("enterprise-attack", "19.1", "222 475 697 15 174 821 56 107 699 1758 149 12")]
    [InlineData("ics-attack", "16.1", "83 0 83 12 14 22 6 36 0 0 0 12")]
    [InlineData("ics-attack", "18.1", "83 0 83 12 14 23 7 36 83 82 0 12")]
    [InlineData("ics-attack", "19.1", "79 18 97 12 14 23 8 36 97 97 9 12")]
    [InlineData("mobile-attack", "16.1", "73 46 119 12 13 112 2 16 0 0 53 15")]
    [InlineData("mobile-attack", "18.1", "77 47 124 12 17 122 3 17 124 211 53 13")]
    [InlineData("mobile-attack", "19.0", "77 47 124 12 18 126 3 17 124 211 53 13")]
    public void A_release_has_as_many_objects_as_its_bundle(string domain, string version, string counts)
    {
        var release = Release(domain, version);
        var live = release.Techniques.Where(technique => technique.IsLive).ToList();
        Assert.Equal(counts, string.Join(' ',
            live.Count(technique => !technique.Id.IsSubTechnique), live.Count(technique => technique.Id.IsSubTechnique), live.Count,
            release.Tactics.Length, release.Groups.Count(one => one.IsLive), release.Software.Count(one => one.IsLive), release.Campaigns.Count(one => one.IsLive),
            release.DataComponents.Length, release.DetectionStrategies.Length, release.DetectionStrategies.Sum(strategy => strategy.Analytics.Length),
            release.Techniques.Count(technique => technique.IsRevoked), release.Techniques.Count(technique => technique.IsDeprecated)));
    }

    /// <summary>Techniques used directly; with those of the group's software; with those of campaigns attributed to it; with both.</summary>
    [Theory]
    [InlineData("G0046", "52/171/52/171", "67/181/67/181", "67/185/67/185")]
    [InlineData("G0061", "36/97/36/97", "36/98/36/98", "36/98/36/98")]
    [InlineData("G0008", "9/50/9/50", "9/50/9/50", "9/50/9/50")]
    [InlineData("G0082", "43/97/43/97", "56/109/56/109", "56/110/56/110")]
    [InlineData("G0032", "91/142/117/164", "93/145/119/166", "93/146/119/167")]
    [InlineData("G0016", "66/224/119/244", "66/229/119/249", "66/230/119/250")]
    [InlineData("G0034", "79/220/99/225", "79/224/99/228", "79/225/99/229")]
    [InlineData("G0102", "64/207/64/207", "64/209/64/209", "64/213/64/213")]
    [InlineData("G1015", "36/100/55/113", "64/139/78/150", "64/139/78/150")]
    [InlineData("G1017", "80/124/95/135", "81/125/98/137", "81/125/98/137")]
    [InlineData("G0046 G0082 G0032", "131/236/152/254", "146/245/165/261", "147/249/166/265")]
    public void Groups_use_as_many_techniques_as_in_the_bundle(string groups, string at16, string at18, string at19)
    {
        Assert.Equal(at16, Uses("enterprise-attack", "16.1", groups));
        Assert.Equal(at18, Uses("enterprise-attack", "18.1", groups));
        Assert.Equal(at19, Uses("enterprise-attack", "19.1", groups));
    }

    [Fact]
    public void A_group_of_two_domains_uses_other_techniques_in_each()
    {
        Assert.Equal("3/37/26/47", Uses("ics-attack", "18.1", "G0034"));
        Assert.StartsWith("0/8/", Uses("ics-attack", "18.1", "G0046"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_technique_is_in_two_domains()
    {
        var ids = new[] { Release("enterprise-attack", "19.1"), Release("ics-attack", "19.1"), Release("mobile-attack", "19.1") }
            .SelectMany(release => release.Techniques).Select(technique => technique.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Embedded))]
    public void Relations_name_live_objects_of_the_release(string domain, string version)
    {
        var release = Release(domain, version);
        var users = release.Groups.AsEnumerable<AttackObject>().Concat(release.Software).Concat(release.Campaigns).ToList();
        Assert.All(users.SelectMany(user => user.Techniques), id => Assert.True(release.Find(id) is { IsLive: true }, $"{id}"));
        Assert.All(release.DetectionStrategies.SelectMany(strategy => strategy.Techniques), id => Assert.True(release.Find(id) is { IsLive: true }, $"{id}"));
        Assert.All(release.Groups.SelectMany(group => group.Software).Concat(release.Campaigns.SelectMany(campaign => campaign.Software)),
            id => Assert.True(release.FindSoftware(id) is { IsLive: true }, id));
        Assert.All(release.Campaigns.SelectMany(campaign => campaign.Groups), id => Assert.True(release.FindGroup(id) is { IsLive: true }, id));
        Assert.All(release.DetectionStrategies.SelectMany(strategy => strategy.Analytics).SelectMany(analytic => analytic.LogSources),
            source => Assert.Contains(source.LogSource, release.FindDataComponent(source.DataComponent)!.LogSources));
        Assert.All(users.Where(user => !user.IsLive), user => Assert.Empty(user.Techniques));
    }

    [Theory]
    [MemberData(nameof(Embedded))]
    public void Every_live_technique_is_in_a_tactic_and_under_a_live_parent(string domain, string version)
    {
        var release = Release(domain, version);
        foreach (var technique in release.Techniques.Where(technique => technique.IsLive))
        {
            Assert.NotEmpty(technique.Tactics);
            Assert.All(technique.Tactics, name => Assert.NotNull(release.FindTactic(name)));
            Assert.True(release.Find(technique.Id.Parent) is { IsLive: true }, $"{technique.Id}");
            if (technique.Id.IsSubTechnique)
                Assert.Contains(technique, release.SubTechniques(technique.Id.Parent));
        }
    }

    public static TheoryData<string, string> Embedded
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (var release in AttackReleases.Embedded)
                data.Add(release.Domain.Name, release.Version);
            return data;
        }
    }

    internal static AttackRelease Release(string domain, string version)
    {
        Assert.True(AttackDomains.TryParse(domain, out var known));
        Assert.True(AttackReleases.TryGet(known, version, out var release));
        return release;
    }

    private static string Uses(string domain, string version, string groups)
    {
        var release = Release(domain, version);
        HashSet<TechniqueId> direct = [], software = [], campaigns = [];
        foreach (var group in groups.Split(' ').Select(id => release.FindGroup(id)!))
        {
            direct.UnionWith(group.Techniques);
            software.UnionWith(group.Software.SelectMany(id => release.FindSoftware(id)!.Techniques));
            campaigns.UnionWith(release.Campaigns.Where(campaign => campaign.Groups.Contains(group.Id)).SelectMany(campaign => campaign.Techniques));
        }
        return string.Join('/', direct.Count, direct.Union(software).Count(), direct.Union(campaigns).Count(), direct.Union(software).Union(campaigns).Count());
    }
}
