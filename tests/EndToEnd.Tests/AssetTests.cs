using Xunit;
using static Merlon.EndToEnd.Tests.RulesRepository;

namespace Merlon.EndToEnd.Tests;

/// <summary>What there is and what is collected, from the files to what the commands print.</summary>
public sealed class AssetTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_gap_says_whom_it_exposes_and_coverage_which_platforms_nobody_owns()
    {
        _repository.Replace(Config, "gate:", "coverage: { assets: assets.yml }\ngate:");
        _repository.Replace(Actor, "- T1003.001", "- T1003.001\n  - T1059.004");
        _repository.Write("assets.yml", "assets: [{ name: workstations, platforms: [Windows], number: 1240, criticality: high }]\n");
        var gaps = _repository.Cli("gaps", "--date", Day);
        Assert.Equal(0, gaps.ExitCode);
        Assert.Contains("exposes 1,240 workstations (high)", gaps.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("T1059.004", gaps.Output, StringComparison.Ordinal);
        Assert.Contains("out of scope 1; platforms nobody owns: ESXi, Linux, Network Devices, macOS;", _repository.Cli("coverage", "--date", Day).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_DeTTECT_says_what_is_collected()
    {
        _repository.Replace(Config, "gate:", "coverage: { logSources: dettect.yaml }\ngate:");
        _repository.Write("dettect.yaml", """
            version: 1.1
            file_type: data-source-administration
            systems: [{ applicable_to: endpoints, platform: [Windows] }]
            data_sources:
              - data_source_name: Process Creation
                data_source: [{ applicable_to: [endpoints], date_connected: 2020-01-01, products: [Sysmon], data_quality: { device_completeness: 4 } }]
              - data_source_name: Firmware Modification
                data_source: [{ applicable_to: [endpoints], date_connected: 2020-01-01, data_quality: { device_completeness: 4 } }]
            """);
        var check = _repository.Cli("check", "--date", Day);
        Assert.Contains("deployable 1/2", check.Output, StringComparison.Ordinal);
        Assert.Contains("warning MRL8031: no Sigma log source is known for Firmware Modification on Windows", check.Output, StringComparison.Ordinal);
        _repository.Replace("dettect.yaml", "products: [Sysmon], data_quality: { device_completeness: 4", "products: [Sysmon], data_quality: { device_completeness: 0");
        Assert.Contains("deployable 0/2", _repository.Cli("check", "--date", Day).Output, StringComparison.Ordinal);
    }
}
