using System.Globalization;
using System.Xml.Linq;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

public class TrendTests
{
    private const string Profiles = "name: FIN7\nfrom: [G0046]\n";
    private static readonly string[] Techniques = ["t1003.001", "t1059.001", "t1059.003", "t1053.005", "t1569.002", "t1105", "t1021.001"];
    private static readonly string[] Statuses = ["test", "stable", "experimental", "deprecated"];

    [Fact]
    public void Each_point_has_the_numbers_that_coverage_has_of_its_tree()
    {
        using TemporaryGit git = New();
        Random random = new(7);
        for (var commit = 0; commit < 25; commit++)
        {
            for (var edit = random.Next(3); edit >= 0; edit--)
            {
                var path = $"h/rules/r{random.Next(12)}.yml";
                if (random.Next(5) == 0 && File.Exists(git.PathOf(path)))
                    File.Delete(git.PathOf(path));
                else if (random.Next(5) == 0 && File.Exists(git.PathOf(path)))
                    File.Move(git.PathOf(path), git.PathOf($"h/rules/moved{commit}{edit}.yml"));
                else
                    git.Write(path, random.Next(8) == 0 ? "title: [\n" : Rule(path, Techniques[random.Next(Techniques.Length)], Statuses[random.Next(Statuses.Length)]));
            }
            git.Git("h", "add", "-A");
            git.Git("h", "commit", "-q", "--allow-empty", "-m", $"c{commit}");
        }
        var trend = Run(git).Trend!;
        Assert.Equal(26, trend.Points.Length);
        Assert.True(trend.Points.Select(point => point.Numbers[0].Covered).Distinct().Count() > 3);
        GitSandbox.Read(git.PathOf("h"), repository =>
        {
            var request = Request(git) with { NeedsRules = false };
            foreach (var point in trend.Points)
            {
                var snapshot = Snapshot.Load(request, ProgramFiles.FindIn(repository.TreeOf(point.Commit), request, mayLack: true), out _)!;
                Assert.Equal(snapshot.Coverage[0].Actors[0].Covered, Assert.Single(point.Numbers).Covered);
                Assert.Equal((snapshot.Rules.Unreadable.Length, snapshot.DefinitionHash), (point.Unreadable, point.Definition));
            }
            return true;
        });
        Assert.Equal(TrendJson.Write(trend), TrendJson.Write(Run(git).Trend!));
    }

    [Fact]
    public void A_commit_that_changes_nothing_but_a_test_has_numbers_of_its_own()
    {
        using TemporaryGit git = New();
        git.Write("h/rules/a.yml", Rule("a", "t1059.003", "test"));
        git.Git("h", "add", "-A");
        git.Git("h", "commit", "-q", "-m", "a rule");
        foreach (var image in (string[])["x", "other"])
        {
            git.Write("h/rules/a.match.json", $$"""{"Image": "{{image}}"}""");
            git.Git("h", "add", "-A");
            git.Git("h", "commit", "-q", "-m", "a test");
        }
        // The rule alone, the test that it passes, and one that it fails, which demotes it.
        Assert.Equal([2, 2, 1], Run(git).Trend!.Points.TakeLast(3).Select(point => point.Numbers[0].Covered.Covered));
    }

    [Fact]
    public void A_merge_is_one_point_and_what_it_brought_in_has_none()
    {
        using TemporaryGit git = New();
        git.Git("h", "checkout", "-q", "-b", "feature");
        git.Write("h/rules/a.yml", Rule("a", "t1059.001", "test"));
        git.Commit("h", "feature");
        git.Git("h", "checkout", "-q", "main");
        git.Git("h", "merge", "-q", "--no-ff", "-m", "merge", "feature");
        Assert.Equal(["first", "merge"], Run(git).Trend!.Points.Select(point => point.Commit.Subject));
        Assert.Equal(["first", "feature"], Run(git, new() { Revision = "feature" }).Trend!.Points.Select(point => point.Commit.Subject));
        var last = Run(git, new() { Max = 1 }).Trend!;
        Assert.True(last is { HasOlder: true, Points: [{ Commit.Subject: "merge" }] });
        Assert.Equal("MRL9002", Assert.Single(Run(git, new() { Revision = "nothing" }).Diagnostics).Info.Id);
        Assert.Empty(Run(git, new() { Since = new(2030, 1, 1) }).Trend!.Points);
    }

