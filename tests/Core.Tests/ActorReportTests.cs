using System.Text.Json;
using Merlon.Core.Actors.Import;
using Merlon.Core.Actors;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What <c>merlon actor</c> shows.</summary>
public class ActorReportTests
{
    private const string Fixtures = "tests/fixtures/import";

    public static TheoryData<string> Outputs => ["list.txt", "list.json", "show.txt", "show.json"];

    [Theory, MemberData(nameof(Outputs))]
    public void An_output_is_its_golden_file(string name)
    {
        using TemporaryRepository repository = new(
            ("merlon.yml", "coverage: { platforms: [Windows], exclude: [{ id: T1105, kind: accepted, reason: \"no proxy logs yet\" }] }\ngate: { targets: { default: 40 } }\n"),
            ("rules/a.yml", Measure.RuleText("t1059.001")),
            ("actors/axiom.yml", """
                name: Axiom
                from: [G0001]
                description: Spies
                sectors: [defense]
                reviewed: 2026-03-01
                include: { software: true }
                techniques:
                  - { id: T1059.001, required: true, weight: 3, source: "https://example.org/report", note: "seen here" }
                  - T1105
                  - T1548.001
                exclude: [{ id: T1001.002, kind: not-detectable, reason: "no content is inspected", until: 2027-06-30 }]
                """),
            ("actors/b.yml", "name: Bronze Gull\ntlp: red\ntechniques: [T1110, T1059.004]\ntargets: { default: 0 }\n"));
        var text = name switch
        {
            "list.txt" => ActorText.List(repository.Load()),
            "list.json" => ActorJson.List(repository.Load()),
            "show.txt" => ActorText.Show(repository.Load(new() { Actors = ["axiom"] })),
            _ => ActorJson.Show(repository.Load(new() { Actors = ["Bronze Gull"] })),
        };
        Golden.Match(text, $"{Fixtures}/golden/{name}");
    }

    [Fact]
    public void A_parent_that_its_source_means_by_its_sub_techniques_is_named()
    {
        using TemporaryRepository repository = new();
        Assert.Contains("\nmeant by its sub-techniques: ", ActorText.Show(repository.Load(new() { Actors = ["G0007"] })), StringComparison.Ordinal);
    }

    public static TheoryData<string> Suggestions => ["suggest.txt", "suggest.json"];

    [Theory, MemberData(nameof(Suggestions))]
    public void Suggestions_are_their_golden_file(string name)
    {
        var result = Suggest(["Financial", "banks"], ["US"]);
        Golden.Match((name == "suggest.txt" ? ActorText.Suggest(result) : ActorJson.Suggest(result)), $"{Fixtures}/golden/{name}");
    }

    [Theory]
    [InlineData("financier", "merlon: error MRL4020: no actor of the clusters attacks sector 'financier'; did you mean 'Financial', 'Financial Services'?\n")]
    [InlineData("retial", "merlon: error MRL4020: no actor of the clusters attacks sector 'retial'; did you mean 'Retail'?\n")]
    [InlineData("x", "merlon: error MRL4020: no actor of the clusters attacks sector 'x'; use Banks, Energy, Financial, Financial Services, Healthcare or Retail\n")]
    public void An_unknown_sector_is_refused_with_the_nearest(string sector, string finding)
    {
        var result = Suggest([sector], []);
        Assert.Null(result.Suggestions);
        Assert.Equal(finding, TextReport.Write(result.Diagnostics));
    }

    [Theory]
    [InlineData("Finance", "Financial Services", true)]
    [InlineData("financial", "Banks", true)] // a part
    [InlineData("bank", "Banks", true)]
    [InlineData("banking", "Financial Services", false)] // the whole is more than was asked for
    [InlineData("financial services", "Financial", true)]
    [InlineData("telecom", "Telecommunications", true)]
    [InlineData("Energy", "Oil and Gas", true)] // another name of a part
    [InlineData("public sector", "Government, Administration", true)]
    [InlineData("private sector", "Government", false)]
    [InlineData("defence", "Defense", true)]
    [InlineData("academia", "Academia - University", true)]
    [InlineData("", "Defense", false)]
    public void A_sector_has_several_names_and_parts(string asked, string sector, bool isAsked) => Assert.Equal(isAsked, Sectors.IsAsked(asked, sector));

