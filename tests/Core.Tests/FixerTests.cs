using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;
using Xunit;

namespace Merlon.Core.Tests;

public class FixerTests
{
    private const string Path = "r.yml";

    private static readonly string[] Breaks = ["\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"];

    private static readonly DiagnosticInfo Found = new() { Id = "MRL9998", Title = "Found", Severity = Severity.Warning, Rationale = "It is there." };

    private static readonly DiagnosticInfo Failed = new() { Id = "MRL9999", Title = "Failed", Severity = Severity.Error, Rationale = "It is there." };

    // Pieces that make lines of every kind; a text of them may end anywhere.
    private static readonly Gen<string> AnyText = OneOf([.. Breaks, "a", "bc", " ", "\t", "é", "語", "😀", "\uFEFF", "- x", "'q'"]).Array[0, 30].Select(string.Concat);

    // What is written has nothing in common with what stands there.
    private static readonly Gen<(int, int, string)> AnyEdit = Gen.Select(Gen.Int[0, 40], Gen.Int[0, 6], OneOf("", "Z", "ΖΩ", "Z\nΩ"));

    public static TheoryData<string> BadFixtures => LintRuleTests.IdsWithFixture;

    [Fact]
    public void A_place_of_the_reader_leads_back_to_the_text()
    {
        foreach (var end in Breaks)
        {
            var text = $"# c{end}a: 1{end}b: 'x'{end}c: |{end}  t{end}{end}q: \"u{end}  v\"{end}p: w{end}  z{end}d: 2";
            var root = (YamlMapping)YamlFile.Parse(Path, Encoding.UTF8.GetBytes(text)).Documents.Single().Root;
            SourceLines lines = new(text);
            Assert.Equal(end, lines.Break);
            foreach (var key in root.Entries.Select(entry => entry.Key))
                Assert.Equal(text.IndexOf($"{key.Value}: ", StringComparison.Ordinal), lines.IndexOf(key.Span.Line, key.Span.Column));
            Assert.Equal(6, root.Entries.Length);
        }
    }

    [Fact]
    public void Bytes_outside_of_edits_stay() => Gen.Select(AnyText, AnyEdit.Array[0, 6], Gen.Bool).Sample((text, wanted, hasMark) =>
    {
        byte[] mark = hasMark ? [0xEF, 0xBB, 0xBF] : [];
        // A second mark would be taken for the first.
        if (text.StartsWith('\uFEFF'))
            return;
        byte[] bytes = [.. mark, .. Encoding.UTF8.GetBytes(text)];
        var findings = wanted.Select(edit => Within(edit, text)).Select((edit, index) => Finding(text, edit.Start, edit.End, edit.NewText, $"{index}")).ToImmutableArray();
        var after = Fixer.Apply(Path, bytes, findings, includeUnsafe: false);
        // The same edits, cut into the bytes.
        List<byte> expected = [.. bytes];
        foreach (var (start, end, newText) in after.Applied.Select(finding => Within(wanted[int.Parse(finding.Message, System.Globalization.CultureInfo.InvariantCulture)], text)).OrderByDescending(edit => edit.Start))
        {
            var (from, to) = (mark.Length + Encoding.UTF8.GetByteCount(text.AsSpan(0, start)), mark.Length + Encoding.UTF8.GetByteCount(text.AsSpan(0, end)));
            expected.RemoveRange(from, to - from);
            expected.InsertRange(from, Encoding.UTF8.GetBytes(newText.Replace("\n", new SourceLines(text).Break, StringComparison.Ordinal)));
        }
        Assert.Equal(expected, after.Bytes);
        Assert.True(findings.IsEmpty || after.Applied.Length > 0 || after.Bytes.SequenceEqual(bytes));
    });

    [Fact]
    public void Fixing_ends_reads_and_twice_is_once() =>
        Gen.Select(OneOf("fine", "bad", "worse", "break", "raise").Array[1, 12], OneOf(Breaks), Gen.Bool, Gen.Bool).Sample((words, end, hasMark, endsInBreak) =>
        {
            byte[] bytes = [.. hasMark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(string.Join(end, words.Select(word => $"- {word}")) + (endsInBreak ? end : ""))];
            var once = Run(bytes);
            string[] expected = [.. words.Select(word => word is "bad" or "worse" ? "fine" : word)];
            Assert.Equal(expected, WordsOf(once).Select(word => word.Value));
            Assert.Equal(hasMark, once.AsSpan().StartsWith(Encoding.UTF8.Preamble));
            Assert.Equal(once, Run(once));
        });

