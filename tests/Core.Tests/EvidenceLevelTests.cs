using Merlon.Core.Coverage;
using Merlon.Core.Report;
using Xunit;
using static Merlon.Core.Tests.History;
using static Merlon.Core.Tests.Proofs;

namespace Merlon.Core.Tests;

/// <summary>What tests and records prove of rules, in a repository of two rules.</summary>
public sealed class EvidenceLevelTests : IDisposable
{
    private static readonly string Wmi = Rule("3", "t1047");

    private readonly TemporaryRepository _repository = new(("actors/fox.yml", "name: Fox\ntechniques: [T1047, T1105]\n"), ("rules/c.yml", Wmi), ("rules/d.yml", Rule("4", "t1105")));

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void An_event_that_matches_makes_a_rule_tested()
    {
        AssertProofs("T1047 claimed deployable, T1105 claimed deployable");
        _repository.Write("tests/c.match.json", Event("3"));
        AssertProofs("T1047 claimed deployable tested, T1105 claimed deployable");
        _repository.Write("tests/c.nomatch.json", Event("9"));
        AssertProofs("T1047 claimed deployable tested, T1105 claimed deployable");
    }

    [Fact]
    public void A_test_of_an_event_that_must_not_match_proves_nothing()
    {
        _repository.Write("tests/c.nomatch.json", Event("9"));
        AssertProofs("T1047 claimed deployable, T1105 claimed deployable", "has no test with an event that it must match");
    }

    [Theory]
    [InlineData("tests/c.match.json", "9")]
    [InlineData("tests/c.nomatch.json", "3")]
    public void A_test_that_fails_leaves_its_rule_claimed_and_says_where(string path, string digit)
    {
        _repository.Write("tests/c.more.match.json", Event("3"));
        _repository.Write(path, Event(digit));
        AssertProofs("T1047 claimed, T1105 claimed deployable", null);
        var lack = Assert.IsType<Lack>(Wanted().Lacks);
        Assert.Equal(LackKind.FailedTest, lack.Kind);
        Assert.StartsWith($"a test of it fails ({path}:1)", lack.Text, StringComparison.Ordinal);
        Assert.Equal("1/2", _repository.Load().Coverage[0].Actors[0].Covered.ToString());
    }

    [Fact]
    public void A_test_that_cannot_be_evaluated_proves_nothing_and_costs_nothing()
    {
        _repository.Write("rules/c.yml", Wmi.Replace("CommandLine: x3", "CommandLine|newmodifier: x3", StringComparison.Ordinal));
        _repository.Write("tests/c.match.json", Event("3"));
        var claim = Wanted();
        Assert.False(claim.Proves(Level.Tested));
        Assert.NotEqual(LackKind.FailedTest, claim.Lacks?.Kind);
    }

    [Fact]
    public void A_file_of_events_that_cannot_be_read_is_a_test_that_fails()
    {
        _repository.Write("tests/c.match.json", "{");
        AssertProofs("T1047 claimed, T1105 claimed deployable", null);
    }

    [Fact]
    public void What_may_not_count_is_not_tested()
    {
        _repository.Write("rules/c.yml", Wmi.Replace("status: test", "status: experimental", StringComparison.Ordinal));
        _repository.Write("tests/c.match.json", Event("3"));
        _repository.Write("validation/a.yml", Record("3", Wmi, "T1047"));
        AssertProofs("T1047 claimed, T1105 claimed deployable", null);
        Assert.Equal(LackKind.Status, Wanted(Level.Tested).Lacks?.Kind);
        Assert.Equal(LackKind.Status, Wanted(Level.Validated).Lacks?.Kind);
    }

    [Fact]
    public void A_correlation_is_tested_when_it_is_and_every_rule_that_it_reads()
    {
        _repository.Write("rules/d.yml", $$"""
            title: Reads
            id: {{Id("8")}}
            status: test
            level: high
            tags: [attack.t1105]
            correlation:
                type: event_count
                rules: [{{Id("3")}}]
                group-by: [User]
                timespan: 5m
                condition: { gte: 2 }
            """);
        const string Two = """[{"CommandLine": "x3", "User": "a", "@timestamp": "2026-11-20T10:00:00Z"}, {"CommandLine": "x3", "User": "a", "@timestamp": "2026-11-20T10:01:00Z"}]""";
        _repository.Write("tests/d.match.json", Two);
        var lack = Wanted(Level.Tested, "T1105").Lacks;
        Assert.Equal((LackKind.Untested, "reads 'Rule 3': has no test"), (lack?.Kind, lack?.Text));
        _repository.Write("tests/c.match.json", Event("3"));
        Assert.True(Wanted(Level.Tested, "T1105").Proves(Level.Tested));
        _repository.Write("tests/c.match.json", Event("9"));
        Assert.StartsWith("reads 'Rule 3': a test of it fails (tests/c.match.json:1)", Wanted(Level.Tested, "T1105").Lacks?.Text, StringComparison.Ordinal);
        Assert.False(Wanted(Level.Tested, "T1105").Proves(Level.Deployable));
    }

