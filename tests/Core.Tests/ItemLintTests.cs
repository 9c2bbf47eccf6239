using System.Text;
using CsCheck;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Checks of detection items (MRL22xx) and values (MRL23xx) at their edges, and over other people's rules.</summary>
public class ItemLintTests
{
    [Theory]
    [InlineData("A|all: [x, y]", "MRL2205 MRL2212")]
    [InlineData("A|re|all: [x, y]", "MRL2205")]
    [InlineData("A|all|contains: [x, y]", "")]
    [InlineData("'|all': [x, y]", "")]
    [InlineData("A|all: x", "MRL2205 MRL2209")]
    [InlineData("A|contains|all: [x]", "MRL2209")]
    [InlineData("'|all': [x]", "")]
    [InlineData("A|base64offset: x1", "MRL2206")]
    [InlineData("'|base64offset': x1", "MRL2206")]
    [InlineData("A|contains|base64: x1", "MRL2203")]
    [InlineData("A|base64|base64: x1", "")]
    [InlineData("A|re|i|ignorecase: x", "MRL2207")]
    [InlineData("A|re|i|m: x", "")]
    [InlineData("A|gt|gte: 1", "MRL2203")]
    [InlineData("A|windash|contains|all: [-x, -y]", "MRL2208")]
    [InlineData("A: [x, X]", "MRL2211")]
    [InlineData("A|cased: [x, X]", "")]
    [InlineData("A|re: [x, X]", "")]
    [InlineData("A|re: [x, x]", "MRL2211")]
    [InlineData("A: [5, '5']", "MRL2211 MRL2303")]
    [InlineData("A: [x*, 'x\\*']", "MRL2213 MRL2304")]
    [InlineData("A|windash: [-x, /x]", "MRL2211")]
    [InlineData("A: [true, 'true']", "MRL2211")]
    [InlineData("A: [null, null]", "MRL2215 MRL2215")]
    [InlineData("'|contains': [x, x]", "")]
    [InlineData("A|all: [x, X]", "MRL2205 MRL2211")]
    [InlineData("A|all: [5, '5.0']", "MRL2205")]
    [InlineData("A|cased|all: [x, X]", "MRL2205")]
    [InlineData("A|neq|all: [x, y]", "MRL2205")]
    [InlineData("{A: x, A|cased: y}", "MRL2212")]
    [InlineData("{A: [x, y], A|cased: y}", "")]
    [InlineData("{A: x, A|neq: y}", "")]
    [InlineData("{A: x, A|endswith: y}", "")]
    [InlineData("{A: x, B: y}", "")]
    [InlineData("A|contains: [ab, xABx]", "MRL2213")]
    [InlineData("A|contains|cased: [ab, xABx]", "")]
    [InlineData("A|contains|all: [ab, xabx]", "")]
    [InlineData("A|startswith: [ab, abc, xab]", "MRL2213")]
    [InlineData("A|endswith: [ab, abc, xab]", "MRL2213")]
    [InlineData("A|contains|windash: [' -e', ' -enc']", "MRL2213")]
    [InlineData("A: [ab, abc]", "")]
    [InlineData("A|wide: x1", "MRL2214 MRL2301")]
    [InlineData("A|utf16: x1", "MRL2214 MRL2301")]
    [InlineData("A|utf16be|contains: x1", "MRL2214 MRL2301")]
    [InlineData("A|wide|base64offset|contains: x1", "")]
    [InlineData("A: []", "MRL2216")]
    [InlineData("A|expand: '%x%'", "")]
    [InlineData("A|expand: ['%x%', root]", "")]
    [InlineData("A|expand: root", "MRL2217")]
    [InlineData("A|expand: '%x% and %y'", "MRL2217")]
    [InlineData("A|expand: '%x% is 50%'", "")]
    public void An_item_is_checked(string item, string ids) => Assert.Equal(ids, Ids(item));

