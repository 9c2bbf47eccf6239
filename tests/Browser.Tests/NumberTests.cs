using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Browser.Tests;

/// <summary>For whatever is chosen, the page measures what Core measures: lines, gaps with their order, and what 'merlon why' says of each technique.</summary>
public sealed class NumberTests(Chromium chromium)
{
    // Of one choice: the lines of the actors and of their union, the gaps, and of each technique of the union what is said of it.
    private const string Script = """
        ([names, level, platforms, ids]) => {
          const domain = domains[0];
          const at = (list, wanted) => wanted.map(name => list.indexOf(name));
          const choice = { actors: at(domain.actors.map(actor => actor.name), names), level: LEVELS.indexOf(level), platforms: at(domain.platforms, platforms) };
          const measured = measure(domain, choice);
          const scopes = [...measured.scopes, ...measured.scopes.length > 1 ? [measured.whole] : []];
          const gaps = measured.gaps().map(gap => `${gap.priority} ${gap.technique.id} ${gap.users.join(',')} ${gap.nearest ? `${gap.nearest.rule.path}:${gap.nearest.line}` : ''} ${gap.lacks ?? ''}`);
          const whys = ids.map(id => {
            const why = measured.why(domain.byId.get(id));
            return [id, ...why.users.map(user => `${user.name} (from ${user.sources.join(', ')}): ${user.state}`),
              ...why.claims.map(claim => `${LEVELS[claim.level]} ${claim.tag} ${claim.rule.path}(${claim.line},${claim.column}) ${claim.rule.title}: ${claim.note ?? ''}`),
              ...why.remedies.map(remedy => `raise: ${remedy.lack}: ${remedy.opens.map(one => one.id).join(',')}`), ...why.logSources].join('\n');
          });
          const tactics = scopes.map(scope => measured.numbers(scope).tactics.filter(row => row.total > 0).map(row => `${fraction(row)} ${percent(row)}`).join(' '));
          return [...scopes.map(scope => measured.line(scope)), ...tactics, ...gaps, ...whys];
        }
        """;

    [Fact]
    public async Task Every_choice_on_this_repository_is_measured_as_Core_does()
    {
        await using var page = await chromium.Open(Scene.Own.Report(isPrivate: true));
        var snapshot = Scene.Own.Load();
        foreach (var level in Levels.Names)
            await AssertSame(page, snapshot, level, [], []);
        await AssertSame(page, snapshot, "deployable", ["FIN7"], ["Windows"]);
        await AssertSame(page, snapshot, "tested", ["APT29", "Volt Typhoon"], ["Linux", "IaaS"]);
        await AssertSame(page, snapshot, "claimed", ["APT38", "FIN7", "Scattered Spider"], ["SaaS", "macOS", "Network Devices"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", rollUp: lenient")]
    [InlineData(", pre: include")]
    [InlineData(", platforms: [Windows, Linux]")]
    [InlineData(", rollUp: lenient, pre: include, platforms: [Windows, Linux, IaaS]")]
    public async Task Every_definition_is_measured_as_Core_does(string definition)
    {
        using var scene = Scene.Small();
        scene.Write("merlon.yml", $"name: small\ncoverage: {{ logSources: logsources.yml, assets: assets.yml{definition} }}\ngate: {{ targets: {{ default: 40, union: 50 }} }}\n");
        // Nobody owns the others.
        scene.Write("assets.yml", "assets:\n  - { name: servers, platforms: [Linux], criticality: critical }\n  - { name: desks, platforms: [Windows, IaaS], criticality: low }\n");
        await using var page = await chromium.Open(scene.Report(isPrivate: true));
        var snapshot = scene.Load();
        foreach (var level in Levels.Names)
            foreach (ImmutableArray<string> platforms in new ImmutableArray<string>[] { [], ["Linux"], ["Windows"] })
                foreach (ImmutableArray<string> actors in new ImmutableArray<string>[] { [], ["Tin Soldier"], ["Paper Tiger", "Red Fox"] })
                    await AssertSame(page, snapshot, level, actors, platforms);
    }

    private static async Task AssertSame(OpenPage page, Snapshot snapshot, string level, ImmutableArray<string> actors, ImmutableArray<string> platforms)
    {
        var own = snapshot.Coverage[0];
        var definition = snapshot.Config.Definition with { Level = Levels.Proofs.Single(one => one.Name == level), Platforms = platforms.IsEmpty ? snapshot.Config.Definition.Platforms : platforms };
        var chosen = own.Actors.Select(actor => actor.Actor!).Where(actor => actors.IsEmpty || actors.Contains(actor.Name)).ToImmutableArray(); // of actors, not of their union
        var coverage = ProgramCoverage.Of(own.Release, snapshot.Rules, chosen, definition, snapshot.Config.Inventory, snapshot.Evidence, snapshot.Date);
        var union = coverage.Union!; // there are actors
        ActorCoverage[] lines = [.. coverage.Actors, .. coverage.Actors.Length > 1 ? [union] : Array.Empty<ActorCoverage>()];
        string[] ids = [.. union.Techniques.Concat(union.Pre).Concat(union.Excluded).Select(one => one.Id.ToString()), "T1059", "T1003", "T1134"];
        string[] expected =
        [
            .. lines.Select(line => CoverageLine.Of(line, snapshot.Config.Inventory is not null)),
            .. lines.Select(line => string.Join(' ', line.Tactics.Select(row => $"{row.Covered} {row.Covered.Percent}"))),
            .. Gap.Of(coverage, snapshot.Config.Inventory, snapshot.Config.Assets).Select(Line),
            .. ids.Select(id => Line(id, coverage)),
        ];
        var said = await page.Page.EvaluateAsync<string[]>(Script, new object[] { actors.ToArray(), level, platforms.ToArray(), ids });
        Assert.Equal(expected, said);
    }

    private static string Line(Gap gap)
    {
        var near = gap.Near.FirstOrDefault();
        var lacks = near is null ? "" : near.Lacks?.Text ?? (near.Technique.Id == gap.Technique.Id ? "is below the gate's level" : $"is tagged {near.Technique.Id} only");
        return $"{JsonNamingPolicy.CamelCase.ConvertName(gap.Priority.ToString())} {gap.Technique.Id} {string.Join(',', gap.Actors)} {(near is null ? "" : $"{near.Rule.Span.Path}:{near.Tag.Span.Line}")} {lacks}";
    }

    private static string Line(string id, ProgramCoverage coverage)
    {
        _ = Core.Attack.TechniqueId.TryParse(id, out var technique);
        var why = Why.Of(coverage, technique)!; // of the release
        return string.Join('\n',
        [
            id, .. why.Users.Select(user => $"{user.Actor.Name} (from {string.Join(", ", user.Coverage.Scoped.Listed.Sources)}): {WhyText.StateOf(user.Actor, user.Coverage)}"),
            .. why.Claims.Select(claim => $"{claim.Level.Name} {claim.Tag.Name} {claim.Rule.Span.Path}({claim.Tag.Span.Line},{claim.Tag.Span.Column}) {RuleName.Of(claim.Rule)}: {claim.Lacks?.Text ?? Watched(claim)}"),
            .. why.Remedies.Select(remedy => $"raise: {remedy.Lack}: {string.Join(',', remedy.Opens)}"), .. why.LogSources,
        ]);
    }

    private static string Watched(Claim claim) => string.Join("; ", new[] { claim.Platforms.IsEmpty ? null : $"on {string.Join(", ", claim.Platforms)}", claim.Next?.Text }.OfType<string>());
}
