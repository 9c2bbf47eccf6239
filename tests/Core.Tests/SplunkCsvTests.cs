using CsCheck;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

public class SplunkCsvTests
{
    private const string Path = "export.csv";
    private const string Header = "title,eai:acl.app,eai:acl.owner,disabled,is_scheduled,__mv_title,action.correlationsearch.enabled,action.correlationsearch.annotations,search\n";

    private static RuleSet Read(string text, SearchScope scope = SearchScope.Correlation, string? names = null) => SplunkScene.Read(SplunkScene.Source("splunk-csv", scope, names), (Path, text));

    [Fact]
    public void A_row_has_all_that_its_columns_say()
    {
        var text = Header + """"
            "Dump, ""it""",search,ann,0,1,,1,"{""mitre_attack"": [""T1003.001"", ""T1027""]}","index=a
            | where b"
            Plain,,,1,1,,1,,x
            Left out,search,ann,0,1,,0,,x

            """";
        var rules = Read(text);
        Assert.Equal("", SplunkScene.Found(rules));
        Assert.Equal("search/ann/Dump, \"it\": T1003.001 T1027\nPlain:", SplunkScene.Tags(rules));
        Assert.Equal("T1003.001\nT1027", SplunkScene.Placed(rules, (Path, text)));
        Assert.Equal([(RuleState.Deployed, 2, 1), (RuleState.Disabled, 4, 1)], rules.Rules.Select(rule => (rule.State, rule.Span.Line, rule.Span.Column)));
        Assert.Equal(QueryHash.Of("index=a\n| where b"), rules.Rules[0].QueryHash);
        Assert.Null(rules.Read[0].Exported);
    }

    [Fact]
    public void Annotations_over_several_lines_have_their_places_too()
    {
        var text = Header + "A,search,ann,0,1,,1,\"{\n\"\"mitre_attack\"\":\n  \"\"T1003 T1059\"\"}\",x\n";
        Assert.Equal("T1003\nT1059", SplunkScene.Placed(Read(text), (Path, text)));
    }

    [Theory]
    [InlineData("title,is_scheduled,action.correlationsearch.label", "Correlation", "disabled")]
    [InlineData("title,disabled,action.correlationsearch.label", "Correlation", "is_scheduled")]
    [InlineData("name,disabled,is_scheduled", "All", "title")]
    [InlineData("title,disabled,is_scheduled", "Correlation", "action.correlationsearch.annotations")]
    [InlineData("title,disabled,is_scheduled", "Alerts", "actions")]
    public void A_column_that_is_missing_is_named(string header, string scope, string column)
    {
        var rules = Read($"{header}\nA,0,1\n", Enum.Parse<SearchScope>(scope));
        Assert.Equal($"{Path}:1:1: error MRL1101: column '{column}' is missing; export it too", SplunkScene.Found(rules));
        Assert.Equal([Path], rules.Unreadable);
    }

    [Fact]
    public void Rows_that_are_none_are_told_and_the_others_read()
    {
        var rules = Read(Header + ",search,ann,0,1,,1,,x\nA,0\nB,search,ann,,1,,1,nothing,x\nC,search,ann,0,1,,1,nothing,x\n", names: "^[AB]$");
        Assert.Equal($"""
            {Path}:2:1: error MRL1102: row has no title; export the file again
            {Path}:3:1: error MRL1102: row has 2 cells, and the first row 9; export the file again
            {Path}:4:20: error MRL1102: action.correlationsearch.annotations of 'B' are no map in JSON from here on, so its techniques are not known; correct them
            """, SplunkScene.Found(rules), ignoreLineEndingDifferences: true);
        Assert.Equal("its annotations cannot be read", Assert.Single(rules.Rules).Defect);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData(Header + "\"A,search", 2, 1)]
    public void A_file_that_ends_early_is_not_whole(string text, int line, int column)
    {
        var rules = Read(text);
        Assert.Equal([Path], rules.Unreadable);
        var found = Assert.Single(rules.Diagnostics);
        Assert.Equal(("MRL1101", line, column), (found.Info.Id, found.Span.Line, found.Span.Column));
    }

    [Fact]
    public void Any_text_is_read_and_always_the_same() => Gen.Char["\",\n\r;T1059{}[]:\0é"].Array[0, 120].Select(text => Header + new string(text)).Sample(text =>
        SplunkScene.Found(Read(text, SearchScope.All)) == SplunkScene.Found(Read(text, SearchScope.All)));
}