    [Theory]
    [InlineData("A: \"a\\tb\"", "MRL2301")]
    [InlineData("A: \"a\\x1fb\"", "")]
    [InlineData("A|windash: \"a\\tb\"", "")]
    [InlineData("A|re: \"a\\tb\"", "")]
    [InlineData("A: 'a**b'", "MRL2302")]
    [InlineData("A: 'a*?*b'", "")]
    [InlineData("A: 'a*\\*b'", "MRL2304")]
    [InlineData("A|contains: '**a'", "MRL2302")]
    [InlineData("A|contains|windash: '**a'", "")]
    [InlineData("A: '**'", "MRL2302 MRL2307")]
    [InlineData("A: '*'", "")]
    [InlineData("A: '12'", "MRL2303")]
    [InlineData("A: '-1_2'", "MRL2303")]
    [InlineData("A: '1__2'", "")]
    [InlineData("A: '1 2'", "")]
    [InlineData("A: '1.5'", "")]
    [InlineData("A: 00000429", "MRL2303")]
    [InlineData("A: 0123", "MRL2316")]
    [InlineData("A|contains: '12'", "")]
    [InlineData("A|cased: '12'", "MRL2303")]
    [InlineData("A|fieldref: '12'", "")]
    [InlineData("['12']", "MRL2303")]
    [InlineData("A: ['*x', '*y']", "MRL2305")]
    [InlineData("A: ['*x', y]", "")]
    [InlineData("A: ['*x', '*y*']", "")]
    [InlineData("A: ['*x', 5]", "")]
    [InlineData("A: '*x?y'", "")]
    [InlineData("A|contains: '*x'", "MRL2305")]
    [InlineData("A|endswith: '*x'", "")]
    [InlineData("A|startswith: '*x*'", "MRL2307")]
    [InlineData("A|contains: '*x*'", "")]
    [InlineData("A: 'x*'", "MRL2306")]
    [InlineData("A: 'x\\*'", "MRL2304")]
    [InlineData("A: 'x\\\\*'", "MRL2306")]
    [InlineData("['*x*']", "MRL2307")]
    [InlineData("A|re: '.*x*'", "")]
    [InlineData("A|expand: '*%x%*'", "MRL2307")]
    [InlineData("A|re: 'a(?=b)'", "MRL2310")]
    [InlineData("A|re: '(?<=b*)a'", "MRL2308")]
    [InlineData("A|re: '(?P<x>a)\\bb+?c++'", "MRL2311 MRL2311 MRL2311 MRL2311")]
    [InlineData("A|re: '\\d[[:alpha:]]'", "MRL2311")]
    [InlineData("A|cidr: 10.0.0.1/8", "MRL2312")]
    [InlineData("A|cidr: 10.0.0.0/255.0.0.0", "")]
    [InlineData("A|cidr: 10.0.0.0/0.255.255.255", "")]
    [InlineData("A|cidr: 10.0.0.1", "")]
    [InlineData("A|cidr: 10.0.0.0/33", "MRL2312")]
    [InlineData("A|cidr: 10.0.0.0/", "MRL2312")]
    [InlineData("A|cidr: 010.0.0.0/8", "MRL2312")]
    [InlineData("A|cidr: 0.0.0.0/0", "")]
    [InlineData("A|cidr: 2001:db8::/32", "")]
    [InlineData("A|cidr: 2001:db8::1/32", "MRL2312")]
    [InlineData("A|cidr: '::1/128'", "")]
    [InlineData("A|cidr: 'fe80::/129'", "MRL2312")]
    [InlineData("A|cidr: host", "MRL2312")]
    [InlineData("Hashes: 5", "MRL2313")]
    [InlineData("Hashes|re: x", "MRL2313")]
    [InlineData("Hashes|contains: IMPHASH=", "MRL2313")]
    [InlineData("Hashes: 'MD5=D41D8CD98F00B204E9800998ECF8427E'", "")]
    [InlineData("Hashes: '*MD5=D41D8CD98F00B204E9800998ECF8427E*,x'", "MRL2313")]
    [InlineData("Hash: 'md5=D41D8CD98F00B204E9800998ECF8427E'", "MRL2313")]
    [InlineData("md5: x", "")]
    [InlineData("SubjectUserName: 'AUTORITE NT'", "MRL2314")]
    [InlineData("SubjectUserName: 'autorite nt'", "")]
    [InlineData("User|contains: [AUTHORI, AUTORI]", "")]
    [InlineData("User|contains: AUTHORI", "MRL2314")]
    [InlineData("User|startswith|windash: AUTHORI", "MRL2314")]
    [InlineData("A: 2024-01-01", "MRL2315")]
    [InlineData("A: 2024-1-1", "")]
    [InlineData("A: 2024-01-01 10:00:00", "MRL2315")]
    [InlineData("A: '2024-01-01'", "")]
    [InlineData("A: [off, 1_000, 12:30, 1e5, 0o17, 0b1, .inf, 5.0, +6, '=']", "MRL2316 MRL2316 MRL2316 MRL2316 MRL2316 MRL2316")]
    public void A_value_is_checked(string item, string ids) => Assert.Equal(ids, Ids(item));