    [Theory]
    [InlineData("us", "United States", true)]
    [InlineData("U.S.A.", "US", true)]
    [InlineData("South Korea", "Korea (Republic of)", true)]
    [InlineData("KP", "South Korea", false)]
    [InlineData("Côte d'Ivoire", "CI", true)]
    [InlineData("uk", "United Kingdom", true)]
    [InlineData("viet nam", "Vietnam", true)]
    [InlineData("Türkiye", "TR", true)]
    [InlineData("Niger", "Nigeria", false)]
    [InlineData("Southeast Asia", "southeast asia", true)] // no country
    [InlineData("Southeast Asia", "Asia", false)]
    public void A_country_is_its_code_and_its_names(string asked, string country, bool isSame) => Assert.Equal(isSame, Countries.IsSame(asked, country));

    [Fact]
    public void Every_country_of_Tidal_has_a_code()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Repository.SharedData("samples/misp-galaxy/tidal-groups.json")));
        var countries = json.RootElement.GetProperty("values").EnumerateArray().Select(value => value.GetProperty("meta"))
            .Where(meta => meta.TryGetProperty("observed_countries", out _)).SelectMany(meta => meta.GetProperty("observed_countries").EnumerateArray()).Select(country => country.GetString()!); // names
        Assert.All(countries, country => Assert.Equal(country, Countries.FindCode(country)));
    }

    [Fact]
    public void Actors_of_Tidal_that_attack_banks_are_ranked()
    {
        using TemporaryRepository repository = new();
        var result = ActorFiles.Suggest(repository.Request(), [Repository.SharedData("samples/misp-galaxy/tidal-groups.json")], ["financial", "banks", "credit unions"], ["US"]);
        Assert.Equal("G0082", result.Suggestions!.Value[0].Known!.Id); // APT38 attacks all three
        Assert.Contains(result.Suggestions!.Value, suggestion => suggestion.Known is null);
        Assert.Contains(result.Suggestions!.Value, suggestion => suggestion.Known?.Id == "G0046");
    }

    [Theory]
    [InlineData("reviewed: 2025-11-24", "")]
    [InlineData("reviewed: 2025-11-23", "actors/a.yml:3:11: warning MRL4013: A was reviewed 366 days ago, and its interval is 365; review it and write the day")]
    [InlineData("reviewed: 2026-05-28\nreview: 180d", "")]
    [InlineData("reviewed: 2026-05-27\nreview: 180d", "actors/a.yml:3:11: warning MRL4013: A was reviewed 181 days ago, and its interval is 180; review it and write the day")]
    [InlineData("review: 180d", "actors/a.yml:3:9: warning MRL4013: A has an interval of review and no day of the last one; review it and write the day as 'reviewed'")]
    [InlineData("tlp: clear", "")]
    [InlineData("reviewed: 2027-01-01", "")]
    public void A_profile_that_was_not_reviewed_for_long_is_a_finding(string lines, string finding)
    {
        using TemporaryRepository repository = new(("actors/a.yml", $"name: A\ntechniques: [T1059.001]\n{lines}\n"));
        Assert.Equal(finding, LintRuleTests.Lines(repository.Check().Diagnostics.Where(diagnostic => diagnostic.Info == Reviews.StaleProfile)).TrimEnd());
    }

    [Theory]
    [InlineData("16.1", "actors/a.yml:2:8: info MRL4014: G0046 has 15 more techniques in ATT&CK 19.1 than in 16.1, which is pinned: T1027.016, T1057, T1082, T1087.002, T1124 and 10 others")]
    [InlineData("18.1", "")] // FIN7 is the same but for revoked ids
    [InlineData("19.1", "")]
    public void A_group_with_more_techniques_in_a_newer_release_is_a_finding(string pinned, string finding)
    {
        using TemporaryRepository repository = new(("merlon.yml", $"attack: {{ release: \"{pinned}\" }}\n"), ("actors/a.yml", "name: A\nfrom: [G0046]\n"));
        Assert.Equal(finding, LintRuleTests.Lines(repository.Check().Diagnostics.Where(diagnostic => diagnostic.Info == Reviews.NewerTechniques)).TrimEnd());
    }

    private static ActorSuggestions Suggest(string[] sectors, string[] countries)
    {
        using TemporaryRepository repository = new();
        return ActorFiles.Suggest(repository.Request(), [Repository.PathOf($"{Fixtures}/groups.json"), Repository.PathOf($"{Fixtures}/threat-actor.json")], [.. sectors], [.. countries]);
    }
}
