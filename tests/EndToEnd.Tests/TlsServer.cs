using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Merlon.EndToEnd.Tests;

/// <summary>
/// An HTTPS server on loopback that says what a test wants, byte by byte. Its certificate is for <c>localhost</c> and signed by itself: a client
/// that shall trust it has to be told of it.
/// </summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string, int, Stream, CancellationToken, Task> _answer;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private int _requests;

    /// <param name="answer">Given the path, the number of the request from 1, and the stream; the connection is closed after it.</param>
    public TlsServer(Func<string, int, Stream, CancellationToken, Task> answer)
    {
        _answer = answer;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // SChannel wants a key that it has stored.
        Certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>A server that always answers the same.</summary>
    public TlsServer(string head, byte[]? body = null)
        : this(async (_, _, stream, end) => await WriteAsync(stream, head, body ?? [], end))
    {
    }

    public X509Certificate2 Certificate { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many requests have come.</summary>
    public int Requests => _requests;

    public Uri Url(string path = "/b.json") => new($"https://localhost:{Port}{path}");

    /// <summary>Writes the lines of a head, which are ended by LF here, and what follows it.</summary>
    public static async Task WriteAsync(Stream stream, string head, byte[] body, CancellationToken end)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head.Replace("\n", "\r\n", StringComparison.Ordinal)}\r\nConnection: close\r\n\r\n"), end);
        await stream.WriteAsync(body, end);
        await stream.FlushAsync(end);
    }

    public async ValueTask DisposeAsync()
    {
        // A listener that has stopped cannot be asked for one client more: whoever asks has to be gone first.
        await _end.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections);
        Certificate.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            await using (SslStream stream = new(client.GetStream()))
            {
                await stream.AuthenticateAsServerAsync(Certificate);
                using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
                var path = (await reader.ReadLineAsync(_end.Token))?.Split(' ')[1];
                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 })
                {
                    // The headers say nothing that a test needs.
                }
                if (path is not null)
                    await _answer(path, Interlocked.Increment(ref _requests), stream, _end.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // A client that has seen enough, or does not trust the certificate, goes.
        }
    }
}
