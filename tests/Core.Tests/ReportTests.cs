using Merlon.Core.Coverage;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Merlon.Core.Sigma;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Every output over one small repository: a covered technique, a partial one, an accepted gap, others, and a file that cannot be read.</summary>
public class ReportTests
{
    private const string Fixtures = "tests/fixtures/report";

    public static TheoryData<string> Outputs =>
        ["check.txt", "check.json", "coverage.txt", "coverage.json", "gaps.txt", "gaps.json", "gaps.csv", "why.txt", "why.json", "plan.yml", "plan.json", "plan.txt", "coverage.layer.json", "actor.layer.json", "gap.layer.json", "overlay.layer.json", "evidence.layer.json", "delta.layer.json"];

    [Theory, MemberData(nameof(Outputs))]
    public void An_output_is_its_golden_file(string name)
    {
        using var repository = Open();
        var snapshot = repository.Load();
        var coverage = snapshot.Coverage.Single();
        var why = Why.Of(coverage, new(1003, 1))!;
        var settings = LayerSettings.Of(snapshot, isPrivate: false);
        var text = name switch
        {
            "check.txt" => CheckText.Write(repository.Check(), isColoured: false),
            "check.json" => CheckJson.Write(repository.Check()),
            "coverage.txt" => CoverageText.Write(snapshot),
            "coverage.json" => CoverageJson.Write(snapshot),
            "gaps.txt" => GapsText.Write(snapshot),
            "gaps.json" => GapsJson.Write(snapshot),
            "gaps.csv" => GapsText.WriteCsv(snapshot),
            "why.txt" => WhyText.Write(why),
            "why.json" => WhyJson.Write(snapshot, why),
            "plan.yml" => PlanYaml.Write(Plan(repository)),
            "plan.json" => PlanJson.Write(Plan(repository)),
            "plan.txt" => PlanText.Write(Plan(repository)),
            "coverage.layer.json" => Shown(MatrixLayers.Coverage(coverage, settings)),
            "evidence.layer.json" => Shown(MatrixLayers.Evidence(coverage, settings)),
            "actor.layer.json" => ActorLayers.Of(coverage, coverage.Actors[0], settings).Write(),
            "overlay.layer.json" => ActorLayers.Overlay(coverage, settings).Write(),
            "delta.layer.json" => DeltaLayer.Of(coverage, Verdicts.Rich(), settings with { Names = new(Verdicts.Rich(), snapshot.KeptBack) }).Write(),
            _ => ActorLayers.Gap(coverage, coverage.Actors[1], settings).Write(),
        };
        // What does not depend on the repository would make every golden file differ after a release.
        Golden.Match(text, $"{Fixtures}/{name}");
    }

    // Of a whole matrix what has more to say than that there is nothing.
    private static string Shown(Layer layer) => (layer with { Techniques = [.. layer.Techniques.Where(one => one.Comment.Length > 0)] }).Write();

    [Fact]
    public void Parsed_documents_are_their_golden_file()
    {
        var file = SigmaFile.Parse("rules.yml", File.ReadAllBytes(Repository.PathOf($"{Fixtures}/parse/rules.yml")));
        Golden.Match(ParseJson.Write([file]), $"{Fixtures}/parse/parse.json");
    }