    [Fact]
    public void Tags_are_points_by_date_and_name_and_a_revision_has_its_own()
    {
        using TemporaryGit git = New();
        git.Git("h", "tag", "v2");
        git.Git("h", "tag", "v1");
        git.Write("h/rules/a.yml", Rule("a", "t1059.001", "test"));
        git.Commit("h", "second");
        git.Git("h", "tag", "-a", "-m", "m", "v3");
        Assert.Equal(["v1", "v2", "v3"], Run(git, new() { ByTags = true }).Trend!.Points.Select(point => point.Tag));
        Assert.Equal(["v1", "v2"], Run(git, new() { ByTags = true, Revision = "v1" }).Trend!.Points.Select(point => point.Tag));
    }

    [Fact]
    public void Own_measures_a_commit_by_its_own_release_and_a_broken_configuration_is_a_point_without_numbers()
    {
        using TemporaryGit git = New();
        git.Write("h/merlon.yml", "attack: { release: '18.1' }\n");
        git.Commit("h", "old release");
        git.Write("h/merlon.yml", "attack: [\n");
        git.Commit("h", "broken");
        git.Write("h/merlon.yml", "attack: { release: '19.1' }\n");
        git.Commit("h", "new release");
        var own = Run(git, new() { IsOwn = true }).Trend!;
        Assert.Equal(["19.1", "18.1", null, "19.1"], own.Points.Select(point => point.Release));
        Assert.NotEqual(own.Points[1].Definition, own.Points[3].Definition);
        Assert.True(own.Points[2] is { Numbers: [], Defect.Message.Length: > 0 });
        Assert.Equal([null, "ATT&CK 19.1 → 18.1", null, "ATT&CK 18.1 → 19.1"], Enumerable.Range(0, 4).Select(at => TrendMarks.At(own, at)));
        var today = Run(git).Trend!;
        Assert.All(today.Points, point => Assert.Equal(("19.1", today.Points[0].Definition), (point.Release, point.Definition)));
    }

