using System.Text.RegularExpressions;
using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

/// <summary>Rules of other products and an inventory of what runs, by the command and by a build.</summary>
public sealed partial class SourceTests : IDisposable
{
    private const string Export = "export.json";

    // The Sigma rule, by its id, and a search of the SIEM's own.
    private const string Running = """
        {"updated":"2026-11-20T10:00:00+00:00","entry":[
        {"name":"Threat - Encoded - Rule","acl":{"app":"soc","owner":"nobody"},"content":{"description":"sigma 7A1FF0A5-7d3b-4d0e-9f0a-0f3c5f0c7a11","disabled":"0","is_scheduled":true,"action.correlationsearch.enabled":"1","action.correlationsearch.annotations":"{\"mitre_attack\":[\"T1059.001\"]}"}},
        {"name":"LSASS read","acl":{"app":"soc","owner":"nobody"},"content":{"disabled":0,"is_scheduled":"1","search":"index=win","action.correlationsearch.enabled":true,"action.correlationsearch.annotations":"{\"mitre_attack\":[\"T1003.001\", \"T1086\"]}"}}
        ],"paging":{"total":2,"perPage":0,"offset":0}}
        """;

    private readonly RulesRepository _repository = new();

    public SourceTests()
    {
        _repository.Write(Export, Running);
        _repository.Write(Config, $"gate: {{ targets: {{ default: 50 }} }}\nrules: [rules/*.yml, {{ path: {Export}, format: splunk-rest, source: siem, deploys: sigma, maxAge: 7d }}]");
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void An_export_counts_for_the_command_and_for_the_build()
    {
        var first = AssertAgree(0).Output;
        Assert.Contains("Velvet Badger: deployable 2/2", first, StringComparison.Ordinal);
        Assert.Contains("deployed 2", first, StringComparison.Ordinal);
        Assert.Contains("warning MRL3002: T1086 was revoked by T1059.001", first, StringComparison.Ordinal);
        _repository.Replace(Export, "\"disabled\":0", "\"disabled\":1");
        Assert.Contains("Velvet Badger: deployable 1/2", AssertAgree(0).Output, StringComparison.Ordinal);
        _repository.Replace(Export, "\"total\":2", "\"total\":3");
        AssertAgree(1);
        File.WriteAllText(_repository.PathOf(Export), "{\"entry\":[{\"name\":");
        Assert.Contains("error MRL5003", AssertAgree(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_export_fails()
    {
        _repository.Replace(Export, "2026-11-20T", "2026-11-10T");
        Assert.Contains("error MRL1107", AssertAgree(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inventory_that_is_checked_in_says_what_the_export_said()
    {
        var drift = _repository.Cli("drift", "--date", Day);
        Assert.Equal("Running, not in git: 1\n  export.json(3) LSASS read (siem)\n\n1 Sigma rule running, 0 not; 1 running and not in git\n", drift.Output);
        Assert.Equal(0, _repository.Cli("rules", "import", Export, "--as", "splunk-rest", "-o", "inventory.json").ExitCode);
        Assert.DoesNotContain("index=win", _repository.Read("inventory.json"), StringComparison.Ordinal);
        _repository.Replace(Config, $"path: {Export}, format: splunk-rest", "path: inventory.json, format: inventory");
        File.Delete(_repository.PathOf(Export));
        Assert.Contains("Velvet Badger: deployable 2/2", AssertAgree(0).Output, StringComparison.Ordinal);
        Assert.Equal(drift.Output.Replace("export.json(3)", "inventory.json(2)", StringComparison.Ordinal), _repository.Cli("drift", "--date", Day).Output);
    }

    [Fact]
    public void Half_an_export_is_not_kept()
    {
        File.WriteAllText(_repository.PathOf(Export), Running[..^60]);
        Assert.Equal(2, _repository.Cli("rules", "import", Export, "--as", "splunk-rest", "-o", "inventory.json").ExitCode);
        Assert.False(File.Exists(_repository.PathOf("inventory.json")));
    }

    public static TheoryData<string> Commands => [.. InText().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "sources.md"))).Select(match => match.Groups[1].Value).Distinct()];

    [Theory, MemberData(nameof(Commands))]
    public void A_command_of_the_page_on_sources_works(string command)
    {
        var ended = _repository.Cli([.. command.Split(' ').Skip(1)]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    // The build checks again, and ends and finds like the command.
    private Ended AssertAgree(int exitCode)
    {
        var build = _repository.Build();
        Assert.DoesNotContain(NothingChanged, build.Output, StringComparison.Ordinal);
        Assert.True(build.ExitCode == exitCode, build.ToString());
        var command = _repository.Cli("check", "--date", Day, "--format", "json");
        Assert.True(command.ExitCode == exitCode, command.ToString());
        Assert.Equal(Reported.InJson(command.Output), Reported.InBuildLog(build.Output, _repository.Root));
        return build;
    }

    [GeneratedRegex("`(merlon [^`\n]+)`")]
    private static partial Regex InText();
}