    [Theory]
    [InlineData("(", 0)]
    [InlineData("a)", 1)]
    [InlineData("[a", 0)]
    [InlineData("[]", 0)]
    [InlineData("[z-a]", 1)]
    [InlineData("*a", 0)]
    [InlineData("a|*", 2)]
    [InlineData("(?:+)", 3)]
    [InlineData("a**", 2)]
    [InlineData("a{3,2}", 1)]
    [InlineData("{2}", 0)]
    [InlineData("a\\", 1)]
    [InlineData("\\y", 0)]
    [InlineData("(a)\\2", 3)]
    [InlineData("\\u12", 0)]
    [InlineData("(?<x>a)(?<x>b)", 10)]
    [InlineData("(?_a)", 0)]
    [InlineData("(?", 0)]
    [InlineData("(?P<", 0)]
    [InlineData("(?#a", 0)]
    [InlineData("a(b(c)", 1)]
    [InlineData("(?P<n>a)(?P=m)", 12)]
    [InlineData("a\\k<m>", 4)]
    [InlineData("a(?#b)*+?", 8)]
    public void An_expression_that_no_engine_takes_is_told_from_its_place(string pattern, int index) =>
        Assert.Equal(index, RegexSyntax.Parse(pattern, "").Error?.Index);

    [Theory]
    [InlineData("")]
    [InlineData("a{,}b{x}{{]}")]
    [InlineData("a*?b+?c??d{2}?e*+")]
    [InlineData("[]a][^]a][a-][-a][\\]\\w-z][[:alpha:]_]")]
    [InlineData("(?i)a(?-i:b)(?:c)(?=d)(?!e)(?<=f)(?<!g)(?>h)(?|i)(?#j)")]
    [InlineData("(?P<n>a)(?P=n)\\k<n>(?<m>b)\\1(?(1)a|b)(?R)(?P>n)")]
    [InlineData("\\x41\\x{41}\\u0041\\101\\0\\cA\\e\\Q(\\E\\p{Lu}\\N{DASH}\\o{101}")]
    [InlineData("(?x) a b # c ( d\n e")]
    [InlineData("[\U0001F600-\U0001F64F]\\🙂")]
    [InlineData("^*$+\\b?")]
    [InlineData("a(?#b)*(?#c)")]
    [InlineData("a{99999999999}")]
    public void An_expression_that_an_engine_takes_is_no_error(string pattern) => Assert.Null(RegexSyntax.Parse(pattern, "").Error);

