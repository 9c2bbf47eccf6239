using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Report.Html;
using Xunit;

namespace Merlon.Browser.Tests;

/// <summary>A repository in a temporary folder, and reports of it.</summary>
internal sealed class Scene : IDisposable
{
    public static readonly DateOnly Day = new(2026, 11, 24);

    private readonly bool _isBorrowed;

    public Scene(params ReadOnlySpan<(string Path, string Text)> files)
    {
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        foreach (var (path, text) in files)
            Write(path, text);
    }

    private Scene(string root) => (Root, _isBorrowed) = (root, true);

    /// <summary>This repository, which nothing is written to.</summary>
    public static Scene Own { get; } = new(FindRoot(AppContext.BaseDirectory));

    public string Root { get; } = Directory.CreateTempSubdirectory("merlon-").FullName;

    public static string Rule(string tag, string title = "a", string product = "windows", string status = "test", string more = "") =>
        $"title: {title}\nstatus: {status}\nlevel: high\ntags: [attack.{tag}]\nlogsource: {{product: {product}}}\ndetection: {{s: {{f: x}}, condition: s}}\n{more}";

    /// <summary>Actors, exclusions, an inventory and assets; rules of every standing; sub-techniques, PRE, several platforms and tactics.</summary>
    public static Scene Small() => new(
        ("merlon.yml", "name: small\ncoverage: { logSources: logsources.yml, assets: assets.yml }\ngate: { targets: { default: 40, union: 50 } }\n"),
        ("logsources.yml", "collected:\n  - { product: windows }\n  - { product: linux }\n"),
        ("assets.yml", "assets:\n  - { name: servers, platforms: [Linux], criticality: critical }\n  - { name: desks, platforms: [Windows], criticality: low }\n  - { name: rest, platforms: [macOS, Containers, ESXi, IaaS, Identity Provider, Network Devices, Office Suite, SaaS] }\n"),
        ("actors/tin-soldier.yml", """
            name: Tin Soldier
            targets: { default: 30 }
            techniques:
              - { id: T1059.001, weight: 2 }
              - { id: T1003.001, required: true }
              - T1558
              - T1059.004
              - T1547.001
              - T1053.005
              - T1583.001
              - T1569.001
              - T1078
              - T1620
            exclude:
              - { id: T1547.001, kind: accepted, reason: "no registry telemetry yet", until: 2026-12-01 }
              - { id: T1053.005, kind: not-applicable, reason: "the scheduler is off" }
            """),
        ("actors/paper-tiger.yml", """
            name: Paper Tiger
            alias: Crane
            tlp: amber
            description: Knows our suppliers
            techniques: [T1059.001, T1566.001, T1053.005, { id: T1003.001, note: "seen at a supplier" }]
            exclude:
              - { id: T1566.001, kind: accepted, reason: "the supplier filters mail" }
            """),
        ("actors/red-fox.yml", "name: Red Fox\nfrom: [G0046]\ninclude: { software: true }\n"),
        ("rules/powershell.yml", Rule("t1059.001", "PowerShell encoded")), ("rules/shell.yml", Rule("t1059.004", "Shell", "linux")),
        ("rules/lsass.yml", Rule("t1003.001", "LSASS read", status: "experimental")), ("rules/kerberoast.yml", Rule("t1558.003", "Kerberoast")),
        ("rules/cloud.yml", Rule("t1078", "Console login", "aws")), ("rules/reflective.yml", Rule("t1620", "Reflective load", "linux")),
        ("rules/phishing.yml", Rule("t1566", "Attachment")), ("rules/task.yml", Rule("t1053.005", "Task")), ("rules/domains.yml", Rule("t1583.001", "Domain bought", "windows")));

    public void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!); // below the root
        File.WriteAllText(full, text);
    }

    public CheckRequest Request(Overrides? overrides = null) => new() { Directory = Root, Date = Day, NeedsRules = false, Overrides = overrides ?? new() };

    /// <summary>Core's own measurement, for what the page shows.</summary>
    public Snapshot Load()
    {
        var request = Request();
        var snapshot = Snapshot.Load(request, ProgramFiles.Find(request), out var errors);
        Assert.True(snapshot is not null, Lines(errors));
        return snapshot;
    }

    /// <summary>Writes a report beside the repository.</summary>
    /// <returns>The path of the page.</returns>
    public string Report(Overrides? overrides = null, bool isPrivate = false, string? title = null, string? given = null)
    {
        var result = ReportRun.Run(Request(overrides) with { Base = new() { Given = given } });
        Assert.True(result.Snapshot is not null, Lines(result.Diagnostics));
        var file = Path.Combine(_isBorrowed ? Directory.CreateTempSubdirectory("merlon-").FullName : Root, "index.html");
        File.WriteAllText(file, HtmlReport.Write(result, title, isPrivate));
        return file;
    }

    public void Dispose()
    {
        if (!_isBorrowed)
            Directory.Delete(Root, recursive: true);
    }

    private static string Lines(IEnumerable<Diagnostic> diagnostics) => string.Join('\n', diagnostics.Select(diagnostic => $"{diagnostic.Span.Path}({diagnostic.Span.Line}): {diagnostic.Message}"));

    private static string FindRoot(string directory) => File.Exists(Path.Combine(directory, "Merlon.slnx")) ? directory : FindRoot(Path.GetDirectoryName(directory)!); // the checkout is above
}
