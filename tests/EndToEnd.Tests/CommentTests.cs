using System.IO.Compression;
using System.Text.Json;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>
/// The comment on a pull request, by the script that writes it, with a program in the place of GitHub's: it answers from files and keeps what it
/// is asked.
/// </summary>
public sealed class CommentTests : IDisposable
{
    private const string Head = "0123456789abcdef0123456789abcdef01234567";
    private const string Marker = "<!-- merlon -->";

    // Parts what GitHub would join.
    private const string Break = "\u200b";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "merlon-" + Path.GetRandomFileName());

    public CommentTests()
    {
        Bash.Need("jq", "unzip");
        // Each argument on a line of its own, and what is sent beside it.
        Bash.WriteProgram(_folder, "gh", """
            printf '%s\n' "$@" --- >> "$FAKE/asked"
            case "$*" in
              *"--method POST"* | *"--method PATCH"*) cat -- "${@: -1}" > "$FAKE/sent" ;;
              *zip*) cat -- "$FAKE/page.zip" ;;
              *artifacts*) cat -- "$FAKE/artifacts.json" ;;
              *pulls*) cat -- "$FAKE/pulls.json" ;;
              *comments*) cat -- "$FAKE/comments.json" ;;
              *) exit 1 ;;
            esac
            """);
        Pulls((7, Head, "stranger/rules"));
        Artifact(500);
        Comments("[]");
        Page("<!-- merlon -->\n## Merlon, main: passed\n\nText.\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_first_run_makes_a_comment_that_says_where_it_comes_from()
    {
        AssertExit(0);
        Assert.Contains("POST\nrepos/owner/rules/issues/7/comments\n", Asked, StringComparison.Ordinal);
        Assert.Equal($"{Marker}\n_Written by [a run](https://github.com/owner/rules/actions/runs/42) of the code of this pull request itself, at {Head}. Nobody has checked what it says._\n\n## Merlon, main: passed\n\nText.\n", Sent.TrimEnd('\n') + "\n");
    }

    [Fact]
    public void A_later_run_replaces_its_own_comment_and_nobody_elses()
    {
        // Two pages of comments, as gh prints them one after another.
        Comments($$"""
            [{"id":1,"user":{"login":"stranger","type":"User"},"body":"{{Marker}}\nmine"},{"id":2,"user":{"login":"github-actions[bot]","type":"Bot"},"body":"another workflow's {{Marker}}"}]
            [{"id":3,"user":{"login":"github-actions[bot]","type":"User"},"body":"{{Marker}}"},{"id":4,"user":{"login":"github-actions[bot]","type":"Bot"},"body":"{{Marker}}\r\nbefore"}]
            """);
        AssertExit(0);
        Assert.Contains("PATCH\nrepos/owner/rules/issues/comments/4\n", Asked, StringComparison.Ordinal);
        Assert.DoesNotContain("POST", Asked, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pull_request_is_the_one_that_GitHub_has_for_the_commit()
    {
        // Of one branch: another commit, another fork of the same name, and the one.
        Pulls((5, new('a', 40), "stranger/rules"), (6, Head, "other/rules"), (7, Head, "stranger/rules"));
        AssertExit(0, ("HEAD_BRANCH", "-x `id` $(id) @/etc/passwd"));
        Assert.Contains("\n-f\nhead=stranger:-x `id` $(id) @/etc/passwd\n", Asked, StringComparison.Ordinal);
        Assert.Contains("repos/owner/rules/issues/7/comments\n", Asked, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_one_pull_request_nothing_is_written()
    {
        Pulls((5, new('a', 40), "stranger/rules"));
        Assert.Contains("no open pull request", AssertExit(0).Output, StringComparison.Ordinal);
        Pulls((5, Head, "stranger/rules"), (7, Head, "stranger/rules"));
        Assert.Contains("several pull requests", AssertExit(0).Output, StringComparison.Ordinal);
        Assert.Contains("is gone", AssertExit(0, ("HEAD_REPOSITORY", "")).Output, StringComparison.Ordinal);
        AssertNothingSent();
    }

    [Fact]
    public void An_artifact_that_is_none_or_too_large_or_something_else_is_not_read()
    {
        File.WriteAllText(PathOf("artifacts.json"), """{"artifacts":[{"id":9,"name":"merlon-comment","expired":true,"size_in_bytes":1},{"id":8,"name":"other","expired":false,"size_in_bytes":1}]}""");
        Assert.Contains("left no merlon-comment", AssertExit(0).Output, StringComparison.Ordinal);
        Artifact(1_048_577);
        Assert.Contains("1048577 bytes", AssertExit(1).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("/zip", Asked, StringComparison.Ordinal);
        Artifact(500);
        File.WriteAllText(PathOf("page.zip"), "no archive");
        AssertExit(1);
        File.Delete(PathOf("page.zip"));
        Zip(("../merlon.md", "x"), ("evil.sh", "x"));
        AssertExit(1);
        AssertNothingSent();
        Assert.False(File.Exists(Path.Combine(_folder, "..", "merlon.md")));
    }

    [Fact]
    public void A_run_that_is_no_number_and_a_commit_that_is_none_end_it()
    {
        AssertExit(1, ("RUN_ID", "42/../../x"));
        AssertExit(1, ("HEAD_SHA", "main"));
        Assert.False(File.Exists(PathOf("asked")));
    }

    [Theory]
    [InlineData("@team \\@team", "@|team \\@|team")]
    [InlineData("&#64;team &commat;team &#x40;team &#8238;", "&#64;|team &amp;commat;team &amp;#|x40;team &amp;#|8238;")]
    [InlineData("#1 o/r#1 GH-1 &#35;1", "#|1 o/r#|1 GH|-1 &#35;|1")]
    [InlineData("[x](https://e.org) ![x](//e.org) [x]: //e.org", "[x]|(https:|//e.org) !|[x]|(//e.org) [x]|: //e.org")]
    [InlineData("www.e.org <https://e.org>", "www|.e.org &lt;https:|//e.org>")]
    [InlineData("</details><details open><summary>x</summary>", "&lt;/details>&lt;details open>&lt;summary>x&lt;/summary>")]
    [InlineData("x <!-- merlon --> <img src=x> <code>y</code>", "x &lt;!-- merlon --> &lt;img src=x> <code>y</code>")]
    [InlineData("$x$ ```mermaid ~~~", "&#36;|x&#36;| `|`|`mermaid ~|~|~")]
    [InlineData("> [!WARNING]", "> [|!WARNING]")]
    [InlineData("a\u202eb\u200bc\0d\u001b[31m", "abcd[31m")]
    // Merlon's own.
    [InlineData("| a | `rules/b.yml:5` | **below** |", "| a | `rules/b.yml:5` | **below** |")]
    [InlineData("## Merlon, a: passed", "## Merlon, a: passed")]
    [InlineData("&#64;<!-- -->team", "&#64;||team")]
    public void A_page_means_nothing_that_a_stranger_wrote(string page, string shown)
    {
        Page($"first\n{page}\n");
        AssertExit(0);
        Assert.Equal(shown.Replace("|", Break, StringComparison.Ordinal), page.StartsWith('|') ? Shown.Replace("|", Break, StringComparison.Ordinal) : Shown);
    }

    [Fact]
    public void What_is_folded_opens_and_closes()
    {
        Page("first\n<details><summary>Gained: 3</summary>\n\n- a\n\n</details>\n</details>\n<details><summary>Gained by tag only: 1</summary>\n- b");
        AssertExit(0);
        Assert.Equal("<details><summary>Gained: 3</summary>\n\n- a\n\n</details>\n&lt;/details>\n<details><summary>Gained by tag only: 1</summary>\n- b\n\n</details>", Shown);
    }

    [Fact]
    public void A_page_has_one_marker_and_the_length_of_a_comment()
    {
        Page($"{Marker}\nfirst\n{Marker}\n{string.Concat(Enumerable.Repeat("- @team &#64; [x](https://e.org) $\n", 20_000))}");
        AssertExit(0);
        Assert.Equal(Sent.LastIndexOf(Marker, StringComparison.Ordinal), Sent.IndexOf(Marker, StringComparison.Ordinal));
        Assert.InRange(Sent.Length, 40_000, 60_000);
        Assert.EndsWith("What follows is longer than a comment.\n", Sent, StringComparison.Ordinal);
        Page(new('@', 250_000));
        AssertExit(0);
        Assert.InRange(Sent.Length, 1, 20_000);
    }

    private string Asked => File.ReadAllText(PathOf("asked"));

    private string Sent => JsonDocument.Parse(File.ReadAllText(PathOf("sent"))).RootElement.GetProperty("body").GetString()!; // it is a text

    // What follows the first line of the page.
    private string Shown => Sent[(Sent.IndexOf("first\n", StringComparison.Ordinal) + 6)..].TrimEnd('\n');

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void AssertNothingSent() => Assert.False(File.Exists(PathOf("sent")));

    private void Pulls(params (int Number, string Head, string Repository)[] pulls) => File.WriteAllText(PathOf("pulls.json"),
        JsonSerializer.Serialize(pulls.Select(pull => new { number = pull.Number, head = new { sha = pull.Head, repo = new { full_name = pull.Repository } } })));

    private void Artifact(int size) => File.WriteAllText(PathOf("artifacts.json"), $$"""{"artifacts":[{"id":9,"name":"merlon-comment","expired":false,"size_in_bytes":{{size}}}]}""");

    private void Comments(string json) => File.WriteAllText(PathOf("comments.json"), json);

    private void Page(string text)
    {
        File.Delete(PathOf("page.zip"));
        Zip(("merlon.md", text));
    }

    private void Zip(params (string Name, string Text)[] entries)
    {
        using var zip = ZipFile.Open(PathOf("page.zip"), ZipArchiveMode.Create);
        foreach (var (name, text) in entries)
        {
            using StreamWriter writer = new(zip.CreateEntry(name).Open());
            writer.Write(text);
        }
    }

    private Ended AssertExit(int exitCode, params (string, string)[] environment)
    {
        var ended = Bash.Run(_folder, "build/comment.sh", [], _folder,
            [("FAKE", _folder), ("GITHUB_REPOSITORY", "owner/rules"), ("RUN_ID", "42"), ("HEAD_SHA", Head), ("HEAD_REPOSITORY", "stranger/rules"), ("HEAD_OWNER", "stranger"), ("HEAD_BRANCH", "change"), .. environment]);
        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        return ended;
    }
}