    [Theory]
    [InlineData("(a+)+b", "(a+)+")]
    [InlineData("^(a*)*$", "(a*)*")]
    [InlineData("x(a|a)*y", "(a|a)*")]
    [InlineData("(a|ab|b)+$", "(a|ab|b)+")]
    [InlineData("^(\\w+\\s?)*$", "(\\w+\\s?)*")]
    [InlineData("(.*,)*x", "(.*,)*")]
    [InlineData("(a{2,}){2,}b", "(a{2,}){2,}")]
    [InlineData("(?i)([a-z]|A)+!", "([a-z]|A)+")]
    [InlineData("(?:a+?)+?b", "(?:a+?)+?")]
    [InlineData("((?:[0-9]+,?)+;)+x", "((?:[0-9]+,?)+;)+")]
    [InlineData("(a+)+", null)] // matches at once
    [InlineData("(a+)+b?", null)]
    [InlineData("^(a+)+.*", null)]
    [InlineData("(?>(a+)+)b", null)]
    [InlineData("(a++)+b", null)]
    [InlineData("(a+)b", null)]
    [InlineData("(a+b)+c", null)]
    [InlineData("(a|b)*c", null)]
    [InlineData("(\\w+\\s)*$", null)]
    [InlineData(".*.*.*x", null)] // a polynomial
    [InlineData("(a+){2,20}b", null)]
    [InlineData("(é+)+b", null)] // beyond ASCII nothing is certain
    [InlineData("([a-z]|A)+!", null)]
    public void An_expression_that_runs_away_is_found(string pattern, string? loop)
    {
        var found = RegexRunaway.Find(RegexSyntax.Parse(pattern, "").Root!); // no error
        Assert.Equal(loop, found is var (at, _) ? pattern.Substring(at.Index, at.Length) : null);
    }

    [Fact]
    public void No_expression_throws_or_takes_long()
    {
        const string Likely = "()[]{}|*+?\\^$.,-:=!<>P#ia12b\n";
        var likely = Gen.Int[0, Likely.Length - 1].Select(index => Likely[index]);
        Gen.OneOf(likely.Array[0, 60], likely.Array[0, 10_000]).Select(characters => new string(characters)).Sample(pattern =>
        {
            var syntax = RegexSyntax.Parse(pattern, "i");
            Assert.NotEqual(syntax.Root is null, syntax.Error is null);
            if (syntax.Error is { } error)
                Assert.True(error.Index >= 0 && error.Length >= 0 && error.Index + error.Length <= pattern.Length && error.Message.Length > 0);
            Assert.All(syntax.Constructs, construct => Assert.InRange(construct.Index + construct.Length, 1, pattern.Length));
            if (syntax.Root is { } root)
                _ = RegexRunaway.Find(root);
        }, iter: 3000);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("(?:", "+)+")]
    [InlineData("(a*", ")*")]
    [InlineData("a{1,1000}", "")]
    [InlineData("(a|", "b)*")]
    [InlineData("(?<=", ")")]
    [InlineData("\\Q", "")]
    public void A_hostile_expression_ends_soon(string open, string close)
    {
        foreach (var times in (int[])[20, 200, 5000])
        {
            var pattern = string.Concat(Enumerable.Repeat(open, times)) + "x" + string.Concat(Enumerable.Repeat(close, times)) + "!";
            if (RegexSyntax.Parse(pattern, "").Root is { } root)
                _ = RegexRunaway.Find(root);
        }
    }

