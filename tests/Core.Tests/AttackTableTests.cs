using System.Text;
using CsCheck;
using Merlon.Core.Attack;
using Xunit;

namespace Merlon.Core.Tests;

public sealed class AttackTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("merlon-attack-").FullName;

    private string TablePath => Path.Combine(_folder, "acme.tsv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(AttackFactsTests.Embedded), MemberType = typeof(AttackFactsTests))]
    public void Writing_reading_and_writing_gives_the_embedded_bytes(string domain, string version)
    {
        var release = AttackFactsTests.Release(domain, version);
        Assert.Equal(EmbeddedText(release), TextOf(release));
        Save(release);
        var (again, diagnostics) = AttackTable.Read(TablePath, "acme.tsv");
        Assert.Empty(diagnostics);
        Assert.Equal((release.Domain, release.Version, release.IsRebuilt), (again!.Domain, again.Version, again.IsRebuilt));
        Assert.Equal(TextOf(release), TextOf(again));
    }

    [Fact]
    public void Any_value_survives_the_table() => Gen.Select(Gen.String, Gen.String.Array).Sample((name, aliases) =>
    {
        var clean = aliases.Where(alias => alias.Length > 0).ToArray();
        return TableText.Unescape(TableText.Escape(name)) == name && !TableText.Escape(name).AsSpan().ContainsAny("\t\n\r")
            && string.Join('|', clean.Select(TableText.EscapeItem)).Split('|', StringSplitOptions.RemoveEmptyEntries).Select(item => TableText.Unescape(item)).SequenceEqual(clean);
    });

    [Fact]
    public void Line_ends_of_Windows_are_read_too()
    {
        var release = AttackFactsTests.Release("ics-attack", "16.1");
        Save(release, part => part.ReplaceLineEndings("\r\n"));
        Assert.Equal(TextOf(release), TextOf(AttackTable.Read(TablePath, "acme.tsv").Release!));
    }

    private const string Techniques =
        "# format: 1\n# domain: ics-attack\n# release: 1\n# records: 3\n" +
        "tactic\tTA0001\timpact\tImpact\t00000000-0000-0000-0000-000000000001\n" +
        "technique\tT0800\tOne\timpact\t\t\t\t00000000-0000-0000-0000-000000000002\n" +
        "technique\tT0801\tTwo\timpact\t\trevoked\tT0800\t00000000-0000-0000-0000-000000000003\n";

    private const string Groups =
        "# format: 1\n# domain: ics-attack\n# release: 1\n# records: 1\n" +
        "group\tG0001\tActor\t\tT0800\t\t\t\t00000000-0000-0000-0000-000000000004\n";

    private const string Detection =
        "# format: 1\n# domain: ics-attack\n# release: 1\n# records: 5\n" +
        "component\tDC0001\tFiles\t00000000-0000-0000-0000-000000000005\n" +
        "source\tDC0001\tlog\tchannel\n" +
        "analytic\tAN0001\tNone\t00000000-0000-0000-0000-000000000006\n" +
        "reads\tAN0001\tDC0001\tlog\tchannel\n" +
        "strategy\tDET0001\tWatch\tT0800\tAN0001\t00000000-0000-0000-0000-000000000007\n";

    [Theory]
    [InlineData("\tT0800\tOne", "\tT080\tOne", "acme.tsv(6,11)", "'T080' is no technique id")]
    [InlineData("technique\tT0800", "technic\tT0800", "acme.tsv(6,1)", "'technic' with 8 columns is no record of this part of the table")]
    [InlineData("T0800\tOne", "T0800", "acme.tsv(6,1)", "'technique' with 7 columns is no record of this part of the table")]
    [InlineData("T0801", "t0800", "acme.tsv(7,11)", "'t0800' is listed twice")]
    [InlineData("\tOne\t", "\t\t", "acme.tsv(6,17)", "column 3 of 'technique' is empty")]
    [InlineData("\tOne\t", "\tO\\ne\\q\t", "acme.tsv(6,17)", @"a backslash is written \\")]
    [InlineData("\tOne\timpact", "\tOne\timpact||", "acme.tsv(6,21)", @"'impact||' holds an empty item, or a backslash that is not written \\")]
    [InlineData("\trevoked\t", "\tgone\t", "acme.tsv(7,29)", "'gone' is no status; it is empty, revoked or deprecated")]
    [InlineData("00000000-0000-0000-0000-000000000002", "2", "acme.tsv(6,31)", "'2' is no UUID")]
    [InlineData("# records: 3\n", "# records: 4\nmodified\tyesterday\tT0800\n", "acme.tsv(5,10)", "'yesterday' is no day such as 2025-10-24")]
    [InlineData("# records: 3\n", "# records: 4\nparent\tT0800.001\tT0800\n", "acme.tsv(5,1)", "the parent of 'T0800.001' stands under another technique")]
    [InlineData("# format: 1", "# format: 2", "acme.tsv(1,1)", "the format '2' is not known; this version reads format 1")]
    [InlineData("# domain: ics", "# domain: cloud", "acme.tsv(1,1)", "the domain 'cloud-attack' is not known; it is enterprise-attack, ics-attack or mobile-attack")]
    [InlineData("# release: 1", "# re: 1", "acme.tsv(1,1)", "the header names no release")]
    [InlineData("# records: 3", "# records: many", "acme.tsv(1,1)", "the header does not say how many records there are")]
    [InlineData("# records: 3", "# records: 4", "acme.tsv(1,1)", "the header counts 4 records and there are 3")]
    [InlineData("# release: 1", "# release: 2", "acme.groups.tsv(1,1)", "this part is of ics-attack 1 and the first one of ics-attack 2")]
    public void A_broken_line_of_techniques_is_reported_where_it_stands(string good, string bad, string place, string message) =>
        Reports(place, message, Techniques.Replace(good, bad, StringComparison.Ordinal), Groups, Detection);

    [Theory]
    [InlineData("\tT0800\t", "\tT0800|x\t", "acme.groups.tsv(5,20)", "'x' is no technique id")]
    [InlineData("group", "technique", "acme.groups.tsv(5,1)", "'technique' with 9 columns is no record of this part of the table")]
    [InlineData("\tT0800\t", "\tT0802\t", "acme.groups.tsv(1,1)", "'G0001' names T0802, which is no live technique of the release")]
    [InlineData("\tT0800\t", "\tT0801\t", "acme.groups.tsv(1,1)", "'G0001' names T0801, which is no live technique of the release")]
    [InlineData("\tT0800\t\t", "\tT0800\tS0001\t", "acme.groups.tsv(1,1)", "'G0001' names S0001, which is no live software of the release")]
    public void A_broken_line_of_groups_is_reported_where_it_stands(string good, string bad, string place, string message) =>
        Reports(place, message, Techniques, Groups.Replace(good, bad, StringComparison.Ordinal), Detection);

    [Theory]
    [InlineData("source\tDC0001", "source\tDC0002", "acme.detection.tsv(6,1)", "a log source of 'DC0002' stands under another data component")]
    [InlineData("reads\tAN0001", "reads\tAN0002", "acme.detection.tsv(8,1)", "a log source of 'AN0002' stands under another analytic")]
    [InlineData("T0800\tAN0001", "T0800\tAN0002", "acme.detection.tsv(9,1)", "analytic 'AN0002' does not stand above its strategy")]
    [InlineData("T0800\tAN0001", "T0803\tAN0001", "acme.detection.tsv(1,1)", "'DET0001' names T0803, which is no live technique of the release")]
    public void A_broken_line_of_detection_is_reported_where_it_stands(string good, string bad, string place, string message) =>
        Reports(place, message, Techniques, Groups, Detection.Replace(good, bad, StringComparison.Ordinal));

    [Fact]
    public void A_table_that_is_cut_off_is_never_a_shorter_release()
    {
        Save(Techniques, Groups, Detection);
        Assert.NotNull(AttackTable.Read(TablePath, "acme.tsv").Release);
        Gen.Select(Gen.Int[0, Techniques.Length - 2], Gen.Int[0, Detection.Length - 2]).Sample((techniques, detection) =>
        {
            TableReader first = new(new MemoryStream(Encoding.UTF8.GetBytes(Techniques[..techniques])), "x");
            TechniqueTable.Read(first);
            TableReader third = new(new MemoryStream(Encoding.UTF8.GetBytes(Detection[..detection])), "x");
            DetectionTable.Read(third);
            return !first.Diagnostics.IsEmpty && !third.Diagnostics.IsEmpty;
        });
    }

    [Fact]
    public void Any_bytes_are_diagnostics_and_never_an_exception() => Gen.Byte.Array.Sample(bytes =>
    {
        TableReader reader = new(new MemoryStream([.. Encoding.UTF8.GetBytes(Groups), .. bytes]), "x");
        GroupTable.Read(reader);
        return bytes.Length == 0 || !reader.Diagnostics.IsEmpty;
    });

    [Fact]
    public void A_missing_part_is_named()
    {
        File.WriteAllText(TablePath, Techniques);
        var (release, diagnostics) = AttackTable.Read(TablePath, "acme.tsv");
        Assert.Null(release);
        Assert.Equal(["acme.groups.tsv", "acme.detection.tsv"], diagnostics.Select(diagnostic => diagnostic.Span.Path));
        Assert.All(diagnostics, diagnostic => Assert.Equal(("MRL8010", "ATT&CK table cannot be read: there is no such file"), (diagnostic.Info.Id, diagnostic.Message)));
    }

    [Fact]
    public void A_circle_of_revocations_ends()
    {
        Save(Techniques.Replace("impact\t\t\t\t", "impact\t\trevoked\tT0801\t", StringComparison.Ordinal),
            Groups.Replace("\tT0800\t", "\t\t", StringComparison.Ordinal), Detection.Replace("\tT0800\t", "\t\t", StringComparison.Ordinal));
        var (release, diagnostics) = AttackTable.Read(TablePath, "acme.tsv");
        Assert.Empty(diagnostics);
        Assert.Null(release!.FinalReplacement(AttackReleaseTests.Id("T0800")));
    }

    private void Reports(string place, string message, string techniques, string groups, string detection)
    {
        Save(techniques, groups, detection);
        var (release, diagnostics) = AttackTable.Read(TablePath, "acme.tsv");
        Assert.Null(release);
        Assert.Contains($"{place}: MRL8010 ATT&CK table cannot be read: {message}",
            diagnostics.Select(one => $"{one.Span.Path}({one.Span.Line},{one.Span.Column}): {one.Info.Id} {one.Message}"));
    }

    private static string EmbeddedText(AttackRelease release)
    {
        var paths = AttackTable.PathsOf($"src/Core/Attack/Releases/{release.Domain.Name.Split('-')[0]}-{release.Version}.tsv");
        return File.ReadAllText(Repository.PathOf(paths.Techniques)) + File.ReadAllText(Repository.PathOf(paths.Groups)) + File.ReadAllText(Repository.PathOf(paths.Detection));
    }

    internal static string TextOf(AttackRelease release)
    {
        StringWriter text = new(new StringBuilder());
        AttackTable.Write(release, text, text, text);
        return $"{text}";
    }

    private void Save(AttackRelease release, Func<string, string>? change = null)
    {
        StringWriter techniques = new(), groups = new(), detection = new();
        AttackTable.Write(release, techniques, groups, detection);
        change ??= part => part;
        Save(change($"{techniques}"), change($"{groups}"), change($"{detection}"));
    }

    private void Save(string techniques, string groups, string detection)
    {
        var paths = AttackTable.PathsOf(TablePath);
        File.WriteAllText(paths.Techniques, techniques);
        File.WriteAllText(paths.Groups, groups);
        File.WriteAllText(paths.Detection, detection);
    }
}
