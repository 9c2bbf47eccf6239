using System.Text;
using CsCheck;
using Merlon.Core.Lint;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

public sealed class PatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("merlon-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\nE\nf\n", "@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f\n")]
    [InlineData("a\r\nb", "a\r\nB", "@@ -1,2 +1,2 @@\n a\r\n-b\n\\ No newline at end of file\n+B\n\\ No newline at end of file\n")]
    [InlineData("1\na\n2\n3\n4\n5\n6\n7\nb\n", "1\nA\n2\n3\n4\n5\n6\n7\nB\n", "@@ -1,9 +1,9 @@\n 1\n-a\n+A\n 2\n 3\n 4\n 5\n 6\n 7\n-b\n+B\n")]
    [InlineData("a\n2\n3\n4\n5\n6\n7\n8\nb\n", "A\n2\n3\n4\n5\n6\n7\n8\n", "@@ -1,4 +1,4 @@\n-a\n+A\n 2\n 3\n 4\n@@ -6,4 +6,3 @@\n 6\n 7\n 8\n-b\n")]
    [InlineData("a\n", "a\n", "")]
    public void A_hunk_shows_what_changed_with_three_lines_around_it(string before, string after, string hunks) =>
        Assert.Equal($"--- a/r.yml\n+++ b/r.yml\n{hunks}", Write(("r.yml", before, after)));

    [Theory]
    [InlineData("rules/a b.yml", "--- a/rules/a b.yml\t")]
    [InlineData("rules/ü.yml", "--- a/rules/ü.yml")]
    [InlineData("q\"\\ü.yml", "--- \"a/q\\\"\\\\\\303\\274.yml\"")]
    public void Names_are_written_as_git_writes_them(string path, string header) => Assert.StartsWith($"{header}\n", Write((path, "a\n", "b\n")), StringComparison.Ordinal);

    [Fact]
    public void A_terminal_gets_colours_and_nothing_that_it_would_obey()
    {
        var patch = Patch.Write([new("r.yml", "a\u202Eb\r\n"u8.ToArray(), "c\r\n"u8.ToArray(), [])], isColoured: true);
        Assert.Equal("\e[1m--- a/r.yml\e[0m\n\e[1m+++ b/r.yml\e[0m\n\e[36m@@ -1 +1 @@\e[0m\n\e[31m-a\\u202Eb\e[0m\n\e[32m+c\e[0m\n", patch);
    }

    [Fact]
    public void A_difference_of_lines_leads_from_one_text_to_the_other_by_the_shortest_way() =>
        Gen.Select(Gen.Int[0, 3].Array[0, 12], Gen.Int[0, 3].Array[0, 12]).Sample((one, other) =>
        {
            var (before, after) = (one.Select(number => $"{number}\n").ToArray(), other.Select(number => $"{number}\n").ToArray());
            var lines = LineDiff.Of([.. before], [.. after]);
            Assert.Equal(before, lines.Where(line => line.Kind != '+').Select(line => line.Text));
            Assert.Equal(after, lines.Where(line => line.Kind != '-').Select(line => line.Text));
            Assert.Equal(LongestCommon(before, after), lines.Count(line => line.Kind == ' '));
            Assert.All(lines.Index(), line => Assert.Equal((lines[..line.Index].Count(before => before.Kind != '+'), lines[..line.Index].Count(before => before.Kind != '-')), (line.Item.Before, line.Item.After)));
        });

    [Fact]
    public void Texts_that_share_next_to_nothing_are_replaced_whole()
    {
        string[] before = [.. Enumerable.Range(0, 3000).Select(number => $"{number}\n")];
        string[] after = [.. before.Reverse()];
        var lines = LineDiff.Of([.. before], [.. after]);
        Assert.Equal(before, lines.Where(line => line.Kind != '+').Select(line => line.Text));
        Assert.Equal(after, lines.Where(line => line.Kind != '-').Select(line => line.Text));
    }

    [Fact]
    public void Git_applies_it()
    {
        (string Path, string Before, string After)[] files =
        [
            ("rules/a b.yml", "tags:\r\n- x\r\n- y", "tags:\r\n- z\r\n- y"),
            ("rules/ü.yml", "\uFEFFtitle: é\ntags: [x]", "\uFEFFtitle: é\ntags: [y]"),
            ("rules/last.yml", "a\nb\n", "a\n"),
            ("rules/many.yml", string.Concat(Enumerable.Range(0, 100).Select(number => $"{number}\n")), string.Concat(Enumerable.Range(0, 100).Where(number => number != 50).Select(number => number % 20 == 7 ? "x\ny\n" : $"{number}\n"))),
        ];
        Directory.CreateDirectory(Path.Combine(_folder, "rules"));
        foreach (var (path, before, _) in files)
            File.WriteAllText(Path.Combine(_folder, path), before);
        File.WriteAllText(Path.Combine(_folder, "fix.patch"), Write(files));
        Assert.Equal("", TemporaryGit.TryRun("git", _folder, "init", "-q").Error);
        var (code, _, error) = TemporaryGit.TryRun("git", _folder, "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "fix.patch");
        Assert.Equal((0, ""), (code, error));
        Assert.All(files, file => Assert.Equal(Encoding.UTF8.GetBytes(file.After), File.ReadAllBytes(Path.Combine(_folder, file.Path))));
    }

    private static string Write(params (string Path, string Before, string After)[] files) =>
        Patch.Write(files.Select(file => new FixedFile(file.Path, Encoding.UTF8.GetBytes(file.Before), Encoding.UTF8.GetBytes(file.After), [])), isColoured: false);

    private static int LongestCommon(string[] one, string[] other)
    {
        var lengths = new int[one.Length + 1, other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
            for (var j = 1; j <= other.Length; j++)
                lengths[i, j] = one[i - 1] == other[j - 1] ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
        return lengths[one.Length, other.Length];
    }
}
