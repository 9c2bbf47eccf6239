using System.Net;
using System.Security.Cryptography;

namespace Merlon.Cli.Downloads;

/// <summary>
/// Gets files over HTTPS: the only code that uses the network. What comes is stored as it is sent, and nothing in it is read before its hash is known.
/// </summary>
/// <param name="handler">One that <see cref="CreateHandler"/> made.</param>
/// <param name="hosts">Hosts that may be redirected to, besides an address's own.</param>
/// <param name="wait">Waits before another attempt.</param>
internal sealed class Downloader(SocketsHttpHandler handler, DownloadLimits limits, IReadOnlySet<string> hosts, Func<TimeSpan, CancellationToken, Task> wait) : IDisposable
{
    // A TAXII server answers to its own type alone (TAXII 2.1, 1.6.8).
    private const string Accepted = "application/taxii+json;version=2.1, application/json, */*";

    private readonly HttpMessageInvoker _client = new(handler);

    /// <summary>Told how many bytes have come, and how many will where the server says so.</summary>
    public Action<long, long?>? Progress { get; init; }

    /// <summary>Told why there is another attempt, and when.</summary>
    public Action<string>? Retrying { get; init; }

    /// <summary>Certificates are verified, proxies are the system's, and neither cookies nor passwords are kept or sent.</summary>
    public static SocketsHttpHandler CreateHandler(DownloadLimits limits) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ConnectTimeout = limits.Connect,
    };

    public void Dispose() => _client.Dispose();

    /// <summary>Writes what an address has into an empty stream that can seek.</summary>
    /// <exception cref="IOException">The stream refuses.</exception>
    /// <exception cref="OperationCanceledException">Somebody cancelled.</exception>
    public async Task<Download> GetAsync(Uri url, Stream into, CancellationToken cancellation)
    {
        var pause = limits.FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            var download = await TryAsync(url, into, cancellation).ConfigureAwait(false);
            if (download is not Download.Failed { MayPass: true } failed)
                return download;
            var pauseNow = failed.Wait > pause ? failed.Wait.Value : pause;
            if (pauseNow > limits.LongestWait)
                return failed with { Problem = $"{failed.Problem}, and wants to be left alone for {pauseNow.TotalSeconds:0} s; run again then" };
            if (attempt == limits.Attempts)
                return failed with { Problem = $"{failed.Problem}, {attempt} times" };
            Retrying?.Invoke($"{failed.Problem}; trying again in {pauseNow.TotalSeconds:0} s");
            await wait(pauseNow, cancellation).ConfigureAwait(false);
            pause *= 2;
            into.SetLength(0);
        }
    }

    private async Task<Download> TryAsync(Uri url, Stream into, CancellationToken cancellation)
    {
        using CancellationTokenSource whole = new(limits.Whole);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, whole.Token);
        try
        {
            var at = url;
            for (var hops = 0; hops <= limits.Redirects; hops++)
            {
                patience.CancelAfter(limits.Connect + limits.Idle);
                using HttpRequestMessage request = new(HttpMethod.Get, at);
                request.Headers.TryAddWithoutValidation("Accept", Accepted);
                request.Headers.TryAddWithoutValidation("User-Agent", "merlon");
                using var response = await _client.SendAsync(request, patience.Token).ConfigureAwait(false);
                if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
                    return response.StatusCode == HttpStatusCode.OK ? await CopyAsync(response, into, patience).ConfigureAwait(false) : Refused(response, at);
                if (Follow(at, response.Headers.Location, out var next) is { } why)
                    return new Download.Failed(why);
                at = next;
            }
            return new Download.Failed($"{url.Host} redirects more than {limits.Redirects} times");
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            return new Download.Failed(e.InnerException is TimeoutException ? $"{url.Host} took no connection for {limits.Connect.TotalSeconds:0} s" : whole.IsCancellationRequested ? $"{url.Host} had not sent all of it after {limits.Whole.TotalMinutes:0} minutes" : $"{url.Host} sent nothing for {limits.Idle.TotalSeconds:0.##} s", MayPass: true);
        }
        catch (HttpRequestException e)
        {
            return new Download.Failed(e.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => $"{url.Host} is not a host that is known here",
                HttpRequestError.ConnectionError => $"no connection to {url.Host} could be made",
                HttpRequestError.SecureConnectionError => $"the connection to {url.Host} is not secure: {e.InnerException?.Message ?? e.Message}".TrimEnd('.'),
                HttpRequestError.ProxyTunnelError => $"the proxy lets nothing through to {url.Host}: {e.Message}".TrimEnd('.'),
                HttpRequestError.ResponseEnded => $"{url.Host} ended the connection without an answer",
                _ => $"{url.Host} does not answer as HTTP wants it: {e.Message}".TrimEnd('.'),
            }, MayPass: e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded);
        }
    }

    // To the same host over TLS, or to one that whoever runs this has named: the repository may come from a stranger.
    private string? Follow(Uri from, Uri? location, out Uri next)
    {
        next = from;
        if (location is null || !Uri.TryCreate(from, location, out var to))
            return $"{from.Host} redirects to no address";
        next = to;
        return to.Scheme != Uri.UriSchemeHttps ? $"{from.Host} redirects to {to.Scheme}://{to.Authority}, which is not https"
            : to.UserInfo.Length > 0 ? $"{from.Host} redirects to an address with a user name"
            : to.Authority == from.Authority || hosts.Contains(to.Host) ? null
            : $"{from.Authority} redirects to another host, {to.Authority}; if that one is right, name it with --allow-host {to.Host}";
    }

    private static Download.Failed Refused(HttpResponseMessage response, Uri at)
    {
        var after = response.Headers.RetryAfter;
        return new($"{at.Host} answered {(int)response.StatusCode}{(response.StatusCode == HttpStatusCode.TooManyRequests ? " (too many requests)" : response.StatusCode == HttpStatusCode.NotFound ? " (not found)" : "")}",
            MayPass: response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
            after?.Delta ?? (after?.Date is { } date ? date - (response.Headers.Date ?? DateTimeOffset.UtcNow) : null));
    }

    private async Task<Download> CopyAsync(HttpResponseMessage response, Stream into, CancellationTokenSource patience)
    {
        var length = response.Content.Headers.ContentLength;
        if (length > limits.MaxBytes)
            return TooLong($"has {length} bytes");
        using var body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        for (long total = 0; ;)
        {
            int read;
            patience.CancelAfter(limits.Idle);
            try
            {
                read = await body.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            }
            catch (IOException)
            {
                return new Download.Failed($"the connection ended after {total}{(length is null ? "" : $" of {length}")} bytes", MayPass: true);
            }
            if (read == 0)
            {
                Progress?.Invoke(total, total);
                return new Download.Whole(Convert.ToHexStringLower(hash.GetHashAndReset()), total, length is not null || response.Headers.TransferEncodingChunked == true);
            }
            total += read;
            if (total > limits.MaxBytes)
                return TooLong("goes on");
            hash.AppendData(buffer, 0, read);
            await into.WriteAsync(buffer.AsMemory(0, read), patience.Token).ConfigureAwait(false);
            Progress?.Invoke(total, length);
        }

        Download.Failed TooLong(string how) => new($"it {how}, and {limits.MaxBytes} are the limit; --max-bytes sets another one");
    }
}