    [Theory]
    [InlineData("A|contains|all: x", "A|contains: x")]
    [InlineData("A|base64offset: x1", "A|base64offset|contains: x1")]
    [InlineData("A|re|i|ignorecase: x", "A|re|i: x")]
    [InlineData("A:\n      - x\n      - X\n      - y", "A:\n      - x\n      - y")]
    [InlineData("A|contains:\n      - abc # longer\n      - b", "A|contains:\n      - b")]
    [InlineData("A: [x, X]", null)]
    [InlineData("A: 'a***b'", "A: 'a*b'")]
    [InlineData("A: '12'", "A: 12")]
    [InlineData("A: '012'", null)]
    [InlineData("A|cased: '12'", null)]
    [InlineData("A|windash: ['*-x', \"*y\"]", "A|endswith|windash: ['-x', \"y\"]")]
    [InlineData("'A': x*", "'A|startswith': x")]
    [InlineData("A: 5*", null)]
    [InlineData("A: '*x*'", "A|contains: 'x'")]
    [InlineData("A|contains: '*x'", null)]
    [InlineData("A: \"*\\x41\"", null)]
    [InlineData("A|cidr: 10.1.2.3/8", "A|cidr: 10.0.0.0/8")]
    [InlineData("A: 2024-01-01", "A: '2024-01-01'")]
    [InlineData("A: off", "A: 'off'")]
    public void A_fix_changes_what_it_says_and_no_more(string item, string? mended)
    {
        var text = Text(item);
        var fix = Assert.Single(Find(text)).Fix;
        Assert.Equal(mended is null ? null : Text(mended), fix is null ? null : Mended(text, fix));
        if (fix is not null)
            Assert.Equal("", string.Join(' ', Find(Mended(text, fix)).Select(finding => finding.Info.Id)));
    }

    [Fact]
    public void Filters_are_checked_where_they_cannot_match_and_keep_their_manners()
    {
        const string Filter = "title: t\nlogsource: {product: windows}\nfilter:\n  rules: any\n  a: {A|wide: x1, B|cidr: 10.0.0.1/8, C: '12', D|re: '('}\n  condition: not a\n";
        Assert.Equal("MRL2214 MRL2312 MRL2308", string.Join(' ', Find(Filter).Select(finding => finding.Info.Id)));
    }

    [Theory]
    [InlineData("cidr_hostbits", "MRL2312")]
    [InlineData("contains_int", "MRL2203")]
    [InlineData("date_value", "MRL2315")]
    [InlineData("exists_str", "MRL2203")]
    [InlineData("gt_str", "MRL2203")]
    [InlineData("empty_list", "MRL2216")]
    [InlineData("unknown_mod", "MRL2202")]
    [InlineData("mod_all", "MRL2205 MRL2209")]
    [InlineData("mod_base64", "")]
    [InlineData("mod_base64offset", "MRL2206")]
    [InlineData("mod_base64offset_contains", "")]
    [InlineData("mod_contains_re", "MRL2204")]
    [InlineData("mod_exists", "")]
    [InlineData("mod_fieldref", "")]
    [InlineData("mod_hour", "")]
    [InlineData("mod_neq", "")]
    [InlineData("mod_re", "")]
    [InlineData("mod_re_contains", "")]
    [InlineData("mod_re_i", "")]
    [InlineData("mod_utf16", "MRL2214 MRL2301")]
    [InlineData("mod_utf16le", "MRL2214 MRL2301")]
    [InlineData("mod_wide", "MRL2214 MRL2301")]
    [InlineData("mod_windash", "")]
    [InlineData("re_int", "")]
    [InlineData("re_invalid", "MRL2308")]
    [InlineData("re_lookahead", "MRL2310")]
    public void A_malformed_rule_is_located(string name, string ids) =>
        Assert.Equal(ids, string.Join(' ', Find(File.ReadAllText(Repository.SharedData($"oracles/malformed/{name}.yml"))).Select(finding => finding.Info.Id).Distinct()));

