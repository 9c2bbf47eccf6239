using CsCheck;
using Merlon.Core.Sources.Tables;
using Xunit;

namespace Merlon.Core.Tests;

public class TableMapTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a.b[].c", "a|b|c")]
    [InlineData("a[][].b[]", "a|b")]
    [InlineData("Reports[\"MITRE ATT&CK\"][]", "Reports|MITRE ATT&CK")]
    [InlineData("[\"a.b\"].c?", "a.b|c")]
    [InlineData("[\"a\\\"]\"][\"b?\"]", "a\"]|b?")]
    public void Paths_have_names(string text, string names)
    {
        var path = TablePath.TryParse(text, default, out _, out _);
        Assert.Equal((names, text.EndsWith('?')), (string.Join('|', path!.Names), path.IsOptional));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("?", 0)]
    [InlineData(".a", 0)]
    [InlineData("a.", 2)]
    [InlineData("a..b", 2)]
    [InlineData("[]", 0)]
    [InlineData("a[0]", 1)]
    [InlineData("a[\"", 1)]
    [InlineData("a[\"\"]", 1)]
    [InlineData("a[]b", 3)]
    [InlineData("a]", 1)]
    public void What_is_no_path_is_told_where(string text, int where)
    {
        Assert.Null(TablePath.TryParse(text, default, out var why, out var at));
        Assert.NotEqual("", why);
        Assert.Equal(where, at);
    }

    [Fact]
    public void Names_are_read_back_from_paths() => Gen.String[Gen.Char["ab.[]\"\\? é&"], 1, 5].Array[1, 4].Sample(names =>
    {
        var text = string.Concat(names.Select(name => $"[\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]"));
        return TablePath.TryParse(text, default, out _, out _)!.Names.SequenceEqual(names);
    });

    [Fact]
    public void No_text_makes_the_reader_of_paths_fail() => Gen.String[Gen.Char["ab.[]\"\\?"], 0, 12].Sample(text => TablePath.TryParse(text, default, out _, out var at) is not null || (at >= 0 && at <= text.Length));

    [Theory]
    [InlineData("csv", "name: a\n", "1:1 'techniques' is missing; add it")]
    [InlineData("csv", "techniques: a\n", "1:1 'name' is missing; add it")]
    [InlineData("csv", "name: a\ntechniqes: b\n", "1:1 'techniques' is missing; add it")]
    [InlineData("csv", "name: a\ntechniques: b\nseverty: c\n", "3:1 'severty' is not a key here; did you mean 'severity'?")]
    [InlineData("csv", "name: a\ntechniques: b\nrecords: c\n", "3:1 'records' is not a key here*")]
    [InlineData("csv", "name: a\ntechniques: { form: b }\n", "2:15 'form' is not a key here; use from or match|2:15 'from' is missing; add it")]
    [InlineData("csv", "name: a\ntechniques: { from: b, match: '(T' }\n", "2:33 '(T' is not a regular expression from here on")]
    [InlineData("csv", "name: a\ntechniques: { from: b, match: '(?=T)' }\n", "2:31 '(?=T)' is a regular expression that may take for ever; write it without look-around, back-references and atomic groups")]
    [InlineData("csv", "name: a\ntechniques: []\n", "2:13 techniques is an empty list; name a column")]
    [InlineData("csv", "name: a\ntechniques: b\nstatus: { from: c, values: { stabel: x } }\n", "3:30 'stabel' is not allowed here; did you mean 'stable'?")]
    [InlineData("csv", "name: a\ntechniques: b\nstate: { from: c, values: { deployed: [x, y], disabled: [X] } }\n", "3:58 'X' is given to 'deployed' already; leave one out")]
    [InlineData("csv", "name: { from: a, values: { b: c } }\ntechniques: b\n", "1:18 'values' is not a key here; use from or match")]
    [InlineData("json", "name: a..b\ntechniques: b\n", "1:9 'a..b' is not a path such as a.b[].c or [\"a.b\"].c: a name is missing, or the dot before one")]
    [InlineData("json", "name: a\ntechniques: b\nwhere: { 'c.': x }\n", "3:12 'c.' is not a path such as a.b[].c or [\"a.b\"].c: a name is missing, or the dot before one")]
    [InlineData("text", "name: a\ntechniques: b\n", "1:1 'records' is missing; add it")]
    [InlineData("text", "records: '(?<a>.*)'\nname: a\ntechniques: { match: T }\n", "1:10 this matches an empty text, which is no record; let it match what each record has")]
    [InlineData("text", "records: '(?<name>.+)'\nname: nam\ntechniques: { match: T }\n", "2:7 'nam' is no named group of records; did you mean 'name'?")]
    [InlineData("text", "records: '(?<name>.+)'\nname: name\ntechniques: { from: name, values: { a: b } }\n", "3:27 'values' is not a key here; use from or match")]
    public void A_map_that_cannot_be_used_is_told_where(string format, string map, string expected)
    {
        _ = Tables.Map(format, map, out var found);
        var shown = string.Join('|', found.Select(one => $"{one.Span.Line}:{one.Span.Column} {one.Message}"));
        if (expected.EndsWith('*'))
            Assert.StartsWith(expected[..^1], shown, StringComparison.Ordinal);
        else
            Assert.Equal(expected, shown);
    }

    [Fact]
    public void An_entry_has_its_map_in_itself_or_in_a_file_that_builds_watch()
    {
        const string Csv = "name,t\na,T1003\n";
        using TemporaryRepository repository = new(("p/merlon.yml", "rules:\n  - { path: a.csv, format: csv, map: { name: name, techniques: t } }\n  - { path: b.csv, format: csv, map: maps/b.yml }\n"),
            ("p/maps/b.yml", "name: name\ntechniques: t\n"), ("p/a.csv", Csv), ("p/b.csv", Csv));
        var config = repository.Load(folder: "p").Config;
        Assert.Equal(["t", "t"], config.Sources.Select(entry => entry.Source.Map!.Techniques.Parts[0].Paths[0].Text));
        Assert.Equal(["p/maps/b.yml", "p/merlon.yml"], config.Files.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{ path: a.csv, format: csv }", "'map' is missing; add it")]
    [InlineData("{ path: a.csv, format: csv, map: none.yml }", "file does not exist*")]
    [InlineData("{ path: a.csv, format: csv, map: ../../x.yml }", "'../../x.yml' is not a path*")]
    [InlineData("{ path: a.csv, format: csv, map: [a] }", "map is a list; write a single value")]
    [InlineData("{ path: a.json, format: inventory, map: b.yml }", "inventory knows where its rules have what, so it takes no map; remove it")]
    public void An_entry_whose_map_cannot_be_had_is_an_error(string entry, string expected)
    {
        using TemporaryRepository repository = new(("merlon.yml", $"rules:\n  - {entry}\n"), ("a.csv", ""), ("a.json", ""));
        var found = Assert.Single(repository.Check().Diagnostics);
        if (expected.EndsWith('*'))
            Assert.StartsWith(expected[..^1], found.Message, StringComparison.Ordinal);
        else
            Assert.Equal(expected, found.Message);
    }
}
