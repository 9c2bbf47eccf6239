using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>Git's store through the git program.</summary>
internal sealed class GitProgramStore : IGitStore
{
    private const int MaxObjectBytes = 1 << 28;

    private readonly GitProgram _git;
    private readonly GitObjectReader _objects;
    private readonly string _root;
    private readonly FrozenSet<string> _ends;
    private bool _areFiltersOff;

    // What rev-parse said, a line each.
    private GitProgramStore(GitProgram git, string root, string[] answers)
    {
        (_git, _root, _objects) = (git, root, new(git, root));
        (IsBare, IsShallow, IsSha256) = (answers[0] == "true", answers[1] == "true", answers[2] == "sha256");
        _ends = IsShallow && GitFolder.Find(root) is { } folder && Path.Combine(folder.Common, "shallow") is var file && File.Exists(file)
            ? File.ReadLines(file).Select(line => line.Trim()).ToFrozenSet(StringComparer.Ordinal) : [];
    }

    public bool IsBare { get; }

    public bool IsShallow { get; }

    public bool IsSha256 { get; }

    public IEnumerable<string> Remotes => _git.Get("remote").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<string> Tags => _git.Get("for-each-ref", "--format=%(refname)", "refs/tags").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => name["refs/tags/".Length..]);

    /// <param name="root">The folder that holds <c>.git</c>, or a bare repository.</param>
    /// <returns>Null, with a finding, when the store can't be opened.</returns>
    public static GitProgramStore? TryOpen(string root, out Diagnostic? error)
    {
        error = null;
        if (GitProgram.Find() is not { } path)
        {
            error = RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf(""), "git program is needed to read this repository and is not on the PATH; install git, or add its folder to the PATH");
            return null;
        }
        try
        {
            foreach (var isWorkTree in new[] { false, true })
            {
                GitProgram git = new(path, root, isWorkTree);
                var (code, output, message) = git.Run(null, "rev-parse", "--is-bare-repository", "--is-shallow-repository", "--show-object-format");
                if (code == 0 && Encoding.UTF8.GetString(output).Split('\n') is [_, _, _, ..] answers)
                    return new(git, root, answers);
                error = GitProgram.FindingOf(message, root);
                // The store of a submodule that is not checked out.
                if (!message.Contains("cannot chdir", StringComparison.Ordinal))
                    return null;
            }
        }
        catch (GitFailure failure)
        {
            error = failure.Finding;
        }
        return null;
    }

    public string? FindUrl(string remote) => _git.Run(null, "config", "--get", $"remote.{remote}.url") is (0, var output, _) ? Encoding.UTF8.GetString(output).TrimEnd('\n') : null;

    public GitCommit? FindCommit(string name) => _objects.TryRead($"{name}^{{commit}}", MaxObjectBytes) is { Type: "commit" } read ? GitObjectText.Commit(read, _ends) : null;

    public string TreeOf(string commit) => (_objects.TryRead($"{commit}^{{tree}}", 0) ?? throw new GitFailure(RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf(""), $"tree of commit {commit} is missing, as in a damaged clone; 'git fsck' tells more"))).Id;

    public string? FindMergeBase(string one, string other)
    {
        var (code, output, error) = _git.Run(null, "merge-base", one, other);
        return code switch { 0 => Encoding.UTF8.GetString(output).Trim(), 1 => null, _ => throw new GitFailure(GitProgram.FindingOf(error, _root)) };
    }

    public GitTree? FindTree(string id) => _objects.TryRead(id, MaxObjectBytes) is { Type: "tree" } read ? GitObjectText.Tree(read.Content, IsSha256 ? 32 : 20) : null;

    public byte[]? TryReadBlob(string id, int limit) => _objects.TryRead(id, limit == int.MaxValue ? limit : limit + 1) is { Type: "blob" } read ? read.Content : null;

    // "mode id stage\tpath".
    public ImmutableArray<GitEntry> ReadIndex() => IsBare ? [] : [.. Parts(_git.Get("ls-files", "--stage", "-z"))
        .Select(line => (Line: line, Tab: line.IndexOf('\t', StringComparison.Ordinal))).Where(line => line.Tab > 0)
        .Select(line => new GitEntry(line.Line[(line.Tab + 1)..], GitEntry.KindOf(line.Line.AsSpan(0, 6)), line.Line[..line.Tab].Split(' ')[1]))];

    public bool IsClean()
    {
        if (IsBare)
            return true;
        TurnFiltersOff();
        return _git.Get("status", "--porcelain", "-z", "--untracked-files=normal", "--ignore-submodules=all", "--no-renames").Length == 0
            && (FindCommit("HEAD") is not { } head || !Submodules(head.Id).Any());
    }

    public IEnumerable<string> FindChanges(string commit)
    {
        if (IsBare)
            return [];
        TurnFiltersOff();
        return [.. Parts(_git.Get("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", commit, "--")),
            .. Submodules(commit), .. Parts(_git.Get("ls-files", "--others", "--exclude-standard", "-z"))];
    }

    public FrozenSet<string> FindIgnored(IReadOnlyCollection<string> paths)
    {
        // With a folder before it no name means more than itself.
        var (code, output, error) = _git.Run(Encoding.UTF8.GetBytes(string.Concat(paths.Select(path => $"./{path}\0"))), "check-ignore", "-z", "--stdin", "--no-index");
        return code is 0 or 1 ? Parts(Encoding.UTF8.GetString(output)).Select(path => path[2..]).ToFrozenSet(StringComparer.Ordinal) : throw new GitFailure(GitProgram.FindingOf(error, _root));
    }

    public void Dispose() => _objects.Dispose();

    // Those that the index records in another way than a commit does, from ":mode mode id id status" and the path after it.
    private IEnumerable<string> Submodules(string commit)
    {
        var parts = Parts(_git.Get("diff-index", "--cached", "--raw", "-z", "--no-renames", "--ignore-submodules=none", commit, "--"));
        return parts.Zip(parts.Skip(1)).Where(pair => pair.First.StartsWith(":160000 ", StringComparison.Ordinal) || (pair.First.StartsWith(':') && pair.First.AsSpan()[7..].StartsWith(" 160000 "))).Select(pair => pair.Second);
    }

    // A filter is a program that git would run to see whether a file has changed.
    private void TurnFiltersOff()
    {
        if (_areFiltersOff)
            return;
        _areFiltersOff = true;
        var (code, output, error) = _git.Run(null, "config", "--name-only", "-z", "--get-regexp", @"^filter\..*\.(clean|smudge|process|required)$");
        if (code is not (0 or 1))
            throw new GitFailure(GitProgram.FindingOf(error, _root));
        _git.More = [.. Parts(Encoding.UTF8.GetString(output)).Distinct(StringComparer.Ordinal).Select(key => (key, key.EndsWith(".required", StringComparison.Ordinal) ? "false" : ""))];
    }

    private static string[] Parts(string output) => output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