    [Fact]
    public void SigmaHQ_has_the_findings_that_its_own_validators_have()
    {
        Dictionary<string, string> issues = new() { ["EscapedWildcardIssue"] = "MRL2304", ["NumberAsStringIssue"] = "MRL2303" };
        string[] manners = ["MRL2205", "MRL2206", "MRL2207", "MRL2208", "MRL2209", "MRL2211", "MRL2301", "MRL2302", "MRL2303", "MRL2304", "MRL2305", "MRL2306", "MRL2307", "MRL2310", "MRL2313", "MRL2314"];
        var expected = File.ReadLines(Repository.SharedData("oracles/lint-findings.tsv")).Select(line => line.Split('\t')).Where(row => issues.ContainsKey(row[1]))
            .CountBy(row => (File: Path.GetFileName(row[0]), Id: issues[row[1]])).ToDictionary(count => count.Key, count => count.Value);
        var found = CorpusTests.SigmaHqFindings(Preset.SigmaHq).Where(finding => manners.Contains(finding.Info.Id))
            .CountBy(finding => (File: finding.Span.Path, finding.Info.Id)).ToDictionary(count => count.Key, count => count.Value);
        // The list is of half of the files, so all of it must be found, and what else is found is of the same two kinds.
        Assert.All(expected, issue => Assert.Equal((issue.Key, issue.Value), (issue.Key, found.GetValueOrDefault(issue.Key))));
        Assert.Equal([("create_stream_hash_ads_executable.yml", "MRL2313")], found.Keys.Where(issue => !issues.ContainsValue(issue.Id)));
        Assert.InRange(found.Values.Sum(), expected.Values.Sum(), 3 * expected.Values.Sum());
    }

    // In '(?:.*\)){1,}.*"' a ')' ends a round or is a part of '.*', and a text without a quote is tried both ways at each of them.
    [Fact]
    public void SigmaHQ_has_no_recommended_finding_but_three_expressions_that_do_run_away() => Assert.Equal(
        ["posh_pm_invoke_obfuscation_var.yml MRL2309", "posh_ps_invoke_obfuscation_var.yml MRL2309", "proc_creation_win_hktl_invoke_obfuscation_var.yml MRL2309"],
        CorpusTests.SigmaHqFindings(Preset.Recommended).Where(IsOfItems).Select(finding => $"{finding.Span.Path} {finding.Info.Id}"));

    [Fact]
    public void Every_expression_of_SigmaHQ_is_read()
    {
        Repository.SharedData("sigmahq/rules");
        var patterns = CorpusTests.SigmaHqRules.SelectMany(rule => rule.Sigma!.Detection!.Selections).SelectMany(selection => selection.Root!.AllItems()) // all are valid Sigma rules
            .Where(item => item.Has(Modifier.Re)).SelectMany(item => item.Written).ToArray();
        Assert.InRange(patterns.Length, 100, 1000);
        Assert.All(patterns, pattern => Assert.Null(RegexSyntax.Parse(pattern.Value, "").Error));
    }

    private static bool IsOfItems(Diagnostic finding) => finding.Info.Id.StartsWith("MRL22", StringComparison.Ordinal) || finding.Info.Id.StartsWith("MRL23", StringComparison.Ordinal);

    private static string Ids(string item) => string.Join(' ', Find(Text(item)).Select(finding => finding.Info.Id));

    private static string Text(string item) =>
        $"title: t\nlogsource:\n  product: windows\ndetection:\n  s{(item[0] is '{' or '[' ? $": {item}" : $":\n    {item}")}\n  condition: s\n";

    private static Diagnostic[] Find(string text)
    {
        var rules = RuleSet.Of([SigmaFile.Parse("rule.yml", Encoding.UTF8.GetBytes(text))]);
        return [.. rules.Diagnostics.Concat(Linter.Check(rules, LintRuleTests.Context("19.1"), new() { Preset = Preset.Strict })).InReportOrder().Where(IsOfItems)];
    }

    private static string Mended(string text, Fix fix)
    {
        var lines = text.Split('\n').Select(line => line.Length + 1).ToArray();
        int Offset(int line, int column) => lines.Take(line - 1).Sum() + column - 1;
        foreach (var edit in fix.Edits.OrderByDescending(edit => (edit.Span.Line, edit.Span.Column)))
            text = text[..Offset(edit.Span.Line, edit.Span.Column)] + edit.NewText + text[Offset(edit.Span.EndLine, edit.Span.EndColumn)..];
        return text;
    }
}