    [Fact]
    public void A_record_of_this_content_validates_and_needs_no_test()
    {
        _repository.Write("validation/a.yml", Record("3", Wmi, "T1047"));
        AssertProofs("T1047 claimed deployable validated, T1105 claimed deployable");
        Assert.Equal("0/2", Covered(Level.Tested));
        Assert.Equal("1/2", Covered(Level.Validated));
        _repository.Write("tests/c.match.json", Event("3"));
        AssertProofs("T1047 claimed deployable tested validated, T1105 claimed deployable");
        File.Delete(_repository.PathOf("validation/a.yml"));
        Assert.Equal("1/2", Covered(Level.Tested));
        Assert.Equal("0/2", Covered(Level.Validated));
    }

    [Theory]
    [InlineData("title: Rule 3", "title: Another", true)]
    [InlineData("level: high", "level: high # comment", true)]
    [InlineData("- attack.t1047", "- attack.execution\n    - attack.t1047", true)]
    [InlineData("CommandLine: x3", "CommandLine: x33", false)]
    [InlineData("product: windows", "product: windows, category: process_creation", false)]
    public void A_record_is_void_when_what_the_rule_looks_for_changes(string old, string with, bool holds)
    {
        _repository.Write("validation/a.yml", Record("3", Wmi, "T1047"));
        _repository.Write("rules/c.yml", Wmi.Replace(old, with, StringComparison.Ordinal));
        var claim = Wanted(Level.Validated);
        Assert.Equal(holds, claim.Proves(Level.Validated));
        Assert.Equal(holds ? null : "record of 2026-11-20 is void: the rule changed", claim.Lacks?.Text);
    }

    [Fact]
    public void A_record_that_expired_says_when()
    {
        _repository.Write("validation/a.yml", Record("3", Wmi, "T1047", day: "2026-05-27"));
        var lack = Wanted(Level.Validated).Lacks;
        Assert.Equal((LackKind.Unvalidated, "record of 2026-05-27 expired on 2026-11-23"), (lack?.Kind, lack?.Text));
        _repository.Write("merlon.yml", "validation: { maxAge: 365d }\n");
        Assert.Null(Wanted(Level.Validated).Lacks);
    }

    [Fact]
    public void A_record_by_hand_counts_where_that_is_allowed()
    {
        _repository.Write("validation/a.yml", Record("3", Wmi, "T1047", by: "hand"));
        Assert.Contains("validation.hand", Wanted(Level.Validated).Lacks?.Text, StringComparison.Ordinal);
        _repository.Write("merlon.yml", "validation: { hand: true }\n");
        Assert.Null(Wanted(Level.Validated).Lacks);
    }

    [Fact]
    public void A_record_is_of_the_technique_that_it_names_and_of_no_other_of_the_rule()
    {
        var two = Wmi.Replace("- attack.t1047", "- attack.t1047\n    - attack.t1105", StringComparison.Ordinal);
        _repository.Write("rules/c.yml", two);
        _repository.Write("validation/a.yml", Record("3", two, "T1047"));
        AssertProofs("T1047 claimed deployable validated, T1105 claimed deployable");
        Assert.Equal("no record says that it alerted in an exercise", Wanted(Level.Validated, "T1105").Lacks?.Text);
    }

    [Fact]
    public void A_record_of_a_technique_that_was_revoked_is_one_of_what_replaced_it()
    {
        _repository.Write("actors/fox.yml", "name: Fox\ntechniques: [T1685, T1105]\n");
        var rule = Rule("3", "t1685");
        _repository.Write("rules/c.yml", rule);
        _repository.Write("validation/a.yml", Record("3", rule, "T1562.001"));
        Assert.True(Wanted(Level.Validated, "T1685").Proves(Level.Validated));
    }

    [Fact]
    public void A_miss_of_its_own_emulation_leaves_a_rule_claimed_until_a_newer_record()
    {
        var rule = Wmi + $"simulation:\n  - {{ type: atomic-red-team, technique: T1047, atomic_guid: {Exercises.Guid(1)} }}\n";
        _repository.Write("rules/c.yml", rule);
        _repository.Write("tests/c.match.json", Event("3"));
        _repository.Write("validation/a.yml", Record("3", rule, "T1047", day: "2026-11-10", test: Exercises.Guid(1)));
        AssertProofs("T1047 claimed deployable tested validated, T1105 claimed deployable");
        _repository.Write("validation/b.yml", Record("3", rule, "T1047", day: "2026-11-15", outcome: "missed", test: Exercises.Guid(1)));
        AssertProofs("T1047 claimed, T1105 claimed deployable", null);
        Assert.StartsWith("it missed its own emulation test on 2026-11-15 (validation/b.yml:", Wanted().Lacks?.Text, StringComparison.Ordinal);
        _repository.Write("validation/c.yml", Record("3", rule, "T1047", test: Exercises.Guid(1)));
        AssertProofs("T1047 claimed deployable tested validated, T1105 claimed deployable");
    }

