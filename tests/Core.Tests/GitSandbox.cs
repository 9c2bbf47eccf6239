using Merlon.Core.Git;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>
/// A bare repository that plays the server, and clones of it as pipelines make them, by the git program in an environment of its own.
/// <code>
/// root - one - two (main) ----- pull - queued
///           \                  /     /
///            start - feature -     other
/// </code>
/// </summary>
public sealed class GitSandbox : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("merlon-git-").FullName;
    private readonly Dictionary<string, string> _ids = [];
    private int _clones;

    public GitSandbox()
    {
        var work = Path.Combine(_folder, "work");
        Git(_folder, "init", "--quiet", "--initial-branch=main", work);
        Commit(work, "root");
        Commit(work, "one");
        Git(work, "checkout", "--quiet", "-b", "feature");
        Commit(work, "start");
        Commit(work, "feature");
        Git(work, "checkout", "--quiet", "main");
        Commit(work, "two");
        Git(work, "checkout", "--quiet", "-b", "other");
        Commit(work, "other");
        Git(work, "checkout", "--quiet", "--detach", "main");
        Merge(work, "pull", "feature");
        Merge(work, "queued", "other");
        Git(work, "checkout", "--quiet", "--orphan", "unrelated");
        Commit(work, "unrelated");
        Git(work, "checkout", "--quiet", "main");
        Git(work, "tag", "v1", this["one"]);
        Git(_folder, "clone", "--quiet", "--bare", work, "server.git");
        foreach (var (name, commit) in new[] { ("refs/pull/7/merge", "pull"), ("refs/merge-requests/7/merge", "pull"), ("refs/pull/7/head", "feature"), ("refs/merge-requests/7/head", "feature"), ("refs/heads/gh-readonly-queue/main/pr-8", "queued"), ("refs/heads/pushed", "queued") })
            Git(work, "push", "--quiet", Path.Combine(_folder, "server.git"), $"{this[commit]}:{name}");
    }

    /// <summary>The id of the commit of this name.</summary>
    public string this[string commit] => _ids[commit];

    /// <summary>The server's address. With it git speaks its protocol, which a plain path would not.</summary>
    public string Server => new Uri(Path.Combine(_folder, "server.git")).AbsoluteUri;

    /// <summary>What a runner does: fetches one commit under a name, and checks it out.</summary>
    /// <param name="depth">0 for everything, branches and tags among it.</param>
    /// <returns>The clone's folder.</returns>
    public string CheckOut(string commit, string name, int depth)
    {
        var clone = NewFolder();
        Git(_folder, "init", "--quiet", "--initial-branch=nothing", clone);
        Git(clone, "remote", "add", "origin", Server);
        if (depth == 0)
            Git(clone, "fetch", "--quiet", "origin");
        Git(clone, ["fetch", "--quiet", "--no-tags", .. depth == 0 ? Array.Empty<string>() : [$"--depth={depth}"], "origin", $"+{this[commit]}:{name}"]);
        Git(clone, "checkout", "--quiet", "--detach", this[commit]);
        return clone;
    }

    /// <summary>A whole clone with the feature checked out, for tests that change nothing.</summary>
    public string Feature => field ??= Clone("--branch", "feature");

    public string Clone(params string[] arguments)
    {
        var clone = NewFolder();
        Git(_folder, ["clone", "--quiet", .. arguments, Server, clone]);
        return clone;
    }

    public string NewFolder() => Path.Combine(_folder, $"clone{++_clones}");

    public string Commit(string folder, string name)
    {
        File.WriteAllText(Path.Combine(folder, $"{name}.yml"), name);
        Git(folder, "add", ".");
        Git(folder, "commit", "--quiet", "-m", name);
        return _ids[name] = Git(folder, "rev-parse", "HEAD");
    }

    /// <summary>Runs git, which must succeed.</summary>
    /// <returns>Its output.</returns>
    public static string Git(string folder, params string[] arguments) => History.Run(folder, arguments);

    /// <summary>Executes a command that a message has.</summary>
    public static void Execute(string folder, string command)
    {
        Assert.StartsWith("git ", command, StringComparison.Ordinal);
        Git(folder, command.Replace("\"", "", StringComparison.Ordinal).Split(' ')[1..]);
    }

    internal static T Read<T>(string folder, Func<GitRepository, T> read)
    {
        using var repository = GitRepository.TryOpen(folder, out var error);
        Assert.True(repository is not null, error?.Message);
        return read(repository);
    }

    public void Dispose()
    {
        // Git's objects are read-only, and Windows then refuses.
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly))
            file.IsReadOnly = false;
        Directory.Delete(_folder, recursive: true);
    }

    private void Merge(string folder, string name, string branch)
    {
        Git(folder, "merge", "--quiet", "--no-ff", "-m", name, branch);
        _ids[name] = Git(folder, "rev-parse", "HEAD");
    }
}