    [Fact]
    public void Colours_are_only_where_they_are_asked_for()
    {
        using var repository = Open();
        Assert.Contains("\e[31merror\e[0m", CheckText.Write(repository.Check(), isColoured: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_an_output_depends_on_where_the_repository_is()
    {
        using var repository = Open();
        Assert.DoesNotContain(Path.GetFileName(repository.Root), CheckText.Write(repository.Check(), isColoured: false) + CheckJson.Write(repository.Check()), StringComparison.Ordinal);
    }

    private static PlanResult Plan(TemporaryRepository repository) => PlanRun.Run(new() { Check = repository.Request(), Target = 80 }, out _)!; // it is usable

    internal static TemporaryRepository Open()
    {
        TemporaryRepository repository = new();
        var source = Repository.PathOf($"{Fixtures}/repository");
        // Under its own name 'merlon check --all' would find it in this repository.
        foreach (var file in Directory.GetFiles(source, "*.yml", SearchOption.AllDirectories))
            repository.Write(Path.GetRelativePath(source, file).Replace("program.yml", "merlon.yml", StringComparison.Ordinal), File.ReadAllText(file).ReplaceLineEndings("\n"));
        return repository;
    }
}

/// <summary>Rules, profiles and bundles come from strangers: what they say reaches no terminal and no spreadsheet as a command.</summary>
public class HostileTextTests
{
    private const string Hostile = @"""x\e[31m\r\ny\u202Ez\u2028""";

    private const string Bundle = """
        {"type":"bundle","id":"bundle--11111111-0000-4000-8000-000000000000","objects":[{"type":"attack-pattern","spec_version":"2.1","id":"attack-pattern--11111111-0000-4000-8000-000000000001",
        "created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"x\u001b[31m\ny\u202Ez","description":"d","x_mitre_domains":["enterprise-attack"],"x_mitre_platforms":["Windows"],"x_mitre_is_subtechnique":false,
        "external_references":[{"source_name":"mitre-attack","external_id":"T9001"}],"kill_chain_phases":[{"kill_chain_name":"mitre-attack","phase_name":"execution"}]}]}
        """;

    [Fact]
    public void Control_characters_reach_no_text()
    {
        using TemporaryRepository repository = new(
            ("merlon.yml", "attack: { bundles: [{ path: b.json }] }\n"), ("b.json", Bundle),
            ("actors/a.yml", $"name: {Hostile}\ntechniques: [T9001, T1003.001]\nexclude: [{{ id: T1003.001, kind: accepted, reason: {Hostile} }}]\n"),
            ("rules/a.yml", Measure.RuleText("t1003.001", status: "experimental", title: Hostile)), ("rules/b.yml", Measure.RuleText("t9001", status: "experimental", title: Hostile)),
            ("rules/c.yml", $"title: {Hostile}\nstatus: {Hostile}\nlogsource: {{product: windows}}\ndetection: {{s: a, condition: {Hostile}}}\ntags: [{Hostile}]\n"));
        var snapshot = repository.Load();
        string[] texts =
        [
            CheckText.Write(repository.Check(), isColoured: false), CoverageText.Write(snapshot), GapsText.Write(snapshot),
            WhyText.Write(Why.Of(snapshot.Coverage[0], new(9001))!), WhyText.Write(Why.Of(snapshot.Coverage[0], new(1003, 1))!),
        ];
        foreach (var text in texts)
        {
            Assert.DoesNotContain(text, c => c is not '\n' && (char.IsControl(c) || c is '\u202E' or '\u2028'));
            // Nothing of it begins a line of its own.
            Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith('y') || line.StartsWith('z'));
            Assert.Contains("x\\u001B[31m", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("::error::x", "\\u003A:error::x")]
    [InlineData("  ::error::x", "\\u003A:error::x")]
    [InlineData("##[group]", "#\\u0023[group]")]
    [InlineData("##vso[task]", "#\\u0023vso[task]")]
    [InlineData("a::b #1", "a::b #1")]
    public void A_runner_gets_no_orders(string text, string printed) => Assert.Equal(printed, Printable.Text(text));

    [Theory]
    [InlineData("=cmd", "'=cmd")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\t=x", "'\t=x")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b\nc", "\"a\"\"b\nc\"")]
    [InlineData("=\"a\"", "\"'=\"\"a\"\"\"")]
    [InlineData("plain", "plain")]
    public void A_cell_is_never_a_formula(string text, string cell) => Assert.Equal(cell, Printable.Cell(text));

    [Fact]
    public void An_actor_that_is_a_formula_is_text_in_the_table()
    {
        using TemporaryRepository repository = new(("actors/a.yml", "name: \"=cmd|' /C calc'!A0\"\ntechniques: [T1003.001]\n"), ("rules/a.yml", Measure.RuleText("t1047")));
        Assert.Contains(",'=cmd|' /C calc'!A0,", GapsText.WriteCsv(repository.Load()), StringComparison.Ordinal);
    }
}