    [Fact]
    public void A_shallow_clone_says_where_its_history_ends()
    {
        using TemporaryGit git = New();
        git.Write("h/rules/a.yml", Rule("a", "t1059.001", "test"));
        git.Commit("h", "second");
        git.Git("", "clone", "-q", "--depth=1", new Uri(git.PathOf("h")).AbsoluteUri, "shallow");
        var result = TrendRun.Run(Request(git) with { Directory = git.PathOf("shallow") }, new());
        Assert.Single(result.Trend!.Points);
        Assert.StartsWith("history ends at 1 commit in this shallow clone; 'git fetch ", Assert.Single(result.Notices), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trend.txt")]
    [InlineData("trend.csv")]
    [InlineData("trend.json")]
    [InlineData("trend.svg")]
    [InlineData("trend.private.svg")]
    public void A_form_is_its_golden_file(string name)
    {
        var trend = Made();
        var text = name switch
        {
            "trend.txt" => TrendText.Write(trend, isColoured: false),
            "trend.csv" => TrendCsv.Write(trend),
            "trend.json" => TrendJson.Write(trend),
            _ => TrendSvg.Write(trend, isPrivate: name == "trend.private.svg"),
        };
        Golden.Match(text, $"tests/fixtures/report/{name}");
    }

    [Fact]
    public void A_chart_keeps_back_the_names_that_a_profile_keeps_back_and_refers_to_nothing()
    {
        var svg = TrendSvg.Write(Made(), isPrivate: false);
        Assert.DoesNotContain("Paper Tiger", svg, StringComparison.Ordinal);
        Assert.Contains("Actor 2", svg, StringComparison.Ordinal);
        Assert.Contains("Paper Tiger", TrendSvg.Write(Made(), isPrivate: true), StringComparison.Ordinal);
        var root = XDocument.Parse(svg).Root!;
        Assert.DoesNotContain(root.DescendantsAndSelf(), element => element.Name.LocalName is "script" or "image" or "use" || element.Attributes().Any(attribute => attribute.Name.LocalName is "href" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_chart_of_many_points_draws_those_at_which_something_changes()
    {
        var trend = Made();
        var point = trend.Points[0];
        trend = trend with { Points = [.. Enumerable.Range(0, 5000).Select(at => at % 100 == 0 ? point with { Numbers = [new(point.Numbers[0].Profile, AttackDomain.Enterprise, new(at / 100, 50))] } : point).Append(trend.Points[^1])] };
        TrendChart chart = new(trend, TrendSeries.Of(trend));
        Assert.InRange(chart.Drawn.Length, 50, TrendChart.MaxPoints);
        Assert.Equal([0, 5000], [chart.Drawn[0], chart.Drawn[^1]]);
    }

    private static Trend Made()
    {
        using TemporaryRepository repository = new(("merlon.yml", "name: prod-eu\n"));
        ActorProfile fin7 = new() { Name = "FIN7 <&\"long\"> of a name that is cut", Number = 1, Span = SourceSpan.StartOf("actors/a.yml"), From = [] };
        ActorProfile hidden = new() { Name = "Paper Tiger", Tlp = "red", Number = 2, Span = SourceSpan.StartOf("actors/b.yml"), From = [] };
        TrendPoint Point(int day, string subject, string release, params int[] covered) => new()
        {
            Commit = new(day.ToString("x40", CultureInfo.InvariantCulture), [], new(2026, 1, day, 12, 0, 0, TimeSpan.Zero), subject),
            Release = release,
            Definition = release == "" ? null : $"hash of {release}",
            Unreadable = day == 9 ? 1 : 0,
            Numbers = covered.Length == 0 ? [] : [new(fin7, AttackDomain.Enterprise, new(covered[0], 60)), new(hidden, AttackDomain.Enterprise, new(covered[1], 40)), new(null, AttackDomain.Enterprise, new(covered[2], 80))],
        };
        return new(repository.Load().Config, TemporaryRepository.Day,
        [
            Point(1, "=first", "18.1", 20, 10, 25),
            Point(3, "nothing", "18.1", 20, 10, 25),
            Point(5, "second, with a comma", "18.1", 24, 9, 28),
            Point(7, "broken", "") with { Release = null, Defect = ConfigurationFinding() },
            Point(9, "third", "19.1", 24, 12, 30),
            Point(20, "last", "19.1", 31, 12, 38),
        ], IsOwn: true)
        { HasOlder = true };
    }

    private static Diagnostic ConfigurationFinding() => RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf("merlon.yml"), "merlon.yml cannot be read");

    private static TemporaryGit New()
    {
        TemporaryGit git = new();
        git.Git("", "init", "-q", "-b", "main", "h");
        git.Write("h/actors/fin7.yml", Profiles);
        git.Write("h/rules/z.yml", Rule("z", "t1059.001", "test"));
        git.Commit("h", "first");
        return git;
    }

    private static CheckRequest Request(TemporaryGit git) => new() { Directory = git.PathOf("h"), Date = TemporaryRepository.Day };

    private static TrendResult Run(TemporaryGit git, TrendOptions? options = null)
    {
        var result = TrendRun.Run(Request(git), options ?? new());
        Assert.True(result.Trend is not null || !result.Diagnostics.IsEmpty);
        return result;
    }

    private static string Rule(string title, string technique, string status) => $$"""
        title: {{title}}
        status: {{status}}
        level: high
        logsource: { product: windows, category: process_creation }
        tags: [attack.{{technique}}]
        detection:
          a: { Image: x }
          condition: a

        """;
}
