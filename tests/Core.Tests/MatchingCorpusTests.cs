using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Matching;
using Merlon.Core.Sigma;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>The matcher over other people's rules and events.</summary>
public class MatchingCorpusTests
{
    private static readonly Lazy<ImmutableArray<RuleMatcher>> Rules = new(() =>
        [.. CorpusTests.SigmaHqRules.Select(rule => RuleMatcher.Create(rule.Sigma!, [], FieldMappings.Empty))]); // all are Sigma rules

    private static readonly Lazy<ImmutableArray<(string Owner, LogEvent Event)>> Events = new(ReadEvents);

    [Fact]
    public void Each_case_has_the_answer_that_the_specification_gives()
    {
        List<string> wrong = [];
        foreach (var line in File.ReadLines(Repository.SharedData("oracles/matching-cases.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var file = SigmaFile.Parse("rule.yml", Encoding.UTF8.GetBytes(json.RootElement.GetProperty("rule").GetString()!)); // a string
            var matcher = RuleMatcher.Create(Assert.Single(file.Rules), [], FieldMappings.Empty);
            List<Diagnostic> diagnostics = [];
            var e = Assert.Single(EventReader.Read("event.json", Encoding.UTF8.GetBytes(json.RootElement.GetProperty("event").GetRawText()), diagnostics));
            if (matcher.Matches(e) != json.RootElement.GetProperty("match").GetBoolean() || matcher.Explain(e).Matched != matcher.Matches(e))
                wrong.Add($"{json.RootElement.GetProperty("name")}: {matcher.NotEvaluated ?? matcher.Explain(e).Summary}");
        }
        Assert.Equal("", string.Join('\n', wrong));
    }

    [Fact]
    public void Every_SigmaHQ_rule_can_be_evaluated_unless_it_has_placeholders()
    {
        Repository.SharedData("sigmahq/rules");
        Assert.Equal("", string.Join('\n', Rules.Value.Where(rule => rule.NotEvaluated is not null).Select(rule => $"{rule.Rule.Path}: {rule.NotEvaluated}")));
    }

    [Fact]
    public void All_and_only_the_known_pairs_of_rules_and_events_match()
    {
        // The file also names rules and events that are not here.
        var rules = Rules.Value.ToDictionary(rule => rule.Rule.Id!.Value); // all have one
        var events = Events.Value.Select(pair => $"{pair.Owner}\t{pair.Event.Index}").ToHashSet();
        var expected = File.ReadLines(Repository.SharedData("oracles/regression-matches.tsv")).Skip(1)
            .Where(line => line.Split('\t', 2) is [var rule, var e] && rules.ContainsKey(rule) && events.Contains(e)).Order(StringComparer.Ordinal).ToArray();
        var actual = Rules.Value.SelectMany(rule => Events.Value.Where(pair => rule.Matches(pair.Event)).Select(pair => $"{rule.Rule.Id}\t{pair.Owner}\t{pair.Event.Index}")).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, actual);
        Assert.Equal(400, actual.Length);
    }

    [Fact]
    public void The_index_loses_no_match_and_explanations_agree_with_matches()
    {
        Repository.SharedData("sigmahq/rules");
        var index = RuleIndex.Create(Rules.Value);
        var (all, candidates) = (0, 0);
        foreach (var e in Events.Value.Select(pair => pair.Event).Concat(Stream.Value))
        {
            var matches = Rules.Value.Where(rule => rule.Matches(e)).ToArray();
            var found = index.CandidatesOfAnySource(e).ToArray();
            Assert.Equal(matches, found.Where(rule => rule.Matches(e)));
            Assert.Equal(matches.Where(rule => rule.Sees(e)), index.Candidates(e).Where(rule => rule.Matches(e)));
            Assert.All(found.Where((_, number) => number % 5 == e.Index % 5), rule => Assert.Equal(rule.Evaluate(e), rule.Explain(e).Outcome));
            (all, candidates) = (all + Rules.Value.Length, candidates + found.Length);
        }
        Assert.InRange(candidates, 1, all / 10);
    }

    [Fact]
    public void A_rule_that_nothing_can_match_matches_nothing()
    {
        Repository.SharedData("sigmahq/rules");
        var never = Rules.Value.Where(rule => rule.Rule.Detection!.Conditions.All(condition => Expression.Of(condition, rule.Rule.Detection) is { } expression && Satisfiability.IsNever(expression))).ToArray(); // all have one
        Assert.All(Events.Value.Select(pair => pair.Event).Concat(Stream.Value), e => Assert.DoesNotContain(never, rule => rule.Matches(e)));
    }

    [Fact]
    public void A_rule_sees_the_events_of_its_own_regression_test()
    {
        Repository.SharedData("sigmahq/rules");
        var byId = Rules.Value.ToDictionary(rule => rule.Rule.Id!.Value); // all have one
        Assert.Equal("", string.Join('\n', Events.Value.Where(pair => byId.TryGetValue(pair.Owner, out var rule) && !rule.Sees(pair.Event)).Select(pair => $"{pair.Owner} {pair.Event.Origin}")));
    }

    /// <summary>A recorded attack with the noise around it, one event on each line.</summary>
    private static readonly Lazy<ImmutableArray<LogEvent>> Stream = new(() =>
    {
        using var zip = System.IO.Compression.ZipFile.OpenRead(Repository.SharedData("samples/security-datasets/psh_lsass_memory_dump_comsvcs.zip"));
        using MemoryStream content = new();
        using (var entry = zip.Entries[0].Open())
            entry.CopyTo(content);
        List<Diagnostic> diagnostics = [];
        var events = EventReader.Read("stream.json", content.ToArray(), diagnostics);
        Assert.Empty(diagnostics);
        return events;
    });

    private static ImmutableArray<(string, LogEvent)> ReadEvents()
    {
        var events = ImmutableArray.CreateBuilder<(string, LogEvent)>();
        foreach (var file in Directory.EnumerateFiles(Repository.SharedData("sigmahq/regression_data"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            List<Diagnostic> diagnostics = [];
            events.AddRange(EventReader.Read(Path.GetFileName(file), File.ReadAllBytes(file), diagnostics).Select(e => (Path.GetFileNameWithoutExtension(file), e)));
            Assert.Empty(diagnostics);
        }
        return events.DrainToImmutable();
    }
}
