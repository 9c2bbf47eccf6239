using Merlon.Core.Lint;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>A cache makes a check quicker and nothing else.</summary>
public sealed class RuleCacheTests : IDisposable
{
    private const int Files = 220;

    private readonly TemporaryRepository _repository = new();
    private readonly string _cache;

    public RuleCacheTests()
    {
        _cache = _repository.PathOf("obj/merlon.rules");
        _repository.Write("merlon.yml", "lint: { preset: strict }\n");
        _repository.Write("actors/a.yml", "name: A\ntechniques: [T1059.001, T1003.001]\n");
        for (var i = 0; i < Files; i++)
            _repository.Write(PathOf(i), Rule(i));
    }

    public void Dispose() => _repository.Dispose();

    private static string PathOf(int i) => $"rules/rule_{i}.yml";

    // Each with findings of its own: tags, values, metadata; some with a fix.
    private static string Rule(int i) => $$"""
        title: Rule Number {{i}}
        id: 00000000-0000-4000-8000-{{i:D12}}
        status: test
        related:
            - id: 00000000-0000-4000-8000-{{(i + 1) % Files:D12}}
              type: similar
        description: A rule of a test, number {{i}}
        author: Merlon contributors
        date: 2026-11-01
        tags:
            - attack.execution
            - attack.{{(i % 3 == 0 ? "T1059.001" : "t1059.001")}}
        logsource:
            category: process_creation
            product: windows
        detection:
            selection:
                Image|endswith: '\p{{i}}.exe'
                CommandLine:
                    - '*one*'
                    - '*two*'
            unused:
                EventID: {{i}}
            condition: selection
        level: medium
        """;

    private CheckRequest Request(bool isCached = true) => _repository.Request() with { NeedsRules = true, Cache = isCached ? _cache : null };

    private string Check(bool isCached = true) => CheckJson.Write(Programs.Check.Run(Request(isCached)));

    [Fact]
    public void The_answer_is_the_same_without_a_cache_with_a_new_one_and_with_an_old_one()
    {
        var expected = Check(isCached: false);
        Assert.Contains("MRL2", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Check());
        Assert.True(File.Exists(_cache));
        Assert.Equal(expected, Check());
    }

    [Fact]
    public void A_file_is_taken_from_it_by_path_and_content()
    {
        Check();
        // What it holds is believed: a mark in it would be seen.
        Assert.Equal(Files, Taken());
        _repository.Write(PathOf(7), Rule(7).Replace("selection\n", "unused\n", StringComparison.Ordinal));
        Assert.Equal(Files - 1, Taken());
        Assert.Equal(Check(isCached: false), Check());
        Assert.Equal(Files, Taken());
        File.Move(_repository.PathOf(PathOf(8)), _repository.PathOf("rules/moved.yml"));
        Assert.Equal(Check(isCached: false), Check());
    }

    private int Taken()
    {
        var (_, linter) = Linter();
        using var cache = RuleCache.Open(_cache, linter);
        return Enumerable.Range(0, Files).Count(i => cache.Find(PathOf(i), Sources.RuleSource.Sigma, System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_repository.PathOf(PathOf(i))))) is not null);
    }

    private (ProgramFiles, DocumentLinter) Linter()
    {
        var files = ProgramFiles.Find(Request());
        return (files, new(new(files.Config!.Releases) { Date = TemporaryRepository.Day }, files.Config.Lint));
    }

    [Fact]
    public void Other_checks_and_another_day_for_checks_that_ask_for_it_are_another_cache()
    {
        Check();
        Assert.Equal(CheckJson.Write(Programs.Check.Run(Request(isCached: false) with { Date = new(2027, 6, 1) })), CheckJson.Write(Programs.Check.Run(Request() with { Date = new(2027, 6, 1) })));
        _repository.Write("merlon.yml", "lint: { preset: sigma }\n");
        Assert.Equal(0, Taken());
        Assert.Equal(Check(isCached: false), Check());
    }

    [Fact]
    public void A_committed_one_is_as_none()
    {
        Check();
        Assert.Equal(Files, Taken());
        _repository.Commit();
        Assert.Equal(0, Taken());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(5000)]
    [InlineData(-1)]
    public void A_damaged_one_is_as_none(int at)
    {
        var expected = Check();
        var bytes = File.ReadAllBytes(_cache);
        bytes[at < 0 ? ^1 : at] ^= 1;
        File.WriteAllBytes(_cache, bytes);
        Assert.Equal(0, Taken());
        Assert.Equal(expected, Check());
        Assert.Equal(Files, Taken());
        File.WriteAllBytes(_cache, bytes[..(bytes.Length / 2)]);
        Assert.Equal(0, Taken());
        Assert.Equal(expected, Check());
    }

    [Fact]
    public void What_cannot_be_written_is_no_fault()
    {
        Directory.CreateDirectory(_cache);
        Assert.Equal(Check(isCached: false), Check());
        Assert.Empty(Directory.EnumerateFiles(_repository.PathOf("obj")));
    }

    [Fact]
    public void Few_rules_need_none()
    {
        for (var i = 10; i < Files; i++)
            File.Delete(_repository.PathOf(PathOf(i)));
        Check();
        Assert.False(File.Exists(_cache));
    }

    [Fact]
    public void A_file_that_changes_after_it_was_read_ends_the_run()
    {
        var snapshot = Snapshot.Load(Request(isCached: false), ProgramFiles.Find(Request()), out _)!;
        var (same, changed) = (snapshot.Rules.Documents[0], snapshot.Rules.Documents[1]);
        Assert.NotNull(same.Detection);
        _repository.Write(changed.Path, Rule(999));
        Assert.Contains(changed.Path, Assert.Throws<IOException>(() => changed.Detection).Message, StringComparison.Ordinal);
        File.Delete(_repository.PathOf(snapshot.Rules.Documents[2].Path));
        Assert.Throws<IOException>(() => snapshot.Rules.Documents[2].Root);
    }

    // The others are kept from one day to the next.
    [Fact]
    public void Only_checks_that_say_so_depend_on_the_day()
    {
        var found = new[] { new DateOnly(2001, 1, 1), TemporaryRepository.Day, new DateOnly(2040, 1, 1) }.Select(day =>
            LintRules.All.OfType<DocumentLintRule>().Where(check => !check.DependsOnDate)
                .SelectMany(check => CorpusRules().Documents.SelectMany(rule => check.Check(rule, new LintContext([]) { Date = day, Others = [] })).Select(finding => $"{finding.Span} {finding.Info.Id} {finding.Message}")).ToArray()).ToArray();
        Assert.NotEmpty(found[0]);
        Assert.Equal(found[0], found[1]);
        Assert.Equal(found[0], found[2]);
    }

    private static Sources.RuleSet CorpusRules() => _corpus.Value;

    private static readonly Lazy<Sources.RuleSet> _corpus = new(() => Sources.RuleSet.Of(
        [.. Directory.EnumerateFiles(Repository.PathOf("tests/fixtures/lint"), "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Sigma.SigmaFile.Parse(file, File.ReadAllBytes(file)))]));
}
