using System.Collections.Immutable;
using Merlon.Core.Git;

namespace Merlon.Core.Programs.Init;

/// <summary>A service that runs checks.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="Template">The name of its template.</param>
/// <param name="Path">The file that it reads, from the root.</param>
/// <param name="Beside">Where the template goes when that file is somebody's already; null where there is no other place.</param>
/// <param name="Remark">What is then to be done.</param>
internal sealed record PipelineService(string Name, string Template, string Path, string? Beside, string? Remark);

internal static class Pipelines
{
    public const string None = "none";

    private const int MaxConfigBytes = 1 << 20;

    public static ImmutableArray<PipelineService> All { get; } =
    [
        new("github", "github.yml", ".github/workflows/merlon.yml", null, null),
        new("gitlab", "gitlab-ci.yml", ".gitlab-ci.yml", ".gitlab/merlon.yml", "add to .gitlab-ci.yml: include: [{ local: .gitlab/merlon.yml }]"),
        new("azure", "azure-pipelines.yml", "azure-pipelines.yml", "azure-pipelines-merlon.yml", "make a pipeline of azure-pipelines-merlon.yml in Azure DevOps, and ask for it in the branch's policy"),
    ];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(service => service.Name), None];

    /// <summary>The service of a repository: that whose files it has, else the host of its remote, else GitHub.</summary>
    /// <param name="tree">Of a git repository.</param>
    public static (PipelineService Service, string Why) Find(ISourceTree tree)
    {
        if (tree.Exists(".gitlab-ci.yml"))
            return (Of("gitlab"), ".gitlab-ci.yml is there");
        if (tree.Exists("azure-pipelines.yml"))
            return (Of("azure"), "azure-pipelines.yml is there");
        if (!tree.Find([PathPattern.TryParse(".github/**", "")!]).Paths.IsEmpty) // it parses
            return (Of("github"), ".github is there");
        return HostOf(tree.Root) switch
        {
            { } host when host.Contains("gitlab", StringComparison.OrdinalIgnoreCase) => (Of("gitlab"), "its remote is on GitLab"),
            { } host when host.EndsWith("dev.azure.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith("visualstudio.com", StringComparison.OrdinalIgnoreCase) => (Of("azure"), "its remote is on Azure DevOps"),
            { } host when host.Contains("github", StringComparison.OrdinalIgnoreCase) => (Of("github"), "its remote is on GitHub"),
            _ => (Of("github"), "nothing says where it is hosted; --pipeline chooses another service"),
        };
    }

    public static PipelineService Of(string name) => All.First(service => service.Name == name);

    /// <summary>The branch that changes go to: what the remote says, else the one that is checked out where it has a usual name, else <c>main</c>.</summary>
    /// <param name="root">Full path of a git repository.</param>
    public static string MainBranch(string root)
    {
        const string remote = "refs/remotes/origin/", local = "refs/heads/";
        if (GitFolder.Find(root) is not { } git)
            return Usual[0];
        return Branch(Path.Combine(git.Common, "refs", "remotes", "origin", "HEAD"), remote)
            ?? (Branch(Path.Combine(git.Path, "HEAD"), local) is { } here && Usual.Contains(here) ? here : Usual[0]);
    }

    private static readonly ImmutableArray<string> Usual = ["main", "master", "trunk", "develop"];

    // A name of other characters has no place in a template.
    private static string? Branch(string file, string prefix)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: < MaxConfigBytes } && File.ReadAllText(file).Trim() is var line && line.StartsWith("ref: " + prefix, StringComparison.Ordinal)
                && line["ref: ".Length..][prefix.Length..] is { Length: > 0 } name && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/') ? name : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Of origin, else of the first remote: git's settings, read as a file.
    private static string? HostOf(string root)
    {
        if (GitFolder.Find(root) is not { } git || new FileInfo(Path.Combine(git.Common, "config")) is not { Exists: true, Length: <= MaxConfigBytes } file)
            return null;
        string? section = null, first = null;
        try
        {
            foreach (var line in File.ReadLines(file.FullName).Select(line => line.Trim()))
                if (line.StartsWith('['))
                    section = line;
                else if (section?.StartsWith("[remote ", StringComparison.Ordinal) == true && line.StartsWith("url", StringComparison.Ordinal) && line.Split('=', 2) is [var key, var url] && key.Trim() == "url")
                    if (section == "[remote \"origin\"]")
                        return HostIn(url.Trim());
                    else
                        first ??= HostIn(url.Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        return first;
    }

    // https://host/path, ssh://user@host:port/path, user@host:path; nothing of a path of this machine.
    private static string? HostIn(string url) => url.Contains("://", StringComparison.Ordinal) ? Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : null
        : url.Split(':', 2) is [var host, _] && host.Length > 1 && !host.Contains('/', StringComparison.Ordinal) ? host[(host.LastIndexOf('@') + 1)..] : null;
}