    [Fact]
    public void A_fix_that_breaks_another_file_is_not_kept()
    {
        var bytes = "- bad\n- bad"u8.ToArray();
        Fixer fixer = new(_ => bytes, changed => Findings(changed.GetValueOrDefault(Path, bytes)) is { Length: 2 } all ? all : [.. Findings(changed[Path]), Failed.At(SourceSpan.StartOf("other.yml"), "broken")], includeUnsafe: true);
        Assert.Empty(fixer.Run(Findings(bytes)));
    }

    [Fact]
    public void The_first_of_two_that_touch_wins_and_neighbours_do_not_touch()
    {
        const string Text = "abcdef";
        var findings = ImmutableArray.Create(Finding(Text, 0, 2, "1"), Finding(Text, 1, 3, "2"), Finding(Text, 2, 4, "3"), Finding(Text, 4, 4, "4"), Finding(Text, 5, 6, "5"));
        var after = Fixer.Apply(Path, Encoding.UTF8.GetBytes(Text), findings, includeUnsafe: true);
        Assert.Equal("13e5", Encoding.UTF8.GetString(after.Bytes));
    }

    [Theory]
    [InlineData("a b", "A b", "a B", "A B")]
    [InlineData("😀 b 😀", "😁 b 😀", "😀 b 😁", "😁 b 😁")]
    [InlineData("aa", "aaa", "a", "aaa")]
    public void Fixes_that_write_the_whole_value_for_a_part_of_it_go_together(string text, string first, string second, string both)
    {
        var findings = ImmutableArray.Create(Finding(text, 0, text.Length, first), Finding(text, 0, text.Length, second));
        Assert.Equal(both, Encoding.UTF8.GetString(Fixer.Apply(Path, Encoding.UTF8.GetBytes(text), findings, includeUnsafe: false).Bytes));
    }

    [Theory]
    [InlineData("- a\n- b\n- c\n", 2, "- a\n- c\n")]
    [InlineData("- a\r\n- b\r\n- c", 3, "- a\r\n- b\r\n")]
    [InlineData("- a", 1, "")]
    public void A_line_is_taken_out_whole(string text, int line, string left)
    {
        var finding = Found.At(SourceSpan.StartOf(Path), "x") with { Fix = new("Remove it", true, new Edit(new(Path, line, 1, line + 1, 1), "")) };
        Assert.Equal(left, Encoding.UTF8.GetString(Fixer.Apply(Path, Encoding.UTF8.GetBytes(text), [finding], includeUnsafe: false).Bytes));
    }

    [Fact]
    public void What_may_change_a_rule_is_applied_only_when_asked_for()
    {
        var finding = Finding("ab", 0, 1, "x");
        finding = finding with { Fix = finding.Fix! with { IsSafe = false } };
        Assert.Empty(Fixer.Apply(Path, "ab"u8.ToArray(), [finding], includeUnsafe: false).Applied);
        Assert.Equal("xb"u8.ToArray(), Fixer.Apply(Path, "ab"u8.ToArray(), [finding], includeUnsafe: true).Bytes);
    }

    [Theory]
    [InlineData(1, 1, 1, 1, "half of a character")]
    [InlineData(1, 2, 1, 3, "x")]
    [InlineData(2, 1, 3, 1, "x")]
    [InlineData(1, 4, 1, 1, "x")]
    [InlineData(1, 1, 1, 9, "x")]
    [InlineData(1, 1, 1, 3, "😀")]
    public void A_fix_without_a_place_or_that_changes_nothing_is_none(int line, int column, int endLine, int endColumn, string newText)
    {
        // An attribute cannot hold one.
        var text = newText.StartsWith("half", StringComparison.Ordinal) ? "\ud800" : newText;
        var finding = Found.At(SourceSpan.StartOf(Path), "x") with { Fix = new("Write it", true, new Edit(new(Path, line, column, endLine, endColumn), text)) };
        var bytes = Encoding.UTF8.GetBytes("😀b");
        Assert.Same(bytes, Fixer.Apply(Path, bytes, [finding], includeUnsafe: true).Bytes);
    }

