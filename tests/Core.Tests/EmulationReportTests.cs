using System.Text;
using CsCheck;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Merlon.Core.Yaml;
using Xunit;

namespace Merlon.Core.Tests;

public sealed class EmulationReportTests
{
    private static readonly string[] Marks = ["'", "\u2018", "\u2019", "\u201a", "\u201b", "\"", "`", "$(", "${a}", "$a", "\n", "\r", "\u2028", "\u0085", "\0", "#>", "#", ";", "|", "&", "@'", "é", "\ud800", "Ē", " ", "a"];

    [Theory]
    [InlineData("plan.json")]
    [InlineData("plan.md")]
    [InlineData("plan.ps1")]
    [InlineData("schedule.csv")]
    [InlineData("adversary.yml")]
    public void A_file_of_a_plan_is_its_golden_file(string name)
    {
        var text = EmulationPlanFiles.Of(Result(), isPrivate: false).Single(file => file.Name == name).Text!;
        Golden.Match(text, $"tests/fixtures/emulation/golden/{name}");
    }

    [Fact]
    public void The_text_of_a_plan_and_its_findings_are_their_golden_files()
    {
        var result = Result();
        Golden.Match(EmulationPlanText.Write(result.Plan!), "tests/fixtures/emulation/golden/plan.txt");
        Golden.Match(LintRuleTests.Lines(result.Diagnostics), "tests/fixtures/emulation/golden/findings.txt");
    }

    [Fact]
    public void A_page_keeps_back_the_names_that_a_profile_keeps_back()
    {
        var result = Result();
        string Page(bool isPrivate) => EmulationPlanFiles.Of(result, isPrivate).Single(file => file.Name == "plan.md").Text!;
        Assert.DoesNotContain("Brass Otter", Page(isPrivate: false), StringComparison.Ordinal);
        Assert.Contains("For Iron Heron, Metal Mustelid.", Page(isPrivate: false), StringComparison.Ordinal);
        Assert.Contains("For Brass Otter, Iron Heron.", Page(isPrivate: true), StringComparison.Ordinal);
        foreach (var name in new[] { "plan.ps1", "schedule.csv", "adversary.yml" })
            Assert.DoesNotContain("Otter", EmulationPlanFiles.Of(result, isPrivate: true).Single(file => file.Name == name).Text!, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_a_plan_has_nothing_for_are_not_written()
    {
        Assert.Equal("plan.json plan.md adversary.yml", Names(Result(LibraryKind.Caldera)));
        Assert.Equal("plan.json plan.md plan.ps1 schedule.csv", Names(Result(LibraryKind.AtomicRedTeam)));
        static string Names(EmulationPlanResult result) => string.Join(' ', EmulationPlanFiles.Of(result, isPrivate: false).Where(file => file.Text is not null).Select(file => file.Name));
    }

    [Fact]
    public void Any_text_stays_within_its_quotes_and_its_line_in_a_script() => Gen.Int[0, Marks.Length - 1].Array[0, 12].Sample(marks =>
    {
        var text = string.Concat(marks.Select(mark => Marks[mark]));
        var literal = PowerShellText.Literal(text);
        Assert.All(literal, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal(literal.Length, EndOfLiteral(literal));
        Assert.All(PowerShellText.Comment(text), c => Assert.InRange(c, ' ', '~'));
    });

    [Fact]
    public void The_script_is_ASCII_and_each_test_is_a_line_of_three_literals()
    {
        var script = EmulationPlanFiles.Of(Result(), isPrivate: false).Single(file => file.Name == "plan.ps1").Text!;
        Assert.True(Ascii.IsValid(script));
        var lines = script.Split('\n').SkipWhile(line => line != "$tests = @(").Skip(1).TakeWhile(line => line != ")").ToArray();
        Assert.Equal(4, lines.Length);
        foreach (var line in lines)
        {
            Assert.Matches(@"^    @\{ Technique = 'T[0-9]{4}(\.[0-9]{3})?'; Guid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'; Name = '", line);
            var name = line[(line.IndexOf("Name = ", StringComparison.Ordinal) + 7)..];
            Assert.Equal(" }", name[EndOfLiteral(name)..]);
        }
    }

    [Fact]
    public void An_adversary_is_YAML_with_the_ids_and_nothing_else_of_a_stranger()
    {
        var text = EmulationPlanFiles.Of(Result(), isPrivate: false).Single(file => file.Name == "adversary.yml").Text!;
        var root = Assert.IsType<YamlMapping>(Assert.Single(YamlFile.Parse("a.yml", Encoding.UTF8.GetBytes(text)).Documents).Root);
        Assert.Equal(["id", "name", "description", "atomic_ordering"], root.Entries.Select(entry => entry.Key.Value));
        Assert.Equal(["a1b2c3d4-0000-4000-8000-000000000001", "1e5", "eac2cf0f-0000-4000-8000-000000000001"], Assert.IsType<YamlSequence>(root.Find("atomic_ordering")).Items.Select(item => ((YamlScalar)item).Value));
        Assert.True(Guid.TryParseExact(((YamlScalar)root.Find("id")!).Value, "D", out var id) && id.Version == 8);
    }

    /// <summary>Where PowerShell ends a literal in single quotes: any of its five quotes ends it, unless another one follows.</summary>
    private static int EndOfLiteral(string text)
    {
        static bool IsQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b';
        Assert.True(IsQuote(text[0]));
        var at = 1;
        while (at < text.Length && (!IsQuote(text[at]) || (at + 1 < text.Length && IsQuote(text[at + 1]))))
            at += IsQuote(text[at]) ? 2 : 1;
        return at + 1;
    }

    private static EmulationPlanResult Result(params LibraryKind[] kinds)
    {
        const string folder = "tests/fixtures/emulation";
        NamedLibrary[] libraries =
        [
            new(LibraryKind.AtomicRedTeam, Repository.PathOf($"{folder}/atomics"), "atomics"),
            new(LibraryKind.Caldera, Repository.PathOf($"{folder}/stockpile"), "stockpile"),
            new(LibraryKind.Ctid, Repository.PathOf($"{folder}/plan.yaml"), "plan.yaml"),
        ];
        using TemporaryRepository repository = new();
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf($"{folder}/program"), "*.yml", SearchOption.AllDirectories))
            repository.Write(Path.GetRelativePath(Repository.PathOf($"{folder}/program"), file), File.ReadAllText(file));
        repository.Write("merlon.yml", "name: it's $(calc)\n");
        var result = EmulationPlanRun.Run(repository.Request(), [.. libraries.Where(library => kinds.Length == 0 || kinds.Contains(library.Kind))], new());
        Assert.True(result.Plan is not null, LintRuleTests.Lines(result.Diagnostics));
        return result;
    }
}
