using System.Collections.Frozen;
using Merlon.Core.Attack;
using Merlon.Core.Evidence;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Xunit;
using LogSource = Merlon.Core.Attack.LogSource;

namespace Merlon.Core.Tests;

public class LogSourceMapTests
{
    private static readonly AttackRelease Release = AttackReleases.Newest(AttackDomain.Enterprise);

    private static readonly string[] Hosts = ["Windows", "Linux", "macOS"];

    [Theory]
    [InlineData("WinEventLog:Sysmon", "EventCode=1", "Windows", "windows/process_creation, windows/sysmon")]
    [InlineData("WinEventLog:Sysmon", "EventCode=3, 22", "Windows", "windows/network_connection, windows/dns_query, windows/sysmon")]
    [InlineData("WinEventLog:Sysmon", "EventCode=13, 14", "Windows", "windows/registry_set, windows/registry_event, windows/registry_rename, windows/sysmon")]
    [InlineData("WinEventLog:Sysmon", "EventCode=1", "Linux", "linux/process_creation")]
    [InlineData("WinEventLog:Sysmon", "EventCode=10", "Linux", "")]
    [InlineData("WinEventLog:Security", "EventCode=4688", "Windows", "windows/process_creation, windows/security")]
    [InlineData("WinEventLog:Security", "EventCode=4624, 4648", "Windows", "windows/security")]
    [InlineData("WinEventLog:System", "EventCode=7045", "Windows", "windows/system")]
    [InlineData("WinEventLog:PowerShell", "EventCode=4103, 4104, 4105, 4106", "Windows", "windows/ps_module, windows/ps_script")]
    [InlineData("WinEventLog:PowerShell", "Exchange Cmdlets", "Windows", "windows/ps_script, windows/ps_module")]
    [InlineData("WinEventLog:Security", "EventCode=4778, EventCode=4779", "Windows", "windows/security")]
    [InlineData("auditd:SYSCALL", "execve", "Linux", "linux/process_creation, linux/auditd")]
    [InlineData("auditd:SYSCALL", "execution of a file", "Linux", "linux/auditd")]
    [InlineData("macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_EXEC", "macOS", "macos/process_creation")]
    [InlineData("NSM:FLow", "dns.log", "ESXi", "zeek/dns, dns, netflow, firewall")]
    [InlineData("aws:cloudtrail ", "RunInstances", "IaaS", "aws/cloudtrail")]
    [InlineData("azure:signinlogs", "Sign-in logs", "Identity Provider", "azure/signinlogs")]
    [InlineData("m365:unified", "UserLoggedIn", "Office Suite", "m365/audit")]
    [InlineData("linux:syslog", "None", "Linux", "linux/syslog")]
    [InlineData("esxi:hostd", "event stream", "ESXi", "")]
    [InlineData("", "", "", "")]
    public void A_log_source_of_an_analytic_is_one_of_Sigmas(string name, string channel, string platform, string expected) =>
        Assert.Equal(expected, string.Join(", ", LogSourceMap.Find(new LogSource(name, channel), platform)));

    [Fact]
    public void A_data_component_tells_where_the_channel_does_not()
    {
        LogSource source = new("macos:unifiedlog", "log stream");
        Assert.Empty(LogSourceMap.Find(source, "macOS"));
        Assert.Equal([new WrittenLogSource("macos", "process_creation", null)], LogSourceMap.Find(new LogSourceReference("DC0032", source), "macOS"));
        Assert.Empty(LogSourceMap.Find(new LogSourceReference("DC0032", new("esxi:hostd", "log stream")), "Linux"));
    }

    [Fact]
    public void Everything_that_the_table_names_is_in_the_taxonomy() =>
        Assert.Equal("", string.Join('\n', LogSourceMap.All.Where(source => !IsKnown(source))));

    [Fact]
    public void Every_data_component_that_the_table_names_is_live()
    {
        var named = Enumerable.Range(0, 1000).Select(number => $"DC{number:D4}").Where(id => Hosts.Any(platform => LogSourceMap.OfComponent(id, platform).Any())).ToArray();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Release.DataComponents.Select(component => component.Id)));
    }

    // A bound, so that an entry that is lost is noticed: more is better, and moves it.
    [Fact]
    public void Most_of_what_the_analytics_of_the_newest_release_read_is_known()
    {
        var references = Release.DetectionStrategies.SelectMany(strategy => strategy.Analytics.SelectMany(analytic => analytic.LogSources.Select(reference => (strategy, reference, Platform: analytic.Platforms[0])))).ToArray();
        var known = references.Where(row => !LogSourceMap.Find(row.reference, row.Platform).IsEmpty).ToArray();
        var byNameAlone = references.Count(row => !LogSourceMap.Find(row.reference.LogSource, row.Platform).IsEmpty);
        int Techniques(IEnumerable<DetectionStrategy> strategies) => strategies.SelectMany(strategy => strategy.Techniques).Distinct().Count();
        Assert.True(known.Length >= 3297 && byNameAlone >= 3153 && Techniques(known.Select(row => row.strategy)) >= 587,
            $"{known.Length} of {references.Length}, {byNameAlone} without data components; {Techniques(known.Select(row => row.strategy))} of {Techniques(Release.DetectionStrategies)} techniques");
    }

    [Theory]
    [InlineData("WinEventLog:Sysmon", "EventCode=1", true)]
    [InlineData("WinEventLog:Sysmon", "EventCode=7", false)]
    [InlineData("esxi:hostd", "event stream", null)]
    [InlineData("ESXI:vmkernel", "None", true)]
    [InlineData("esxi:shell", "shell history", true)]
    [InlineData("esxi:shell", "None", null)]
    public void A_log_source_is_collected_when_the_inventory_has_one_of_Sigmas_or_its_own_name(string name, string channel, bool? expected)
    {
        LogSourceInventory inventory = new(
        [
            new() { Product = "windows", Category = "process_creation", Without = FrozenSet<string>.Empty },
            new() { Product = "esxi", Without = FrozenSet<string>.Empty, As = ["esxi:vmkernel", "esxi:shell (shell history)"] },
        ]);
        Assert.Equal(expected, inventory.IsCollected(new LogSource(name, channel), "Windows"));
    }

    // The taxonomy has a category of Windows as a log source, or as what an event of Sysmon means.
    private static bool IsKnown(WrittenLogSource source) => Taxonomy.Find(new(Text(source.Category), Text(source.Product), Text(source.Service))) is not null
        || (source is { Product: "windows", Category: { } category } && (Taxonomy.ImpliesEventId(category) || Enumerable.Range(1, 255).Any(id => Taxonomy.CategoriesOf("sysmon", id).Contains(category))));

    private static SigmaText? Text(string? value) => value is null ? null : new(value, Diagnostics.SourceSpan.StartOf(""));
}
