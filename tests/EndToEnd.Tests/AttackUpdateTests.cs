using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Merlon.Cli.Downloads;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary><c>merlon attack update</c>, run as it is, against a server whose certificate it is told to trust by the system's own means.</summary>
public sealed class AttackUpdateTests : IDisposable
{
    private const string Bundle = """{"type":"bundle","id":"bundle--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a01","objects":[{"type":"intrusion-set","id":"intrusion-set--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a06","name":"Velvet Heron","external_references":[{"source_name":"mitre-attack","external_id":"G9100"}]}]}""";

    private static readonly string Sha256 = HashOf(Bundle);

    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task A_bundle_of_the_pinned_hash_is_written_once()
    {
        await using var server = Serve(Bundle);
        Configure($$"""{ path: attack/acme.json, sha256: {{Sha256.ToUpperInvariant()}}, url: "{{server.Url()}}" }""");
        var check = _repository.Cli("check");
        Assert.Contains("attack/acme.json(1,1): error MRL1008: file does not exist; 'merlon attack update' downloads it", check.Error, StringComparison.Ordinal);
        AssertEnds(0, $"attack/acme.json: {Bundle.Length} bytes, SHA-256 {Sha256}\n", "", Update(server));
        Assert.Equal(Bundle, File.ReadAllText(_repository.PathOf("attack/acme.json")));
        Assert.Equal(0, _repository.Cli("actor", "show", "Velvet Heron").ExitCode);
        AssertEnds(0, "attack/acme.json: up to date\n", "", Update(server));
        Assert.Equal(1, server.Requests);
        AssertNothingElse();
    }

    [Theory]
    [InlineData("no STIX", "attack/acme.json(1,2): error MRL8011: STIX bundle cannot be read: it is not JSON from here on\n")]
    [InlineData("{}", "attack/acme.json(1,1): error MRL8011: STIX bundle cannot be read: this is neither an array of objects nor has it one called 'objects'\n")]
    public async Task What_is_no_bundle_does_not_take_the_place_of_one(string content, string error)
    {
        await using var server = Serve(content);
        _repository.Write("attack/acme.json", "old");
        Configure($$"""{ path: attack/acme.json, sha256: {{HashOf(content)}}, url: "{{server.Url()}}" }""");
        AssertEnds(1, "", error, Update(server));
        AssertEnds(1, "", error, Update(server, "--pin"));
        AssertNothingElse("old\n");
    }

    [Fact]
    public async Task Another_hash_leaves_the_file_as_it_was_and_says_which()
    {
        await using var server = Serve(Bundle);
        _repository.Write("attack/acme.json", "old");
        var other = new string('a', 64);
        Configure($$"""{ path: attack/acme.json, sha256: {{other}}, url: "{{server.Url()}}" }""");
        AssertEnds(1, "", $"merlon.yml(2,39): error MRL8013: what localhost has for 'attack/acme.json' has SHA-256 {Sha256} and {other} is configured; if it is wanted, write its hash, or let --pin do it\n", Update(server));
        AssertNothingElse("old\n");
    }

    [Fact]
    public async Task Without_a_length_another_hash_may_be_that_of_a_part()
    {
        await using TlsServer server = new("200 OK", Encoding.UTF8.GetBytes(Bundle));
        Configure($$"""{ path: attack/acme.json, sha256: {{new string('a', 64)}}, url: "{{server.Url()}}" }""");
        Assert.EndsWith("; it said no length, so this may be a part; if it is whole and wanted, write its hash, or let --pin do it\n", Update(server).Error, StringComparison.Ordinal);
        AssertNothingElse(null);
    }