    [Theory]
    [InlineData("tested", "strict", 3, "0/1 partial 1")]
    [InlineData("tested", "strict", 4, "1/1 partial 0")]
    [InlineData("tested", "lenient", 3, "0/1 partial 1")]
    [InlineData("tested", "lenient", 4, "1/1 partial 0")]
    [InlineData("validated", "strict", 4, "1/1 partial 0")]
    [InlineData("validated", "lenient", 3, "0/1 partial 1")]
    [InlineData("deployable", "lenient", 0, "1/1 partial 0")]
    public void A_parent_has_the_proofs_that_all_its_sub_techniques_have(string level, string rollUp, int proven, string said)
    {
        _repository.Write("merlon.yml", $"coverage: {{ rollUp: {rollUp}, platforms: [Windows] }}\n");
        _repository.Write("actors/fox.yml", "name: Fox\ntechniques: [T1558]\n");
        // The fifth is on Linux and macOS.
        for (var sub = 1; sub <= 4 - (level == "deployable" ? 1 : 0); sub++)
        {
            var rule = Rule($"5{sub}", $"t1558.00{sub}");
            _repository.Write($"rules/s{sub}.yml", rule);
            if (sub > proven)
                continue;
            _repository.Write($"tests/s{sub}.match.json", Event($"5{sub}"));
            _repository.Write($"validation/{sub}.yml", Record($"5{sub}", rule, $"T1558.00{sub}"));
        }
        var actor = _repository.Load(new() { Level = level }).Coverage[0].Actors[0];
        Assert.Equal(said, $"{actor.Covered} partial {actor.Partial}");
    }

    [Fact]
    public void Texts_count_proofs_apart()
    {
        _repository.Write("tests/c.match.json", Event("3"));
        _repository.Write("validation/a.yml", Record("4", Rule("4", "t1105"), "T1105"));
        var snapshot = _repository.Load();
        Assert.Contains("tested 1, validated 1", CoverageText.Write(snapshot), StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(CoverageJson.Write(snapshot));
        var text = json.RootElement.GetRawText();
        Assert.Contains("\"tested\"", text, StringComparison.Ordinal);
        Assert.Contains("\"validated\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_says_what_the_next_proof_lacks()
    {
        _repository.Write("tests/c.match.json", Event("3"));
        _repository.Write("validation/a.yml", Record("3", Wmi, "T1047", day: "2026-05-27"));
        var coverage = _repository.Load().Coverage[0];
        Assert.Contains("  tested     T1047", WhyText.Write(Why.Of(coverage, new(1047))!).Replace("attack.t1047", "T1047", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("record of 2026-05-27 expired on 2026-11-23", WhyText.Write(Why.Of(coverage, new(1047))!), StringComparison.Ordinal);
        Assert.Contains("has no test", WhyText.Write(Why.Of(coverage, new(1105))!), StringComparison.Ordinal);
        Assert.Contains("would raise it: has no test", WhyText.Write(Why.Of(_repository.Load(new() { Level = "tested" }).Coverage[0], new(1105))!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_has_what_is_proven()
    {
        _repository.Write("tests/c.match.json", Event("3"));
        Assert.Equal(["T1047 50"], Painted("tested", MatrixLayers.Coverage));
        Assert.Empty(Painted("validated", MatrixLayers.Coverage));
        // The level that is shown, whatever is asked for.
        Assert.Contains("T1047 75", Painted("deployable", MatrixLayers.Evidence));
        Assert.Equal(Painted("deployable", MatrixLayers.Evidence), Painted("validated", MatrixLayers.Evidence));

        string[] Painted(string level, Func<ProgramCoverage, LayerSettings, Layer> make)
        {
            var snapshot = _repository.Load(new() { Level = level });
            return [.. make(snapshot.Coverage[0], LayerSettings.Of(snapshot, isPrivate: false)).Techniques.Where(cell => cell.IsPainted).Select(cell => $"{cell.Technique.Id} {cell.Score}")];
        }
    }

    private string Covered(Level level) => _repository.Load(new() { Level = level.Name }).Coverage[0].Actors[0].Covered.ToString();

    private Claim Wanted(Level level = Level.Deployable, string technique = "T1047") =>
        _repository.Load(new() { Level = level.Name }).Coverage[0].Actors[0].Techniques.Single(one => one.Id.ToString() == technique).Claims[0];

    /// <param name="next">What the claim of T1047 lacks for the next proof; null to ask nothing.</param>
    private void AssertProofs(string expected, string? next = null)
    {
        var actor = _repository.Load().Coverage[0].Actors[0];
        Assert.Equal(expected, string.Join(", ", actor.Techniques.Select(one => $"{one.Id} {string.Join(' ', Levels.Proofs.Where(one.Proofs.Has).Select(level => level.Name))}")));
        if (next is not null)
            Assert.Equal(next, actor.Techniques[0].Claims[0].Next?.Text);
    }
}
