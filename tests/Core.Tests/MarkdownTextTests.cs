using System.Net;
using CsCheck;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Rule titles and paths come from strangers and stand in a comment that Merlon signs.</summary>
public class MarkdownTextTests
{
    private const string Break = "<!-- -->";

    [Theory]
    [InlineData("plain text, with (words) and 1.5 and a-b", "plain text, with (words) and 1.5 and a-b")]
    [InlineData("@team", "&#64;<!-- -->team")]
    [InlineData("mail a@b.example", "mail a&#64;<!-- -->b.example")]
    [InlineData("#123", "&#35;<!-- -->123")]
    [InlineData("a/b#1", "a/b&#35;<!-- -->1")]
    [InlineData("GH-12", "GH&#45;<!-- -->12")]
    [InlineData("!1 ~x %2 &3 ^a", "&#33;<!-- -->1 &#126;<!-- -->x &#37;<!-- -->2 &#38;<!-- -->3 &#94;<!-- -->a")]
    [InlineData("https://a.example", "https&#58;<!-- -->//a.example")]
    [InlineData("javascript:a", "javascript&#58;<!-- -->a")]
    [InlineData("www.a.example", "www&#46;<!-- -->a.example")]
    [InlineData(":smile:", "&#58;<!-- -->smile&#58;<!-- -->")]
    [InlineData("a: b", "a: b")]
    [InlineData("100% & more", "100% & more")]
    [InlineData("(25%): new.yml", "(25%): new.yml")]
    [InlineData("WWW.a", "WWW&#46;<!-- -->a")]
    [InlineData("::smile:x", ":&#58;<!-- -->smile&#58;<!-- -->x")]
    [InlineData("$x$ 5$ ", "&#36;<!-- -->x&#36;<!-- --> 5&#36;<!-- --> ")]
    [InlineData("[x](y)", "&#91;x&#93;(y)")]
    [InlineData("![x](y)", "&#33;<!-- -->&#91;x&#93;(y)")]
    [InlineData("<img src=x>", "&#60;img src=x&#62;")]
    [InlineData("<!-- x -->", "&#60;&#33;<!-- -->-- x --&#62;")]
    [InlineData("&lt;", "&#38;<!-- -->lt;")]
    [InlineData("a|b", "a&#124;b")]
    [InlineData("a\\|b\\", "a&#92;&#124;b&#92;")]
    [InlineData("`a``", "&#96;a&#96;&#96;")]
    [InlineData("*a* __b__ ~~c~~", "&#42;a&#42; &#95;&#95;b&#95;&#95; &#126;<!-- -->&#126;<!-- -->c&#126;<!-- -->&#126;<!-- -->")]
    [InlineData("a\r\nb\tc", "a&#92;u000D&#92;u000Ab&#92;u0009c")]
    [InlineData("a\u202Eb\u200Bc\u2028d\u00A0e", "a&#92;u202Eb&#92;u200Bc&#92;u2028d&#92;u00A0e")]
    [InlineData("a\U000E0041b", "a&#92;U000E0041b")]
    [InlineData("語 😀", "語 😀")]
    [InlineData("1a2b3c4d", "1a2b3c<!-- -->4d")]
    [InlineData("a\n-1", "a&#92;u000A&#45;<!-- -->1")]
    public void Nothing_of_a_text_is_obeyed(string text, string expected) => Assert.Equal(expected, MarkdownText.Text(text));

    [Fact]
    public void Half_a_character_is_shown_as_such() => Assert.Equal("a&#92;uD800b", MarkdownText.Text("a\ud800b"));

    [Fact]
    public void A_text_shows_its_own_characters_and_no_structure() => Gen.OneOf(Gen.String, Gen.String[Gen.Char["ab1f @#:$!~%&^\\`*_[]()<>|{}-.w\n\u202E"], 0, 60]).Sample(text =>
    {
        var safe = MarkdownText.Text(text);
        Assert.True(safe.Length <= MarkdownText.Longest);
        var bare = safe.Replace(Break, "", StringComparison.Ordinal);
        Assert.DoesNotContain(bare, c => "\\`*_[]<>|{}\n".Contains(c, StringComparison.Ordinal) || char.IsControl(c));
        if (safe is not [.., '…'] && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || !char.IsAscii(c)))
            Assert.Equal(text, WebUtility.HtmlDecode(bare));
        // A reference begins with a sign and something right behind it.
        var parts = safe.Split(Break).Select(WebUtility.HtmlDecode).ToArray();
        Assert.All(parts, part => Assert.DoesNotMatch(@"[@#:!~%&^][^ ,;:)]|\$.|\b[0-9a-fA-F]{7}|[wW]{3}\.|[A-Za-z]-[0-9]", part));
    });

    [Fact]
    public void A_long_text_is_cut_by_what_it_takes()
    {
        Assert.Equal(MarkdownText.Text(new('@', 5000)).Length, MarkdownText.Text(new('@', 500)).Length);
        Assert.InRange(MarkdownText.Text(new('a', 5000)).Length, 300, MarkdownText.Longest);
        Assert.InRange(MarkdownText.Code(new('a', 5000)).Length, 300, MarkdownText.Longest + 13);
        Assert.EndsWith("…", MarkdownText.Text(new('a', 5000)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("rules/a b.yml:12", "`rules/a b.yml:12`")]
    [InlineData("[stable, test]", "`[stable, test]`")]
    [InlineData("@team #1 *", "`@team #1 *`")]
    [InlineData(" a", "<code> a</code>")]
    [InlineData("a`b", "<code>a&#96;b</code>")]
    [InlineData("a|b", "<code>a&#124;b</code>")]
    [InlineData("a\\", "<code>a&#92;</code>")]
    [InlineData("</code>@x", "<code>&#60;/code&#62;&#64;<!-- -->x</code>")]
    [InlineData("$x$", "<code>&#36;<!-- -->x&#36;<!-- --></code>")]
    [InlineData("a\nb", "<code>a&#92;u000Ab</code>")]
    [InlineData("語.yml", "<code>語.yml</code>")]
    public void Code_ends_where_it_should(string text, string expected) => Assert.Equal(expected, MarkdownText.Code(text));
}
