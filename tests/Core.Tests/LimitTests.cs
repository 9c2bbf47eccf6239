using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Matching;
using Merlon.Core.Sigma;
using Merlon.Core.Sources.Elastic;
using Merlon.Core.Yaml;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Limits of hostile input: what is at one is read, and what is one past it is a finding. SECURITY.md names them.</summary>
public class LimitTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "MRL1005 file has more than 4194304 bytes; split it")]
    public void A_YAML_file_has_so_many_bytes(int beyond, string expected)
    {
        const int Limit = 4_194_304;
        var bytes = new byte[Limit + beyond];
        bytes.AsSpan().Fill((byte)' ');
        "a: b\n#"u8.CopyTo(bytes);
        Assert.Equal(expected, Show(YamlFile.Parse("f.yml", bytes).Diagnostics));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "MRL1005 file has more than 500000 nodes after aliases are resolved; split it")]
    public void A_YAML_file_has_so_many_nodes(int beyond, string expected)
    {
        // A map, its key and its list are three.
        var file = YamlFile.Parse("f.yml", Encoding.UTF8.GetBytes($"k: [{string.Join(',', Enumerable.Repeat('x', 499_997 + beyond))}]\n"));
        Assert.Equal(expected, Show(file.Diagnostics));
    }

    [Fact]
    public void Documents_and_keys_are_as_many_as_bytes_and_nodes_let_them()
    {
        const int Count = 20_000;
        var many = YamlFile.Parse("f.yml", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a: b\n---\n", Count)) + "a: b\n"));
        Assert.Equal((Count + 1, ""), (many.Documents.Length, Show(many.Diagnostics)));
        Assert.Equal("", Show(YamlFile.Parse("f.yml", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: v\n")))).Diagnostics));
    }

    [Theory]
    [InlineData(1000, "")]
    [InlineData(1001, "detection has more than 1000 selections; split the rule")]
    public void A_rule_has_so_many_selections(int count, string expected) =>
        AssertSays(expected, "selections; split", Rule("", string.Concat(Enumerable.Range(0, count).Select(i => $"  s{i}: {{f: x}}\n")), "1 of s*").Diagnostics);

    [Theory]
    [InlineData(1000, "")]
    [InlineData(1001, "tags has more than 1000 items; the others are not read")]
    public void A_rule_has_so_many_tags(int count, string expected) =>
        AssertSays(expected, "are not read", Rule($"tags: [{string.Join(", ", Enumerable.Range(0, count).Select(i => $"a.t{i}"))}]\n", "  s: {f: x}\n", "s").Diagnostics);

    [Theory]
    [InlineData(64, "")]
    [InlineData(65, "condition nests deeper than 64 levels; split it into selections")]
    public void A_condition_has_so_many_levels(int levels, string expected) =>
        AssertSays(expected, "nests deeper", Rule("", "  s: {f: x}\n", $"{new string('(', levels)}s{new string(')', levels)}").Diagnostics);

    [Theory]
    [InlineData(250, null)]
    [InlineData(251, "groups nest deeper than 250 levels; simplify the expression")]
    [InlineData(100_000, "groups nest deeper than 250 levels; simplify the expression")]
    public void An_expression_has_so_many_levels(int levels, string? expected) =>
        Assert.Equal(expected, RegexSyntax.Parse($"{new string('(', levels)}a{new string(')', levels)}", "").Error?.Message);

    [Theory]
    [InlineData(8000, null)]
    [InlineData(8001, "a regular expression has 8001 characters, and 8000 are the limit")]
    public void An_expression_that_is_matched_has_so_many_characters(int length, string? expected) => Assert.Equal(expected, RegexExpression.Of(new('a', length), "").Defect);

    [Theory]
    [InlineData("a{19999}", false)]
    [InlineData("a{20000}", true)]
    [InlineData("((a{100}){100}){100}", true)]
    [InlineData("(((((a{99}){99}){99}){99}){99}){99}", true)]
    public void An_expression_is_so_large_with_its_repeats_written_out(string pattern, bool isRefused) => Assert.Equal(isRefused, RegexExpression.Of(pattern, "").Defect is not null);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_TOML_file_has_so_many_bytes(int beyond, bool isRefused) => Assert.Equal(isRefused, Inventoried.Read("elastic-toml", "a = 1\n#".PadRight((1 << 20) + beyond)).Diagnostics
        .Any(finding => finding.Message == "file has more than 1048576 bytes; split it"));

    [Theory]
    [InlineData(65, false)]
    [InlineData(66, true)]
    public void A_key_of_TOML_has_so_many_parts(int parts, bool isRefused) =>
        Assert.Equal(isRefused, TomlFile.TryParse("a.toml", Encoding.UTF8.GetBytes($"{string.Join('.', Enumerable.Repeat('a', parts))} = 1\n"), out _) is null);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void An_event_has_so_many_bytes(int beyond, int read)
    {
        const string Frame = """{"a":""}""";
        Assert.Equal(read, MatchingScene.Events($"{Frame[..^2]}{new string('x', (1 << 20) - Frame.Length + beyond)}\"}}", out var found).Length);
        Assert.Equal(read == 0, found.Contains("are the limit; shorten it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(63, 1)]
    [InlineData(64, 0)]
    public void An_event_has_so_many_levels(int lists, int read) =>
        Assert.Equal(read, MatchingScene.Events($"{{\"a\":{new string('[', lists)}1{new string(']', lists)}}}", out _).Length);

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1001, 1)]
    public void A_file_has_so_many_suppressions(int count, int findings)
    {
        using TemporaryRepository repository = new(("rules/a.yml", Measure.RuleText("t1059.001", more: string.Concat(Enumerable.Repeat("# merlon-disable-next-line MRL2404 -- r\n\n", count)))));
        Assert.Equal(findings, repository.Check().Diagnostics.Count(finding => finding.Message == "file has more than 1000 suppressions; split it"));
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(201, "MRL9003")]
    public void A_commit_has_so_many_levels_of_folders(int levels, string? expected)
    {
        using TemporaryRepository repository = new();
        // Written into git's store alone: few file systems have room for such a path.
        using (LibGit2Sharp.Repository git = new(LibGit2Sharp.Repository.Init(repository.Root)))
        {
            var blob = git.ObjectDatabase.CreateBlob(new MemoryStream("x"u8.ToArray()));
            var tree = git.ObjectDatabase.CreateTree(new LibGit2Sharp.TreeDefinition().Add("a.yml", blob, LibGit2Sharp.Mode.NonExecutableFile));
            for (var i = 0; i < levels; i++)
                tree = git.ObjectDatabase.CreateTree(new LibGit2Sharp.TreeDefinition().Add("d", tree));
            LibGit2Sharp.Signature author = new("a", "a@example.org", new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
            git.Refs.Add("refs/heads/deep", git.ObjectDatabase.CreateCommit(author, author, "c", tree, [], prettifyMessage: false).Id);
        }
        using var opened = Git.GitRepository.TryOpen(repository.Root, out _);
        var revision = opened!.TreeOf(opened.FindCommit("refs/heads/deep")!);
        var failure = Record.Exception(() => revision.Find([Git.PathPattern.TryParse("**/*.yml", "")!]));
        Assert.Equal(expected, (failure as Git.GitFailure)?.Finding.Info.Id);
        Assert.Equal(expected is null, failure is null);
    }

    private static SigmaFile Rule(string more, string selections, string condition) =>
        SigmaFile.Parse("r.yml", Encoding.UTF8.GetBytes($"title: r\n{more}logsource: {{product: windows}}\ndetection:\n{selections}  condition: {condition}\n"));

    private static void AssertSays(string expected, string part, ImmutableArray<Diagnostic> found) =>
        Assert.Equal(expected, string.Join('|', found.Where(finding => finding.Message.Contains(part, StringComparison.Ordinal)).Select(finding => finding.Message)));

    private static string Show(ImmutableArray<Diagnostic> found) => string.Join('|', found.Select(finding => $"{finding.Info.Id} {finding.Message}"));
}
