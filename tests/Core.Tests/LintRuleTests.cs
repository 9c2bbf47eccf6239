using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

public class LintRuleTests
{
    private const string Fixtures = "tests/fixtures/lint";

    private static readonly (DiagnosticInfo Info, Preset? Presets)[] Catalog =
    [
        // A preset turns off lint rules only.
        .. DiagnosticCatalog.All.Select(info => (info, LintRules.All.FirstOrDefault(rule => rule.Info == info)?.Presets)),
    ];

    public static TheoryData<string> Ids => [.. Catalog.Select(row => row.Info.Id)];

    public static TheoryData<string> IdsWithFixture => [.. Catalog.Select(row => row.Info.Id).Where(id => Directory.Exists(Repository.PathOf($"{Fixtures}/{id}")))];

    [Theory, MemberData(nameof(IdsWithFixture))]
    public void Bad_fixture_reports_its_golden_file(string id)
    {
        var report = Report(id, "bad.yml");
        Golden.Match(report, $"{Fixtures}/{id}/bad.expected.txt");
        Assert.Contains($" {id}: ", report, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(IdsWithFixture))]
    public void Good_fixture_reports_nothing(string id) => Assert.Equal("", Report(id, "good.yml"));

    [Theory, MemberData(nameof(Ids))]
    public void Every_id_has_its_page(string id)
    {
        var (info, presets) = Catalog.Single(row => row.Info.Id == id);
        var example = Directory.Exists(Repository.PathOf($"{Fixtures}/{id}")) ? new RuleExample(Text(id, "bad.yml"), Report(id, "bad.yml"), Text(id, "good.yml")) : null;
        Golden.Match(RuleDocs.Page(info, presets, example), $"docs/rules/{id}.md");
    }

    [Fact]
    public void The_table_lists_every_id() => Golden.Match(RuleDocs.Table(Catalog), "docs/rules/README.md");

    [Fact]
    public void Every_page_is_of_an_id() => Assert.Equal(
        Catalog.Select(row => row.Info.Id), Directory.GetFiles(Repository.PathOf("docs/rules"), "MRL*.md").Select(page => Path.GetFileNameWithoutExtension(page)!).Order(StringComparer.Ordinal));

    [Fact]
    public void The_catalog_is_sorted() => Assert.Equal(Catalog.Select(row => row.Info.Id).Order(StringComparer.Ordinal), Catalog.Select(row => row.Info.Id));

    [Fact]
    public void Lint_rules_are_sorted_and_each_id_stands_for_one_thing()
    {
        Assert.Equal(LintRules.All.OrderBy(rule => rule.Info.Id, StringComparer.Ordinal), LintRules.All);
        Assert.Equal(Catalog.Length, Catalog.Select(row => row.Info.Id).Distinct().Count());
        Assert.All(Catalog, row => Assert.Matches("^MRL[1-9][0-9]{3}$", row.Info.Id));
        Assert.All(Catalog, row => Assert.False(row.Info.Title.EndsWith('.')));
    }

    [Fact]
    public void Every_lint_rule_is_listed() => Assert.Equal(
        typeof(LintRule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LintRule)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
        LintRules.All.Select(rule => rule.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_lint_rule_has_its_folder_and_every_folder_its_id()
    {
        var folders = Directory.GetDirectories(Repository.PathOf(Fixtures)).Select(folder => Path.GetFileName(folder)!).ToHashSet();
        Assert.All(LintRules.All, rule => Assert.Contains(rule.Info.Id, folders));
        Assert.All(folders, folder => Assert.Contains(Catalog, row => row.Info.Id == folder));
    }

    internal static LintContext Context(string version) => new([AttackFactsTests.Release("enterprise-attack", version)]) { Date = new(2026, 11, 24) };

    internal static string Lines(IEnumerable<Diagnostic> diagnostics) => string.Concat(diagnostics.Select(diagnostic =>
        $"{diagnostic.Span.Path}:{diagnostic.Span.Line}:{diagnostic.Span.Column}: {diagnostic.Severity.Name} {diagnostic.Info.Id}: {diagnostic.Message}\n"));

    private static string Report(string id, string file)
    {
        var rules = RuleSet.Of([SigmaFile.Parse(file, File.ReadAllBytes(Repository.PathOf($"{Fixtures}/{id}/{file}")))]);
        LintOptions strict = new() { Preset = Preset.Strict };
        return Lines(strict.Apply(rules.Diagnostics).Concat(Linter.Check(rules, Context("19.1"), strict)).InReportOrder());
    }

    // A fixture that is not UTF-8 shows its bytes as U+FFFD.
    private static string Text(string id, string file) => File.ReadAllText(Repository.PathOf($"{Fixtures}/{id}/{file}")).ReplaceLineEndings("\n");
}
