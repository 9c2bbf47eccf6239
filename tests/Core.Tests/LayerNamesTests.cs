using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Layers are published: in no byte of one, nor in the name of its file, stands who is kept back.</summary>
public class LayerNamesTests
{
    [Fact]
    public void An_actor_that_is_not_public_is_in_no_published_layer()
    {
        using var repository = ReportTests.Open();
        repository.Write("rules/paper-tiger/loader.yml", Measure.RuleText("t1059.001", title: "Loader of PAPER TIGER"));
        repository.Write("actors/paper-tiger.yml", File.ReadAllText(repository.PathOf("actors/paper-tiger.yml")) + "exclude: [{ id: T1566.001, kind: not-applicable, reason: seen at a supplier }]\n");
        var published = Files(repository, isPrivate: false);
        foreach (var (name, layer) in published)
            foreach (var secret in new[] { "paper", "tiger", "supplier" })
            {
                Assert.DoesNotContain(secret, name, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(secret, layer.Write(), StringComparison.OrdinalIgnoreCase);
            }
        Assert.Equal(
            ["fixture-actor-crane.json", "fixture-actor-tin-soldier.json", "fixture-overlay.json", "fixture-coverage.json", "fixture-evidence.json", "fixture-gap-crane.json", "fixture-gap-tin-soldier.json"],
            published.Select(file => file.Name));
        var all = Files(repository, isPrivate: true);
        Assert.Contains(all, file => file.Name == "fixture-actor-paper-tiger.json" && file.Layer.Write().Contains("Used by Paper Tiger", StringComparison.Ordinal));
        Assert.Contains(all, file => file.Layer.Write().Contains("Loader of PAPER TIGER", StringComparison.Ordinal));
    }

    [Fact]
    public void An_actor_without_an_alias_has_the_same_number_whoever_else_is_asked_for()
    {
        using TemporaryRepository repository = new(("actors/a.yml", "name: A\ntlp: red\ntechniques: [T1047]\n"), ("actors/b.yml", "name: B\ntechniques: [T1047]\n"), ("actors/c.yml", "name: C\ntlp: amber\ntechniques: [T1047]\n"));
        Assert.Equal(["Used by Actor 1", "Used by B", "Used by Actor 3"], Files(repository, isPrivate: false).Take(3).Select(file => file.Layer.Name));
        var snapshot = repository.Load(new() { Actors = ["C"] });
        Assert.Equal("Used by Actor 3", ActorLayers.Of(snapshot.Coverage[0], snapshot.Coverage[0].Actors.Single(), LayerSettings.Of(snapshot, isPrivate: false)).Name);
    }

    [Theory]
    [InlineData("FIN7", "fin7")]
    [InlineData("Lazarus Group", "lazarus-group")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("Ünîcode  Bär", "n-code-b-r")]
    [InlineData("熊", "")]
    [InlineData("CON", "con")]
    [InlineData("a\0b:c*?", "a-b-c")]
    public void A_name_becomes_what_any_system_takes_for_one(string name, string slug) => Assert.Equal(slug, LayerFiles.Slug(name));

    [Fact]
    public void A_long_name_is_cut() => Assert.Equal(60, LayerFiles.Slug(new string('a', 5000)).Length);

    [Fact]
    public void Actors_of_one_slug_have_files_of_their_own()
    {
        using TemporaryRepository repository = new(
            ("actors/1.yml", "name: Red Fox\ntechniques: [T1047]\n"), ("actors/2.yml", "name: red-fox\ntechniques: [T1105]\n"), ("actors/3.yml", "name: Red Fox 2\ntechniques: [T1055]\n"), ("actors/4.yml", "name: 熊\ntechniques: [T1055]\n"));
        var files = Files(repository, isPrivate: false);
        Assert.Equal(["main-actor-red-fox.json", "main-actor-red-fox-2.json", "main-actor-red-fox-2-2.json", "main-actor-actor.json"], files.Where(file => file.Name.Contains("-actor-", StringComparison.Ordinal)).Select(file => file.Name));
        Assert.Equal(files.Length, files.Select(file => file.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(["Used by Red Fox", "Used by red-fox", "Used by Red Fox 2", "Used by 熊"], files.Take(4).Select(file => file.Layer.Name));
    }

    [Fact]
    public void Each_domain_has_files_of_its_own()
    {
        using TemporaryRepository repository = new(("merlon.yml", "name: rules/Plant\nattack: { domains: [enterprise-attack, ics-attack] }\n"), ("actors/a.yml", "name: Worm\ntechniques: [T1005, T0893]\n"), ("actors/b.yml", "name: Fox\ntechniques: [T1047]\n"));
        var files = Files(repository, isPrivate: false);
        Assert.All(files, file => LayerTests.Examine(file.Layer, file.Layer.Release));
        Assert.Equal(
            ["rules-plant-actor-worm.json", "rules-plant-actor-fox.json", "rules-plant-overlay.json", "rules-plant-coverage.json", "rules-plant-evidence.json", "rules-plant-gap-worm.json", "rules-plant-gap-fox.json",
            "rules-plant-actor-worm-ics-attack.json", "rules-plant-coverage-ics-attack.json", "rules-plant-evidence-ics-attack.json", "rules-plant-gap-worm-ics-attack.json"], files.Select(file => file.Name));
        Assert.All(files, file => Assert.Equal(file.Name.EndsWith("-ics-attack.json", StringComparison.Ordinal) ? "ics-attack" : "enterprise-attack", System.Text.Json.JsonDocument.Parse(file.Layer.Write()).RootElement.GetProperty("domain").GetString()));
    }

    private static LayerFile[] Files(TemporaryRepository repository, bool isPrivate)
    {
        var snapshot = repository.Load();
        return [.. LayerFiles.Of(new(), snapshot, LayerSettings.Of(snapshot, isPrivate) with { Links = Programs.RuleLinks.Of(Git.FilePages.TryParse("https://git.example.org")!, "c", snapshot.Rules.Rules.Select(rule => rule.Span.Path)) })];
    }
}