    [Fact]
    public void Many_bad_fixes_cost_no_more_than_a_limit()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("- raise\n", 1000)));
        var lints = 0;
        Fixer fixer = new(_ => bytes, changed =>
        {
            lints++;
            return Findings(changed[Path]);
        }, includeUnsafe: true);
        Assert.Empty(fixer.Run(Findings(bytes)));
        Assert.InRange(lints, 1, 1000);
    }

    [Theory, MemberData(nameof(BadFixtures))]
    public void Fixes_of_a_fixture_end_read_and_leave_nothing_to_fix(string id)
    {
        // A file, or a folder where one cannot show it.
        var fixture = Repository.PathOf($"tests/fixtures/lint/{id}/bad");
        var (folder, files) = Directory.Exists(fixture) ? (fixture, Directory.GetFiles(fixture, "*.yml", SearchOption.AllDirectories)) : (System.IO.Path.GetDirectoryName(fixture)!, [$"{fixture}.yml"]); // it has a folder
        var before = files.ToImmutableSortedDictionary(file => System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);
        var once = RunChecks(before);
        foreach (var (path, bytes) in once)
            Assert.InRange(YamlFile.Parse(path, bytes).Diagnostics.Length, 0, YamlFile.Parse(path, before[path]).Diagnostics.Length);
        Assert.Equal(once.Select(file => Encoding.UTF8.GetString(file.Value)), RunChecks(once).Select(file => Encoding.UTF8.GetString(file.Value)));
    }

    internal static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static ImmutableSortedDictionary<string, byte[]> RunChecks(ImmutableSortedDictionary<string, byte[]> files)
    {
        ImmutableArray<Diagnostic> Lint(IReadOnlyDictionary<string, byte[]> changed)
        {
            var rules = RuleSet.Of([.. files.Select(file => SigmaFile.Parse(file.Key, changed.GetValueOrDefault(file.Key, file.Value)))]);
            LintOptions strict = new() { Preset = Preset.Strict };
            return strict.Apply(rules.Diagnostics).Concat(Linter.Check(rules, LintRuleTests.Context("19.1"), strict)).InReportOrder();
        }
        var fixedFiles = new Fixer(path => files[path], Lint, includeUnsafe: true).Run(Lint(files));
        return files.SetItems(fixedFiles.Select(file => KeyValuePair.Create(file.Path, file.Bytes)));
    }

    private static byte[] Run(byte[] bytes) =>
        new Fixer(_ => bytes, changed => Findings(changed.GetValueOrDefault(Path, bytes)), includeUnsafe: false).Run(Findings(bytes)) is [var file] ? file.Bytes : bytes;

    // A check of words: some have a fix, one a fix in two steps, one a fix that is no YAML, one a fix that is an error.
    private static ImmutableArray<Diagnostic> Findings(byte[] bytes) =>
        [.. WordsOf(bytes).Select(word => word.Value switch
        {
            "bad" => Fixed(word, "fine"),
            "worse" => Fixed(word, "bad"),
            "break" => Fixed(word, "[ '"),
            "raise" => Fixed(word, "raised"),
            "raised" => Failed.At(word.Span, "raised"),
            _ => null,
        }).OfType<Diagnostic>()];

    private static Diagnostic Fixed(YamlScalar word, string newText) => Found.At(word.Span, $"{word.Value} at {word.Span.Line}") with { Fix = new($"Write '{newText}'", true, new Edit(word.Span, newText)) };

    private static IEnumerable<YamlScalar> WordsOf(byte[] bytes) =>
        YamlFile.Parse(Path, bytes).Documents.SelectMany(document => ((YamlSequence)document.Root).Items).Cast<YamlScalar>();

    private static (int Start, int End, string NewText) Within((int Start, int Length, string NewText) edit, string text) =>
        (Before(edit.Start, text), Before(edit.Start + edit.Length, text), edit.NewText);

    // Between CR and LF is no place.
    private static int Before(int index, string text) =>
        index >= text.Length ? text.Length : index > 0 && text[index - 1] == '\r' && text[index] == '\n' ? index - 1 : index;

    private static Diagnostic Finding(string text, int start, int end, string newText, string message = "x")
    {
        var (line, column) = PlaceOf(text, start);
        var (endLine, endColumn) = PlaceOf(text, end);
        return Found.At(SourceSpan.StartOf(Path), message) with { Fix = new("Write it", true, new Edit(new(Path, line, column, endLine, endColumn), newText)) };
    }

    private static (int Line, int Column) PlaceOf(string text, int index)
    {
        var (line, column) = (1, 1);
        for (var at = 0; at < index; at++)
            (line, column) = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? (line, column) : Breaks.Contains($"{text[at]}") ? (line + 1, 1) : (line, column + 1);
        return (line, column);
    }
}
