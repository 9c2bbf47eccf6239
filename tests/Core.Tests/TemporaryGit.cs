using System.Diagnostics;
using Merlon.Core.Git;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Repositories of every shape, made by the git program in a temporary folder.</summary>
internal sealed class TemporaryGit : IDisposable
{
    public static readonly PathPattern All = PathPattern.TryParse("**", "")!;

    public TemporaryGit(string format = "sha1")
    {
        Git("", "init", "-q", "-b", "main", $"--object-format={format}", "source");
        Write("source/rules/a.yml", "a\n");
        Write("source/rules/windows/b.yml", "b\n");
        Write("source/rules/windows-old/c.yml", "c\n");
        Write("source/other/ü ü.txt", "u\n");
        if (!OperatingSystem.IsWindows())
            File.CreateSymbolicLink(PathOf("source/rules/link.yml"), "a.yml");
        Commit("source", "one");
        Git("source", "tag", "-a", "-m", "a tag with a message", "v1");
        Write("source/rules/a.yml", "a2\n");
        Git("source", "mv", "rules/windows/b.yml", "rules/windows/renamed.yml");
        Commit("source", "two\n\nmore");
        Git("source", "config", "uploadpack.allowFilter", "true");
        Git("source", "config", "uploadpack.allowAnySHA1InWant", "true");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("merlon-git-").FullName;

    public string Url => new Uri(PathOf("source")).AbsoluteUri;

    public string PathOf(string path) => Path.Combine(Folder, path.Replace('/', Path.DirectorySeparatorChar));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    public string Commit(string repository, string message)
    {
        Git(repository, "add", "-A");
        Git(repository, "commit", "-q", "-m", message);
        return Git(repository, "rev-parse", "HEAD");
    }

    /// <summary>What git prints, without the end of its last line.</summary>
    public string Git(string folder, params string[] arguments)
    {
        var (code, output, error) = TryRun("git", PathOf(folder), ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always", "-c", "advice.detachedHead=false", .. arguments]);
        Assert.True(code == 0, $"git {string.Join(' ', arguments)}: {error}");
        return output.TrimEnd('\n');
    }

    public static (int Code, string Output, string Error) TryRun(string program, string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_AUTHOR_DATE"] = start.Environment["GIT_COMMITTER_DATE"] = "2026-11-24T10:00:00+0100";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>A copy of the source in one of the shapes that git knows.</summary>
    /// <returns>Full path of what is opened.</returns>
    public string Make(string shape)
    {
        switch (shape)
        {
            case "plain":
                Git("", "clone", "-q", Url, "copy");
                break;
            case "packed":
                Git("", "clone", "-q", Url, "copy");
                Git("copy", "repack", "-q", "-a", "-d");
                Git("copy", "pack-refs", "--all");
                Git("copy", "commit-graph", "write", "--reachable");
                Git("copy", "multi-pack-index", "write");
                break;
            case "bare":
                Git("", "clone", "-q", "--bare", Url, "copy");
                break;
            case "worktree":
                Git("", "clone", "-q", Url, "first");
                Git("first", "worktree", "add", "-q", "../copy");
                break;
            case "separate":
                Git("", "clone", "-q", $"--separate-git-dir={PathOf("store")}", Url, "copy");
                break;
            case "shallow":
                Git("", "clone", "-q", "--depth=1", Url, "copy");
                break;
            case "sparse":
                Git("", "clone", "-q", "--sparse", Url, "copy");
                break;
            case "sparse-index":
                Git("", "clone", "-q", "--sparse", Url, "copy");
                Git("copy", "sparse-checkout", "set", "--cone", "--sparse-index", "other");
                break;
            case "alternates":
                Git("", "clone", "-q", "--shared", PathOf("source"), "copy");
                break;
            case "fetched":
                Git("", "clone", "-q", "--filter=blob:none", Url, "copy");
                break;
            case "partial":
                Git("", "clone", "-q", "--filter=blob:none", "--no-checkout", Url, "copy");
                break;
            case "unborn":
                Git("", "init", "-q", "copy");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(shape), shape, null);
        }
        return PathOf("copy");
    }

    public void Dispose()
    {
        // Git's objects are read-only, and Windows then refuses.
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Where(file => file.IsReadOnly))
            file.IsReadOnly = false;
        Directory.Delete(Folder, recursive: true);
    }
}
