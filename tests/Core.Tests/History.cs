using System.Diagnostics;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>A repository of rules with a history, made by the git program in a temporary folder, and clones of it. What it holds passes; tests change it.</summary>
/// <remarks>Fox uses five techniques, four of which have one rule each, and 80% is the target: one rule less fails.</remarks>
public sealed class History : IDisposable
{
    public const string Fox = "name: Fox\ntechniques: [T1059.001, T1003.001, T1047, T1105, T1055]\n";

    private readonly string _folder;
    private readonly bool _isClone;
    private int _clones;

    /// <summary>One commit, on main.</summary>
    public History()
    {
        // Not below a link (macOS: /var), so that paths in outputs are the ones that we expect.
        _folder = Path.Combine(Path.GetTempPath(), "merlon-" + Path.GetRandomFileName());
        Root = Path.Combine(_folder, "work");
        Directory.CreateDirectory(Root);
        Git("init", "--quiet", "--template=", "--initial-branch=main");
        Write("merlon.yml", "gate: { targets: { default: 80 } }\n");
        Write("actors/fox.yml", Fox);
        Write("rules/a.yml", Rule("1", "t1059.001"));
        Write("rules/b.yml", Rule("2", "t1003.001"));
        Write("rules/c.yml", Rule("3", "t1047"));
        Write("rules/d.yml", Rule("4", "t1105"));
        Commit("start");
    }

    private History(string folder, string root) => (_folder, Root, _isClone) = (folder, root, true);

    /// <summary>The folder of the working tree.</summary>
    public string Root { get; }

    /// <summary>What a remote of this repository is called by. With it git speaks its protocol, which a plain path would not.</summary>
    public string Url => new Uri(Root).AbsoluteUri;

    public static string Id(string digit) => $"00000000-0000-4000-8000-{digit.PadLeft(12, '0')}";

    /// <summary>A rule that counts, on ten lines: the tag stands on the fifth.</summary>
    public static string Rule(string digit, string tag, string product = "windows") => $$"""
        title: Rule {{digit}}
        id: {{Id(digit)}}
        status: test
        tags:
            - attack.{{tag}}
        level: high
        logsource: { product: {{product}} }
        detection:
            s: { CommandLine: x{{digit}} }
            condition: s

        """.ReplaceLineEndings("\n");

    public string PathOf(string path) => Path.Combine(Root, path);

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!); // below the root
        File.WriteAllText(PathOf(path), text);
    }

    public void Replace(string path, string old, string with)
    {
        Assert.Contains(old, Read(path), StringComparison.Ordinal);
        Write(path, Read(path).Replace(old, with, StringComparison.Ordinal));
    }

    public void Delete(string path) => File.Delete(PathOf(path));

    public void Move(string from, string to)
    {
        Write(to, Read(from));
        Delete(from);
    }

    /// <summary>The id of the commit that is checked out.</summary>
    public string Head => Git("rev-parse", "HEAD");

    /// <summary>Commits all that lies in the working tree.</summary>
    public void Commit(string message)
    {
        Git("add", "--all");
        Git("commit", "--quiet", "--allow-empty", "-m", message);
    }

    /// <summary>Begins a branch here.</summary>
    public void Branch(string name) => Git("checkout", "--quiet", "-b", name);

    public void Switch(string name) => Git("checkout", "--quiet", name);

    /// <summary>Merges a branch, always with a commit, as a server does.</summary>
    public void Merge(string branch) => Git("merge", "--quiet", "--no-ff", "-m", $"Merge {branch}", branch);

    /// <summary>A clone with all branches, with the one that is checked out here checked out there.</summary>
    public History Clone(params string[] options)
    {
        var clone = NewClone();
        Run(_folder, ["clone", "--quiet", .. options, Url, clone.Root]);
        return clone;
    }

    /// <summary>What a runner does: fetches one commit under a name, no deeper than asked, and checks it out.</summary>
    public History CheckOut(string commit, string name, int depth)
    {
        var clone = NewClone();
        Git("config", "uploadpack.allowAnySHA1InWant", "true");
        Run(_folder, "init", "--quiet", "--template=", "--initial-branch=nothing", clone.Root);
        clone.Git("remote", "add", "origin", Url);
        clone.Git("fetch", "--quiet", "--no-tags", $"--depth={depth}", "origin", $"+{commit}:{name}");
        clone.Git("checkout", "--quiet", "--detach", commit);
        return clone;
    }

    /// <summary>Runs git here, which must succeed.</summary>
    /// <returns>Its output.</returns>
    public string Git(params string[] arguments) => Run(Root, arguments);

    /// <summary>Runs git, which must succeed, in an environment of its own.</summary>
    /// <returns>Its output.</returns>
    public static string Run(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        // Nothing of the caller's, no maintenance that is still at work when the folder goes, and no waiting for a disk.
        foreach (var (name, value) in new[]
        {
            ("GIT_CONFIG_GLOBAL", OperatingSystem.IsWindows() ? "NUL" : "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_CONFIG_COUNT", "3"),
            ("GIT_CONFIG_KEY_0", "gc.auto"), ("GIT_CONFIG_VALUE_0", "0"), ("GIT_CONFIG_KEY_1", "maintenance.auto"), ("GIT_CONFIG_VALUE_1", "false"), ("GIT_CONFIG_KEY_2", "core.fsync"), ("GIT_CONFIG_VALUE_2", "none"),
        })
            start.Environment[name] = value;
        foreach (var who in new[] { "AUTHOR", "COMMITTER" })
            foreach (var (what, value) in new[] { ("NAME", "a"), ("EMAIL", "a@example.org"), ("DATE", "2026-11-24T00:00:00Z") })
                start.Environment[$"GIT_{who}_{what}"] = value;
        using var process = Process.Start(start)!; // null only for a shell's document
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}\n{error.GetAwaiter().GetResult()}");
        return output.Trim();
    }

    public void Dispose()
    {
        // It lies beside the first, in the folder that goes with that.
        if (_isClone)
            return;
        // Git's objects are read-only, and Windows then refuses.
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Where(file => file.IsReadOnly))
            file.IsReadOnly = false;
        Directory.Delete(_folder, recursive: true);
    }

    private History NewClone() => new(_folder, Path.Combine(_folder, $"clone{++_clones}"));
}
