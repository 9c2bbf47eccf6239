using System.Globalization;
using System.Text.RegularExpressions;

namespace Merlon.Core.Git;

/// <summary>Where a web host shows the files of a repository.</summary>
internal sealed partial class FilePages
{
    private const string CommitMark = "{commit}";
    private const string PathMark = "{path}";
    private const string LineMark = "{line}";

    private readonly string _template;

    private FilePages(string template) => _template = template;

    /// <summary>Whether a commit has to be known.</summary>
    public bool NeedsCommit => _template.Contains(CommitMark, StringComparison.Ordinal);

    /// <summary>Reads an address as somebody gives it: <c>{commit}</c>, <c>{path}</c> and <c>{line}</c> stand for what they say; without <c>{path}</c> the path follows after it.</summary>
    /// <returns>Null where it is no address of the web, or has a user's name or password in it.</returns>
    public static FilePages? TryParse(string text)
    {
        FilePages pages = new(text.Contains(PathMark, StringComparison.Ordinal) ? text : $"{text.TrimEnd('/')}/{PathMark}");
        return !text.Any(char.IsControl) && Uri.TryCreate(pages.UrlOf("a/b", 1, "c"), UriKind.Absolute, out var url)
            && url is { Scheme: "https" or "http", UserInfo: "", Host.Length: > 0 } ? pages : null;
    }

    /// <summary>The pages of a remote on a host whose addresses are known: GitHub, GitLab, Bitbucket and Azure DevOps. Of the remote only host and path are kept, so that no user's name or password is.</summary>
    /// <param name="remote">As git's settings have it: <c>https://…</c>, <c>ssh://…</c> or <c>git@host:path</c>.</param>
    /// <returns>Null where the host is another, or none of the web.</returns>
    public static FilePages? OfRemote(string remote)
    {
        if (Parse(remote.Trim()) is not ({ Length: > 0 } authority, { } path))
            return null;
        string[] parts = [.. path.Trim('/').Split('/').Select(Uri.UnescapeDataString)];
        if (parts is [.., var last] && last.EndsWith(".git", StringComparison.OrdinalIgnoreCase))
            parts[^1] = last[..^4];
        if (parts.Any(part => part is "" or "." or ".." || part.Any(c => char.IsControl(c) || c is '{' or '}' or '\\')))
            return null;
        var at = string.Join('/', parts.Select(Uri.EscapeDataString));
        return authority.Split(':')[0] switch
        {
            "github.com" or "ssh.github.com" when parts.Length == 2 => new($"https://github.com/{at}/blob/{CommitMark}/{PathMark}#L{LineMark}"),
            "gitlab.com" or "altssh.gitlab.com" when parts.Length >= 2 => new($"https://gitlab.com/{at}/-/blob/{CommitMark}/{PathMark}#L{LineMark}"),
            "bitbucket.org" or "altssh.bitbucket.org" when parts.Length == 2 => new($"https://bitbucket.org/{at}/src/{CommitMark}/{PathMark}#lines-{LineMark}"),
            "ssh.dev.azure.com" or "vs-ssh.visualstudio.com" when parts is ["v3", _, _, _] => Azure($"dev.azure.com/{string.Join('/', parts[1..3].Select(Uri.EscapeDataString))}/_git/{Uri.EscapeDataString(parts[3])}"),
            "dev.azure.com" when parts is [_, _, "_git", _] or [_, "_git", _] => Azure($"dev.azure.com/{at}"),
            var host when host.EndsWith(".visualstudio.com", StringComparison.Ordinal) && parts is [.., "_git", _] => Azure($"{host}/{at}"),
            // The same programs on hosts of one's own, as far as their names say so.
            var host when host.StartsWith("github.", StringComparison.Ordinal) && parts.Length == 2 => new($"https://{authority}/{at}/blob/{CommitMark}/{PathMark}#L{LineMark}"),
            var host when host.StartsWith("gitlab.", StringComparison.Ordinal) && parts.Length >= 2 => new($"https://{authority}/{at}/-/blob/{CommitMark}/{PathMark}#L{LineMark}"),
            _ => null,
        };
    }

    /// <param name="path">From the repository's root, with '/'.</param>
    /// <param name="line">1-based.</param>
    /// <returns>Null where a commit is needed and there is none.</returns>
    public string? UrlOf(string path, int line, string? commit) => commit is null && NeedsCommit ? null : _template
        .Replace(CommitMark, commit, StringComparison.Ordinal)
        .Replace(LineMark, line.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        // Last, so that the marks in a file's name mean nothing.
        .Replace(PathMark, string.Join('/', path.Split('/').Select(Uri.EscapeDataString)), StringComparison.Ordinal);

    private static FilePages Azure(string repository) => new($"https://{repository}?path=/{PathMark}&version=GC{CommitMark}&line={LineMark}&lineEnd={LineMark}");

    // Host, with the port where the web has it there, and path.
    private static (string Authority, string Path)? Parse(string remote)
    {
        if (!remote.Contains("://", StringComparison.Ordinal))
            return Scp().Match(remote) is { Success: true } match ? (match.Groups[1].Value.ToLowerInvariant(), match.Groups[2].Value) : null;
        return Uri.TryCreate(remote, UriKind.Absolute, out var url) && url is { Query: "", Fragment: "" } && url.Scheme is "https" or "ssh" or "git+ssh"
            ? (url is { Scheme: "https", IsDefaultPort: false } ? $"{url.IdnHost}:{url.Port}".ToLowerInvariant() : url.IdnHost.ToLowerInvariant(), url.AbsolutePath) : null;
    }

    // git@github.com:owner/name.git
    [GeneratedRegex(@"^(?:[^@:/\s]+@)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+):([^:]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Scp();
}
