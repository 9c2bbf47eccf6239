using Merlon.Core.Programs;
using Merlon.Core.Report;
using Merlon.Core.Sources;
using Merlon.Core.Sources.Inventory;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>The inventory of several sources and its drift, as outputs show them.</summary>
public class RulesReportTests
{
    private const string Fixtures = "tests/fixtures/report/sources";

    public static TheoryData<string> Outputs => ["rules.txt", "rules.json", "rules.csv", "drift.txt", "drift.json", "inventory.json", "coverage.txt", "why.txt"];

    [Theory, MemberData(nameof(Outputs))]
    public void An_output_is_its_golden_file(string name)
    {
        using var repository = Open();
        var inventory = RuleInventory.Read(repository.Request());
        Assert.NotNull(inventory.Rules);
        var drift = Drift.Of(inventory.Rules)!; // it has an inventory
        var text = name switch
        {
            "rules.txt" => RulesText.Write(inventory, isColoured: false),
            "rules.json" => RulesJson.Write(inventory),
            "rules.csv" => RulesText.WriteCsv(inventory),
            "drift.txt" => DriftText.Write(drift, isColoured: false),
            "drift.json" => DriftJson.Write(inventory, drift),
            "inventory.json" => InventoryWriter.Write(inventory.Rules, inventory.Date),
            "coverage.txt" => CoverageText.Write(repository.Load()),
            _ => WhyText.Write(Coverage.Why.Of(repository.Load().Coverage.Single(), new(1055))!), // the release has it
        };
        Golden.Match(text, $"{Fixtures}/{name}");
    }

    [Fact]
    public void A_title_cannot_command_a_terminal_or_a_sheet()
    {
        using TemporaryRepository repository = new(("merlon.yml", "rules: [{ path: siem.json, format: inventory }]\n"), ("siem.json", """{"schemaVersion":1,"rules":[{"name":"=1+\u001b[31m::error::x","enabled":"deployed"}]}"""));
        var inventory = RuleInventory.Read(repository.Request());
        Assert.DoesNotContain('\e', RulesText.Write(inventory, isColoured: false));
        Assert.Contains(",'=1+", RulesText.WriteCsv(inventory), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_without_an_inventory_has_no_drift()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Measure.RuleText("t1003")));
        Assert.Null(Drift.Of(RuleInventory.Read(repository.Request()).Rules!));
    }

    private static TemporaryRepository Open() => new(
        ("merlon.yml", "rules:\n  - rules/*.yml\n  - { path: export/siem.json, format: inventory, source: siem, deploys: sigma, maxAge: 30d }\n  - { path: export/other.json, format: inventory, source: other, release: \"18.1\" }\n"),
        ("actors/fox.yml", "name: Fox\ntechniques: [T1059.001, T1003.001, T1055, T1685]\n"),
        ("rules/a.yml", Measure.RuleText("t1059.001", title: "Encoded command", more: "id: 1a2b3c4d-0000-4000-8000-000000000001\n")),
        ("rules/b.yml", Measure.RuleText("t1003.001", title: "Memory of LSASS")),
        ("rules/c.yml", Measure.RuleText("t1055", title: "Never converted")),
        ("rules/d.yml", Measure.RuleText("t1055", title: "Retired", status: "deprecated")),
        ("export/siem.json", """
            {"schemaVersion":1,"exported":"2026-11-20","rules":[
            {"name":"ESCU - Encoded command","id":"app/ESCU - Encoded command","enabled":"deployed","attack":["T1059.001","T1027"],"mentions":["1a2b3c4d-0000-4000-8000-000000000001"]},
            {"name":"Memory of LSASS","id":"app/Memory of LSASS","enabled":"disabled"},
            {"name":"Retired","id":"app/Retired","enabled":"deployed"},
            {"name":"Injection, by hand","id":"app/Injection","enabled":"deployed","sigmaLevel":"high","attack":["T1055"],"dataSources":["Sysmon EventID 8"]},
            {"name":"Weekly usage","id":"search/Weekly usage","enabled":"available"}
            ]}
            """),
        ("export/other.json", """
            {"schemaVersion":1,"exported":"2026-11-21","rules":[
            {"name":"Tools turned off","id":"77","enabled":"available","within":["T1562"],"attack":["T1562.001","TA003"]},
            {"id":"78"}
            ]}
            """));
}