    [Fact]
    public async Task Without_a_hash_nothing_is_taken_but_with_pin()
    {
        await using var server = Serve(Bundle);
        Configure($$"""{ path: attack/acme.json, url: "{{server.Url()}}" } # ours""");
        AssertEnds(1, "", $"merlon.yml(2,13): error MRL8020: 'attack/acme.json' has no hash; if what localhost has now is wanted, write 'sha256: {Sha256}' beside its path, or let --pin do it\n", Update(server));
        AssertNothingElse(null);
        AssertEnds(0, $"attack/acme.json: {Bundle.Length} bytes, SHA-256 {Sha256}\n", "", Update(server, "--pin"));
        Assert.Equal($"attack: {{ bundles: [\n    {{ path: attack/acme.json, sha256: {Sha256}, url: \"{server.Url()}\" }} # ours\n  ] }}\n", _repository.Read("merlon.yml"));
        AssertEnds(0, "attack/acme.json: up to date\n", "", Update(server));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Pins_are_written_where_the_entries_stand_and_nothing_else_changes(string line)
    {
        await using var server = Serve(Bundle);
        string[] before =
        [
            "attack:", "  bundles:", "    - path: attack/one.json # kept", $"      url: {server.Url("/1")}", $"    - url: \"{server.Url("/2")}\"", "      path: attack/two.json",
            "    - path: attack/three.json", $"      sha256: '{new string('b', 64)}'", $"      url: {server.Url("/3")}", "gate: {}", "",
        ];
        File.WriteAllText(_repository.PathOf("merlon.yml"), string.Join(line, before));
        Assert.Equal(0, Update(server, "--pin").ExitCode);
        string[] after = [.. before[..3], $"      sha256: {Sha256}", before[3], $"    - sha256: {Sha256}", $"      {before[4][6..]}", .. before[5..7], $"      sha256: '{Sha256}'", .. before[8..]];
        Assert.Equal(string.Join(line, after), _repository.Read("merlon.yml"));
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task A_pin_that_cannot_be_written_is_said()
    {
        await using var server = Serve(Bundle);
        var text = $"attack: {{ bundles: [{{\n    path: attack/acme.json,\n    url: \"{server.Url()}\"\n}}] }}\n";
        File.WriteAllText(_repository.PathOf("merlon.yml"), text);
        var ended = Update(server, "--pin");
        Assert.Equal(1, ended.ExitCode);
        Assert.Equal($"merlon.yml(2,11): error MRL8002: the hash cannot be written into this entry; write 'sha256: {Sha256}' there\n", ended.Error);
        Assert.Equal(text, _repository.Read("merlon.yml"));
    }

    [Fact]
    public async Task One_bundle_that_fails_does_not_keep_the_others()
    {
        await using TlsServer server = new(async (path, _, stream, end) => await TlsServer.WriteAsync(stream, path == "/bad" ? "404 Not Found\nContent-Length: 0" : $"200 OK\nContent-Length: {Bundle.Length}", path == "/bad" ? [] : Encoding.UTF8.GetBytes(Bundle), end));
        Configure($$"""{ path: attack/bad.json, sha256: {{Sha256}}, url: "{{server.Url("/bad")}}" }, { path: attack/acme.json, sha256: {{Sha256}}, url: "{{server.Url("/good")}}" }, { path: attack/mine.json }""");
        AssertEnds(1, $"attack/acme.json: {Bundle.Length} bytes, SHA-256 {Sha256}\n", "merlon.yml(2,13): error MRL8020: 'attack/bad.json' cannot be downloaded: localhost answered 404 (not found)\n", Update(server));
        AssertNothingElse();
        AssertEnds(0, "attack/acme.json: up to date\n", "", Update(server, "acme.json"));
        var unknown = Update(server, "mine.json");
        Assert.Equal((2, "merlon: no bundle 'mine.json' with a url is in attack.bundles; there are attack/bad.json, attack/acme.json\n"), (unknown.ExitCode, unknown.Error));
    }

    [Fact]
    public async Task A_certificate_that_the_system_does_not_know_is_refused()
    {
        await using var server = Serve(Bundle);
        Configure($$"""{ path: attack/acme.json, sha256: {{Sha256}}, url: "{{server.Url()}}" }""");
        var ended = _repository.Cli("attack", "update");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("error MRL8020: 'attack/acme.json' cannot be downloaded: the connection to localhost is not secure: ", ended.Error, StringComparison.Ordinal);
        AssertNothingElse(null);
    }

    [Theory]
    [InlineData("attack: { bundles: [{ path: .git/hooks/x.json, url: 'https://localhost/' }] }", "'.git/hooks/x.json' lies in a folder of git's own; choose another one")]
    [InlineData("attack: { bundles: [{ path: ../x.json, url: 'https://localhost/' }] }", "'../x.json' is not a path below the repository's root; write one with '/', relative to this file")]
    [InlineData("attack: { bundles: [{ path: x.json, url: 'http://localhost/' }] }", "'http://localhost/' is not an address of the form https://host/path")]
    [InlineData("attack: { bundles: [{ path: x.json, url: 'https://me:secret@localhost/' }] }", "the address holds a user name or password; write it without")]
    [InlineData("attack: { bundles: [{ path: x.json, uri: 'https://localhost/' }] }", "'uri' is not a key here; did you mean 'url'?")]
    public void What_cannot_be_used_is_2_and_says_why(string config, string reason)
    {
        _repository.Write("merlon.yml", config);
        var ended = _repository.Cli("attack", "update");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(reason, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_not_written_through()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link takes a right that not everybody has.");
        File.CreateSymbolicLink(_repository.PathOf("attack"), "/tmp");
        Configure($$"""{ path: attack/acme.json, sha256: {{Sha256}}, url: "https://localhost:1/" }""");
        AssertEnds(1, "", "merlon.yml(2,13): error MRL1009: 'attack/acme.json' is or lies behind a link and links are not followed; name the file itself\n", _repository.Cli("attack", "update"));
    }

    [Fact]
    public async Task An_interrupted_download_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals, and certificates that one process trusts.");
        TaskCompletionSource underWay = new();
        await using TlsServer server = new(async (_, _, stream, end) =>
        {
            await TlsServer.WriteAsync(stream, "200 OK\nContent-Length: 300000", new byte[1000], end);
            underWay.SetResult();
            await Task.Delay(Timeout.Infinite, end);
        });
        _repository.Write("attack/acme.json", "old");
        Configure($$"""{ path: attack/acme.json, sha256: {{Sha256}}, url: "{{server.Url()}}" }""");
        ProcessStartInfo start = new("dotnet", [Checkout.Cli, "attack", "update"]) { WorkingDirectory = _repository.Root, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["SSL_CERT_FILE"] = Trust(server);
        using var process = Process.Start(start)!; // null only for a shell's document
        await underWay.Task;
        Program.Run(_repository.Root, "kill", ["-INT", $"{process.Id}"]);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((3, "merlon: interrupted; the bundle that was on its way is as it was\n"), (process.ExitCode, error));
        AssertNothingElse("old\n");
    }

    [Fact]
    public void The_bar_says_how_much_has_come_and_of_how_much()
    {
        StringWriter output = new();
        var elapsed = TimeSpan.Zero;
        DownloadProgress progress = new(output, () => elapsed);
        progress.Show("attack/acme.json", 10, 100);
        progress.Clear();
        Assert.Equal("", output.ToString());
        elapsed = TimeSpan.FromSeconds(1);
        progress.Show("attack/acme.json", 27_000_000, 54_000_000);
        progress.Show("attack/acme.json", 28_000_000, 54_000_000);
        elapsed = TimeSpan.FromSeconds(2);
        progress.Show("attack/enterprise-attack-of-ours.json", 1_270_000, null);
        progress.Clear();
        Assert.Equal("\r\e[Kattack/acme.json [###############---------------] 50% of 54.0 MB\r\e[K…ise-attack-of-ours.json 1.3 MB\r\e[K", output.ToString());
    }

    private static TlsServer Serve(string content) => new($"200 OK\nContent-Length: {Encoding.UTF8.GetByteCount(content)}", Encoding.UTF8.GetBytes(content));

    private static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static void AssertEnds(int exitCode, string output, string error, Ended ended) => Assert.Equal(new(exitCode, output, error), ended);

    private void Configure(string entries) => _repository.Write("merlon.yml", $"attack: {{ bundles: [\n    {entries}\n  ] }}");

    private string Trust(TlsServer server)
    {
        _repository.Write("trusted.pem", server.Certificate.ExportCertificatePem());
        return _repository.PathOf("trusted.pem");
    }

    private Ended Update(TlsServer server, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere no variable makes a process trust a certificate; DownloadTests run everywhere.");
        return _repository.Run("dotnet", [Checkout.Cli, "attack", "update", .. arguments], ("SSL_CERT_FILE", Trust(server)));
    }

    // No temporary file is left, and the bundle is the one given.
    private void AssertNothingElse(string? content = Bundle)
    {
        var folder = _repository.PathOf("attack");
        Assert.Equal(content is null ? [] : ["acme.json"], Directory.Exists(folder) ? Directory.GetFiles(folder).Select(Path.GetFileName) : []);
        if (content is not null)
            Assert.Equal(content, File.ReadAllText(Path.Combine(folder, "acme.json")));
    }
}
