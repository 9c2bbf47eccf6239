using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Gate;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Profiles and rules as text into actors and coverage, at 19.1 and on the day of all tests.</summary>
internal static class Measure
{
    public static AttackRelease Attack => AttackFactsTests.Release("enterprise-attack", "19.1");

    public static string RuleText(string tag, string product = "windows", string status = "test", string level = "high", string title = "a", string more = "") =>
        $"title: {title}\nstatus: {status}\nlevel: {level}\ntags: [attack.{tag}]\nlogsource: {{product: {product}}}\ndetection: {{s: {{f: x}}, condition: s}}\n{more}";

    public static ImmutableArray<DetectionRule> Rules(params IEnumerable<string> texts) =>
        RuleSet.Of([.. texts.Select((text, index) => SigmaFile.Parse($"{index}.yml", Encoding.UTF8.GetBytes(text)))]).Rules;

    /// <summary>What floors and requirements say of a coverage, without a base.</summary>
    public static IEnumerable<Diagnostic> Judge(ProgramCoverage coverage, Targets targets) => Floors.Of(coverage, targets)
        .Select(floor => Floors.Judge(floor, coverage.Definition.Level)).OfType<Diagnostic>().Concat(coverage.Actors.SelectMany(Floors.JudgeRequired).Select(unmet => unmet.Finding));

    /// <summary>What a profile means, and what is found on the way.</summary>
    public static Actor Actor(string profile, out ImmutableArray<Diagnostic> diagnostics)
    {
        List<Diagnostic> found = [];
        var read = ProfileReader.Read("a.yml", Encoding.UTF8.GetBytes(profile), [Attack], found);
        Assert.True(read is not null, LintRuleTests.Lines(found));
        var actor = new ActorResolver(Attack, found).Resolve(read);
        diagnostics = [.. found];
        return actor;
    }

    public static Actor Actor(string profile)
    {
        var actor = Actor(profile, out var diagnostics);
        Assert.Equal("", LintRuleTests.Lines(diagnostics));
        return actor;
    }

    public static Scope Scope(string profile, Definition? definition = null, DateOnly? date = null) =>
        Actors.Scope.Of(Actor(profile), (definition ?? new()).ScopeOn(date ?? TemporaryRepository.Day));

    public static ProgramCoverage Coverage(IEnumerable<string> profiles, IEnumerable<string> rules, Definition? definition = null, LogSourceInventory? inventory = null) =>
        ProgramCoverage.Of(Attack, SetOf(Rules(rules)), [.. profiles.Select(Actor)], definition ?? new(), inventory, RuleEvidence.None, TemporaryRepository.Day);

    public static RuleSet SetOf(ImmutableArray<DetectionRule> rules) => new([], rules, 0, [], []);

    /// <summary>The coverage of one profile, <c>techniques: […]</c> and more.</summary>
    public static ActorCoverage Actor(string body, IEnumerable<string> rules, Definition? definition = null, LogSourceInventory? inventory = null) =>
        Coverage([$"name: A\n{body}\n"], rules, definition, inventory).Actors[0];

    public static string Ids(IEnumerable<TechniqueId> ids) => string.Join(' ', ids);
}
