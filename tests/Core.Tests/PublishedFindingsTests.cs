using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What findings say of an actor whose TLP keeps its name back, in each form of a check.</summary>
public class PublishedFindingsTests
{
    private const string HiddenPath = "actors/cozy-mole.yml";

    private const string Hidden = """
        name: Cozy Mole
        tlp: red
        description: told by our supplier
        from: [G0046, G9999]
        targets: { default: 60 }
        techniques:
          - { id: T1003.001, required: true, source: "https://example.org/secret", note: a phone call }
        exclude: [{ id: T1105, kind: not-applicable, reason: no such thing, until: 2026-11-01 }]
        """;

    // Nothing of these may be in what is published.
    private static readonly string[] Secrets = ["cozy", "mole", "supplier", "G0046", "G9999", "example.org/secret", "phone", "no such thing", "not-applicable"];

    public static TheoryData<string> Published => ["sarif", "github", "gitlab", "junit"];

    [Theory, MemberData(nameof(Published))]
    public void An_actor_that_is_kept_back_is_in_no_published_form(string format)
    {
        using var repository = Open();
        var result = Check(repository);
        Assert.All(["MRL4004", "MRL4008", "MRL5001", "MRL5002", "MRL5006"], id => Assert.Contains(result.Reported, finding => finding.Info.Id == id));
        var text = Written(format, isPrivate: false, result);
        AssertTellsNothing(text);
        Assert.Contains("Actor 1: targets.default: 60 -> 1; without", text, StringComparison.Ordinal);
        Assert.Contains("T1003.001 LSASS Memory is no longer deployable on Windows for Actor 1, Fox", text, StringComparison.Ordinal);
        Assert.Contains("merlon.yml", text, StringComparison.Ordinal);
        // Beside a change stands what the change brought.
        if (format != "github")
            Assert.All(["Exclusion has expired, in what is kept back by its TLP", "Fox: the target"], told => Assert.Contains(told, text, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Published))]
    public void What_is_private_has_everything(string format)
    {
        using var repository = Open();
        var text = Written(format, isPrivate: true, Check(repository));
        Assert.All(["Cozy Mole: targets.default: 60 -> 1", HiddenPath], shown => Assert.Contains(shown, text, StringComparison.Ordinal));
        Assert.DoesNotContain("Actor 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_for_those_who_have_the_files_has_everything()
    {
        using var repository = Open();
        var result = Check(repository);
        Assert.Equal(TextReport.Write(result.Reported), FindingFormats.Write("msbuild", isPrivate: false, result));
    }

    [Theory]
    [InlineData("note: cozy\n", "MRL4001")]
    [InlineData("include: { software: mole }\n", "MRL4002")]
    [InlineData("sectors: [cozy\n", "MRL1001")]
    [InlineData("name: other\n", "MRL1003")]
    public void A_profile_that_cannot_be_used_is_kept_back_too(string more, string id)
    {
        using var repository = Open();
        repository.Write(HiddenPath, $"{Hidden}\n{more}");
        AssertKeptBack(repository, id);
    }

    [Theory]
    [InlineData("name: Cozy Mole\ntlp: RED\ntechniques: [T1105]\n", "MRL4002")]
    [InlineData("name: Cozy Mole\ntlp: amber+strict\ntechniques: [T1105]\n", "MRL4002")]
    [InlineData("name: Cozy Mole\nTLP: red\ntechniques: [T1105]\n", "MRL4001")]
    [InlineData("name: Cozy Mole\ntlp: [red]\ntechniques: [T1105]\n", "MRL4002")]
    [InlineData("{name: Cozy Mole, \"tlp\": 'red', techniques: [cozy}\n", "MRL1001")]
    [InlineData("name: FOX\ntlp: red\ntechniques: [T1105]\n", "MRL4007")]
    public void Doubt_keeps_back(string profile, string id)
    {
        using var repository = Open();
        repository.Write(HiddenPath, profile);
        AssertKeptBack(repository, id);
    }

    [Fact]
    public void A_profile_with_an_error_that_may_be_told_is_told()
    {
        using var repository = Open();
        repository.Write("actors/fox.yml", "name: Fox\ntlp: green\ntechnique: [T1105]\n");
        Assert.Contains("'technique' is not a key here", FindingFormats.Write("gitlab", isPrivate: false, Check(repository)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_actor_that_could_not_be_found_is_not_told_beside_one_that_could()
    {
        using var repository = Open();
        var result = repository.Check(new() { Actors = ["Cozy Mola"] });
        Assert.Contains("Cozy Mole", TextReport.Write(result.Reported), StringComparison.Ordinal);
        AssertTellsNothing(FindingFormats.Write("sarif", isPrivate: false, result)!);
    }

    [Fact]
    public void Findings_in_rules_and_fingerprints_of_what_is_not_reworded_stay()
    {
        using var repository = Open();
        var result = Check(repository);
        PublishedFindings published = new(new(result.Verdict!, result.Snapshot!.KeptBack), result.Verdict, "merlon.yml");
        var finding = new DiagnosticInfo { Id = "MRL3001", Title = "t", Severity = Severity.Error, Rationale = "r" }.At(new("rules/a.yml", 1, 1, 1, 2), "'attack.g0046' is something");
        Assert.Equal(finding, published.Of(finding));
        var (whole, told) = (Findings.Of(result), Findings.Published(result));
        var known = whole.Diagnostics.Zip(whole.Fingerprints).ToDictionary();
        var same = told.Diagnostics.Zip(told.Fingerprints).Where(pair => known.ContainsKey(pair.First)).ToArray();
        Assert.NotEmpty(same);
        Assert.All(same, pair => Assert.Equal(known[pair.First], pair.Second));
    }

    private static void AssertKeptBack(TemporaryRepository repository, string id)
    {
        var result = Check(repository);
        Assert.Contains(result.Reported, finding => finding.Info.Id == id);
        foreach (var format in Published)
            AssertTellsNothing(Written(format.Data, isPrivate: false, result));
        AssertTellsNothing(GateMarkdown.Write(result.Verdict!, "p", new(result.Verdict!, result.Snapshot!.KeptBack)));
    }

    // XML escapes arrows.
    private static string Written(string format, bool isPrivate, CheckResult result) =>
        FindingFormats.Write(format, isPrivate, result)!.Replace("&gt;", ">", StringComparison.Ordinal); // published forms are the same for every command

    private static void AssertTellsNothing(string text) => Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));

    private static CheckResult Check(TemporaryRepository repository)
    {
        var commit = repository.Commit();
        repository.Write(HiddenPath, File.ReadAllText(repository.PathOf(HiddenPath)).Replace("default: 60", "default: 1", StringComparison.Ordinal));
        File.Delete(repository.PathOf("rules/b.yml"));
        return Programs.Check.Run(repository.Request() with { Base = new() { Given = commit } });
    }

    private static TemporaryRepository Open() => new(
        ("merlon.yml", "name: p\n"), ("actors/fox.yml", "name: Fox\ntechniques: [T1003.001, T1105]\ntargets: { default: 0 }\n"), (HiddenPath, Hidden),
        ("rules/a.yml", Measure.RuleText("t1105")), ("rules/b.yml", Measure.RuleText("t1003.001")));
}
