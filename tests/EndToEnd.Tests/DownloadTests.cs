using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Merlon.Cli.Downloads;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>What comes of servers that do well and of those that do not. No test waits: pauses are written down, and pass at once.</summary>
public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Body = [.. Enumerable.Range(0, 300_000).Select(number => (byte)number)];
    private static readonly DownloadLimits Limits = new();

    private readonly List<double> _pauses = [];
    private readonly List<string> _retries = [];
    private readonly List<(long, long?)> _progress = [];
    private readonly MemoryStream _stored = new();

    public void Dispose() => _stored.Dispose();

    [Theory]
    [InlineData("200 OK\nContent-Length: 300000", true)]
    [InlineData("200 OK", false)]
    public async Task What_a_server_sends_is_stored(string head, bool isMeasured)
    {
        await using TlsServer server = new(head, Body);
        Assert.Equal(new Download.Whole(Convert.ToHexStringLower(SHA256.HashData(Body)), 300_000, isMeasured), await GetAsync(server));
        Assert.Equal(Body, _stored.ToArray());
        Assert.Equal(isMeasured ? 300_000 : null, _progress[0].Item2);
        Assert.Equal((300_000, 300_000), _progress[^1]);
        Assert.Empty(_pauses);
    }

    [Fact]
    public async Task Chunks_are_joined()
    {
        await using TlsServer server = new("200 OK\nTransfer-Encoding: chunked", Chunks("abc", "defg", ""));
        Assert.Equal(7, Assert.IsType<Download.Whole>(await GetAsync(server)).Length);
        Assert.Equal("abcdefg", Encoding.ASCII.GetString(_stored.ToArray()));
    }

    [Fact]
    public async Task What_a_server_compresses_is_stored_as_it_is_sent()
    {
        await using TlsServer server = new("200 OK\nContent-Encoding: gzip\nContent-Length: 3", [0x1f, 0x8b, 8]);
        Assert.Equal(3, Assert.IsType<Download.Whole>(await GetAsync(server)).Length);
    }

    [Fact]
    public async Task What_is_cut_off_is_asked_for_again_from_the_start()
    {
        await using TlsServer server = new(async (_, number, stream, end) =>
            await TlsServer.WriteAsync(stream, "200 OK\nContent-Length: 300000", number < 3 ? Body[..(1000 * number)] : Body, end));
        Assert.IsType<Download.Whole>(await GetAsync(server));
        Assert.Equal(Body, _stored.ToArray());
        Assert.Equal([1, 2], _pauses);
        Assert.Equal(["the connection ended after 1000 of 300000 bytes; trying again in 1 s", "the connection ended after 2000 of 300000 bytes; trying again in 2 s"], _retries);
    }

    [Fact]
    public async Task A_chunk_that_is_cut_off_is_no_end()
    {
        await using TlsServer server = new("200 OK\nTransfer-Encoding: chunked", Chunks("abc", "defg"));
        Assert.Equal("the connection ended after 7 bytes, 5 times", Problem(await GetAsync(server)));
        Assert.Equal((5, 4), (server.Requests, _pauses.Count));
        Assert.Equal([1, 2, 4, 8], _pauses);
    }

    [Theory]
    [InlineData("429 Too Many Requests\nRetry-After: 7", 7)]
    [InlineData("429 Too Many Requests", 1)]
    [InlineData("503 Service Unavailable\nDate: Tue, 24 Nov 2026 12:00:00 GMT\nRetry-After: Tue, 24 Nov 2026 12:01:30 GMT", 90)]
    [InlineData("503 Service Unavailable\nDate: Tue, 24 Nov 2026 12:00:00 GMT\nRetry-After: Tue, 24 Nov 2026 11:00:00 GMT", 1)]
    [InlineData("500 Oops\nRetry-After: 0", 1)]
    [InlineData("502 Bad Gateway\nRetry-After: soon", 1)]
    [InlineData("504 Gateway Timeout", 1)]
    [InlineData("408 Request Timeout", 1)]
    public async Task A_server_that_is_busy_is_asked_again_when_it_wants(string head, int pause)
    {
        await using TlsServer server = new(async (_, number, stream, end) => await TlsServer.WriteAsync(stream, number == 1 ? $"{head}\nContent-Length: 4" : "200 OK\nContent-Length: 300000", number == 1 ? "busy"u8.ToArray() : Body, end));
        Assert.IsType<Download.Whole>(await GetAsync(server));
        Assert.Equal(Body, _stored.ToArray());
        Assert.Equal([pause], _pauses);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_given_up()
    {
        await using TlsServer server = new("429 Too Many Requests\nContent-Length: 0");
        Assert.Equal("localhost answered 429 (too many requests), 5 times", Problem(await GetAsync(server)));
        Assert.Equal(5, server.Requests);
    }

    [Fact]
    public async Task A_server_that_wants_a_long_pause_is_not_asked_again()
    {
        await using TlsServer server = new("429 Too Many Requests\nRetry-After: 600\nContent-Length: 0");
        Assert.Equal("localhost answered 429 (too many requests), and wants to be left alone for 600 s; run again then", Problem(await GetAsync(server)));
        Assert.Equal((1, 0), (server.Requests, _pauses.Count));
    }

    [Theory]
    [InlineData("404 Not Found\nContent-Length: 0", "localhost answered 404 (not found)")]
    [InlineData("403 Forbidden\nContent-Length: 0", "localhost answered 403")]
    [InlineData("206 Partial Content\nContent-Length: 0", "localhost answered 206")]
    [InlineData("302 Found\nContent-Length: 0", "localhost redirects to no address")]
    [InlineData("302 Found\nLocation: http://localhost/b.json\nContent-Length: 0", "localhost redirects to http://localhost, which is not https")]
    [InlineData("302 Found\nLocation: file:///etc/passwd\nContent-Length: 0", "localhost redirects to file://, which is not https")]
    [InlineData("302 Found\nLocation: /again\nContent-Length: 0", "localhost redirects more than 5 times")]
    public async Task An_answer_that_is_final_is_final(string head, string problem)
    {
        await using TlsServer server = new(head);
        Assert.Equal(problem, Problem(await GetAsync(server)));
        Assert.Empty(_pauses);
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_on_the_same_host_is_followed(string status)
    {
        await using TlsServer server = new(async (path, _, stream, end) => await TlsServer.WriteAsync(stream, path == "/new/b.json" ? "200 OK\nContent-Length: 3" : $"{status}\nLocation: new/b.json\nContent-Length: 0", path == "/new/b.json" ? "abc"u8.ToArray() : [], end));
        Assert.Equal(3, Assert.IsType<Download.Whole>(await GetAsync(server)).Length);
    }

    [Theory]
    [InlineData("", "localhost:{0} redirects to another host, 127.0.0.1:{0}; if that one is right, name it with --allow-host 127.0.0.1")]
    [InlineData("127.0.0.2", "localhost:{0} redirects to another host, 127.0.0.1:{0}; if that one is right, name it with --allow-host 127.0.0.1")]
    [InlineData("127.0.0.1", null)]
    public async Task A_redirect_to_another_host_is_followed_only_where_it_is_named(string allowed, string? problem)
    {
        var port = 0;
        await using TlsServer server = new(async (path, _, stream, end) => await TlsServer.WriteAsync(stream, path == "/there" ? "200 OK\nContent-Length: 3" : $"302 Found\nLocation: https://127.0.0.1:{port}/there\nContent-Length: 0", path == "/there" ? "abc"u8.ToArray() : [], end));
        port = server.Port;
        var download = await GetAsync(server, hosts: [allowed]);
        Assert.Equal(problem?.Replace("{0}", $"{port}", StringComparison.Ordinal), download is Download.Failed failed ? failed.Problem : null);
        Assert.Equal(problem is null ? 2 : 1, server.Requests);
    }

    [Fact]
    public async Task A_name_and_password_in_a_redirect_are_not_sent()
    {
        await using TlsServer server = new("302 Found\nLocation: https://me:secret@localhost/b.json\nContent-Length: 0");
        Assert.Equal("localhost redirects to an address with a user name", Problem(await GetAsync(server)));
    }

    [Theory]
    [InlineData("200 OK\nContent-Length: 300000", "it has 300000 bytes, and 1000 are the limit; --max-bytes sets another one", 0)]
    [InlineData("200 OK", "it goes on, and 1000 are the limit; --max-bytes sets another one", 1000)]
    public async Task What_is_too_long_is_refused_with_and_without_a_length(string head, string problem, int most)
    {
        await using TlsServer server = new(head, Body);
        Assert.Equal(problem, Problem(await GetAsync(server, Limits with { MaxBytes = 1000 })));
        Assert.InRange(_stored.Length, 0, most);
        Assert.Empty(_pauses);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_falls_silent_is_left(bool answers)
    {
        await using TlsServer server = new(async (_, _, stream, end) =>
        {
            if (answers)
                await TlsServer.WriteAsync(stream, "200 OK\nContent-Length: 300000", Body[..10], end);
            await Task.Delay(Timeout.Infinite, end);
        });
        var problem = Problem(await GetAsync(server, Limits with { Connect = TimeSpan.FromSeconds(1), Idle = TimeSpan.FromSeconds(0.2), Attempts = 1 }));
        Assert.Equal("localhost sent nothing for 0.2 s, 1 times", problem);
    }

    [Fact]
    public async Task A_server_that_drips_is_left()
    {
        await using TlsServer server = new(async (_, _, stream, end) =>
        {
            await TlsServer.WriteAsync(stream, "200 OK\nContent-Length: 300000", [], end);
            for (var at = 0; ; at++)
            {
                await stream.WriteAsync(Body.AsMemory(at % Body.Length, 1), end);
                await Task.Delay(10, end);
            }
        });
        var problem = Problem(await GetAsync(server, Limits with { Whole = TimeSpan.FromSeconds(0.5), Attempts = 1 }));
        Assert.Equal("localhost had not sent all of it after 0 minutes, 1 times", problem);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_refused_at_once()
    {
        await using TlsServer server = new("200 OK\nContent-Length: 300000", Body);
        Assert.StartsWith("the connection to localhost is not secure: ", Problem(await GetAsync(server, isTrusted: false)), StringComparison.Ordinal);
        Assert.Equal((0, 0), (server.Requests, _pauses.Count));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_asked_again()
    {
        Uri url;
        await using (TlsServer server = new("200 OK"))
            url = server.Url();
        Assert.Equal("no connection to localhost could be made, 5 times", Problem(await GetAsync(url, null, Limits, [], TestContext.Current.CancellationToken)));
        Assert.Equal([1, 2, 4, 8], _pauses);
    }

    [Fact]
    public async Task Somebody_who_cancels_waits_for_nothing()
    {
        using CancellationTokenSource cancelled = new();
        await using TlsServer server = new(async (_, _, stream, end) =>
        {
            await TlsServer.WriteAsync(stream, "200 OK\nContent-Length: 300000", Body[..10], end);
            await cancelled.CancelAsync();
            await Task.Delay(Timeout.Infinite, end);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(server.Url(), server.Certificate, Limits, [], cancelled.Token));
    }

    private static byte[] Chunks(params string[] chunks) => Encoding.ASCII.GetBytes(string.Concat(chunks.Select(chunk => $"{chunk.Length:x}\r\n{chunk}\r\n")));

    private static string Problem(Download download) => Assert.IsType<Download.Failed>(download).Problem;

    private Task<Download> GetAsync(TlsServer server, DownloadLimits? limits = null, string[]? hosts = null, bool isTrusted = true) =>
        GetAsync(server.Url(), isTrusted ? server.Certificate : null, limits ?? Limits, hosts ?? [], TestContext.Current.CancellationToken);

    private async Task<Download> GetAsync(Uri url, X509Certificate2? trusted, DownloadLimits limits, string[] hosts, CancellationToken cancellation)
    {
        using var handler = Trusting(trusted, limits);
        using Downloader downloader = new(handler, limits, hosts.ToHashSet(), (pause, _) =>
        {
            _pauses.Add(pause.TotalSeconds);
            return Task.CompletedTask;
        })
        {
            Progress = (bytes, of) => _progress.Add((bytes, of)),
            Retrying = _retries.Add,
        };
        return await downloader.GetAsync(url, _stored, cancellation);
    }

    /// <summary>The product's own handler, which verifies against one more certificate and goes through no proxy.</summary>
    internal static SocketsHttpHandler Trusting(X509Certificate2? trusted, DownloadLimits limits)
    {
        var handler = Downloader.CreateHandler(limits);
        handler.UseProxy = false;
        if (trusted is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(trusted);
        }
        return handler;
    }
}
