using System.Diagnostics;
using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>
/// The git program, started so that it neither asks, writes nor reaches out: no network, no hook, and no program that the repository's
/// settings name. Who owns the repository is left to git to check.
/// </summary>
/// <param name="path">Full path of the program.</param>
/// <param name="root">The folder that holds <c>.git</c>, or the one that git keeps a store in.</param>
/// <param name="isWorkTree">Whether the root stands in for the working tree that the settings name and that is not there.</param>
internal sealed class GitProgram(string path, string root, bool isWorkTree)
{
    private static readonly string Nothing = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    private static readonly string[] Settings =
    [
        "core.fsmonitor=false", $"core.hooksPath={Nothing}", "core.sshCommand=false", "core.askPass=", "core.pager=cat", "credential.helper=", "diff.external=", "protocol.allow=never",
        "status.submoduleSummary=false", "submodule.recurse=false",
    ];

    /// <summary>Settings that are added to those of the repository.</summary>
    public IReadOnlyList<(string Key, string Value)> More { get; set; } = [];

    /// <summary>The program on the path. Only full paths count: a file of that name in a repository must not be run.</summary>
    /// <param name="searchPath">The system's, or null.</param>
    public static string? Find(string? searchPath) =>
        (searchPath ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "git.exe" : "git")).FirstOrDefault(File.Exists);

    public static string? Find() => Find(new ProcessStartInfo().Environment.TryGetValue("PATH", out var searchPath) ? searchPath : null);

    public Process Start(params ReadOnlySpan<string> arguments)
    {
        ProcessStartInfo start = new(path) { WorkingDirectory = root, UseShellExecute = false, CreateNoWindow = true, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--no-pager");
        start.ArgumentList.Add("--no-replace-objects");
        foreach (var setting in Settings)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        SetEnvironment(start.Environment);
        try
        {
            return Process.Start(start)!; // null only where a shell starts it
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new GitFailure(RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf(""), $"git program '{path}' cannot be started: {e.Message.TrimEnd('.')}"));
        }
    }

    /// <summary>Runs git to its end.</summary>
    /// <param name="input">What it reads; null for nothing.</param>
    public (int Code, byte[] Output, string Error) Run(byte[]? input, params ReadOnlySpan<string> arguments)
    {
        using var process = Start(arguments);
        // Each stream has its own reader or writer, so that none waits for another.
        var error = Task.Run(process.StandardError.ReadToEnd);
        var write = Task.Run(() => Send(process, input ?? []));
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        write.Wait();
        return (process.ExitCode, output.ToArray(), error.Result);
    }

    /// <returns>What git printed.</returns>
    /// <exception cref="GitFailure">It ended with another code than 0.</exception>
    public string Get(params ReadOnlySpan<string> arguments)
    {
        var (code, output, error) = Run(null, arguments);
        return code == 0 ? Encoding.UTF8.GetString(output) : throw new GitFailure(FindingOf(error, root));
    }

    public static Diagnostic FindingOf(string error, string root)
    {
        var line = error.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.StartsWith("fatal:", StringComparison.Ordinal)) ?? "";
        return RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf(""),
            error.Contains("dubious ownership", StringComparison.Ordinal) ? RevisionDiagnostics.NotOwned(root)
            : line.Contains("not a git repository", StringComparison.Ordinal) ? "'.git' is not a repository that git could read; run 'git status' to see why"
            : $"git cannot read its store{(line.Length == 0 ? "; run 'git status' to see why" : $": {line["fatal:".Length..].Trim()}")}");
    }

    private static void Send(Process process, byte[] input)
    {
        try
        {
            using var stream = process.StandardInput.BaseStream;
            stream.Write(input);
        }
        catch (IOException)
        {
            // It ended before it had read all; its code says why.
        }
    }

    private void SetEnvironment(IDictionary<string, string?> environment)
    {
        // Whatever was meant for another repository or another git.
        foreach (var name in environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase) && !string.Equals(name, "GIT_EXEC_PATH", StringComparison.OrdinalIgnoreCase)).ToArray())
            environment.Remove(name);
        environment["LC_ALL"] = "C";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_CONFIG_NOSYSTEM"] = "1";
        environment["GIT_OPTIONAL_LOCKS"] = "0";
        environment["GIT_NO_REPLACE_OBJECTS"] = "1";
        environment["GIT_GRAFT_FILE"] = Nothing;
        // A partial clone would fetch what it lacks: older programs know the second only, and no transport has this name.
        environment["GIT_NO_LAZY_FETCH"] = "1";
        environment["GIT_ALLOW_PROTOCOL"] = "none";
        // Where '.git' is no repository, that of a folder above is not meant.
        if (Path.GetDirectoryName(root) is { } above)
            environment["GIT_CEILING_DIRECTORIES"] = above;
        if (isWorkTree)
            environment["GIT_WORK_TREE"] = root;
        environment["GIT_CONFIG_COUNT"] = $"{More.Count}";
        foreach (var (i, (key, value)) in More.Index())
            (environment[$"GIT_CONFIG_KEY_{i}"], environment[$"GIT_CONFIG_VALUE_{i}"]) = (key, value);
    }
}
