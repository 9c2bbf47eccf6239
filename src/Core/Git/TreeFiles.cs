using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>The files of a tree object and of those below it, submodules among them at the commits that are recorded.</summary>
/// <param name="commit">Whose files they are.</param>
/// <param name="tree">Id of the repository's root at some commit.</param>
/// <param name="folder">Path of the repository from the outermost root: empty, or with '/' at its end.</param>
/// <param name="level">0 for the outermost repository, 1 for its submodules.</param>
internal sealed class TreeFiles(GitRepository repository, string commit, string tree, string folder, int level)
{
    private const int MaxFiles = 1_000_000;
    private const int MaxDepth = 200;
    private const int MaxLevel = 3;

    private readonly Dictionary<string, TreeFiles?> _submodules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GitTree?> _folders = new(StringComparer.Ordinal);
    private SubmoduleNames? _names;

    public GitRepository Repository => repository;

    /// <param name="path">From the outermost root.</param>
    /// <returns>The entry and the repository that has it; null when there is none, or a link or a file lies on the way.</returns>
    public (GitEntry Entry, TreeFiles Owner)? Find(string path)
    {
        var relative = path[folder.Length..];
        var end = relative.LastIndexOf('/');
        if (FolderOf(end < 0 ? "" : relative[..end]) is { } parent)
            return parent.Find(relative[(end + 1)..]) is { } entry ? (entry, this) : null;
        // A submodule may lie on the way.
        for (var slash = relative.IndexOf('/'); slash >= 0; slash = relative.IndexOf('/', slash + 1))
            if (Submodule(relative[..slash]) is { } submodule)
                return submodule.Find(path);
        return null;
    }

    /// <inheritdoc cref="ISourceTree.TryRead"/>
    public byte[]? TryRead(string path, int limit, out Diagnostic? error)
    {
        error = null;
        if (Find(path) is not ({ Kind: GitEntryKind.File, Id: var id }, var owner))
            error = Find(path) is { Entry.Kind: GitEntryKind.Link } ? TreeDiagnostics.Link.At(SourceSpan.StartOf(path), $"'{path}' is a link and links are not followed; put the file itself there")
                : TreeDiagnostics.Unreadable.At(SourceSpan.StartOf(path), "file does not exist");
        else if (owner.Repository.Trees.TryReadBlob(id, limit) is { } bytes)
            return bytes;
        else
            error = owner.Missing(path);
        return null;
    }

    /// <summary>All files, with the ids of their content.</summary>
    public HashSet<(string Path, string Id)> Blobs()
    {
        List<string> paths = [];
        Select(new([PathPattern.TryParse("**", "")!])).AddTo(paths); // the pattern parses
        return [.. paths.Select(path => (path, Find(path)!.Value.Entry.Id))]; // it was selected
    }

    public Selection Select(Patterns patterns) => Select(patterns, tree, folder.TrimEnd('/'), 0);

    /// <summary>The submodule that lies at a path from this repository's root, at the commit that the tree records; null when it is not here.</summary>
    public TreeFiles? Submodule(string path)
    {
        if (_submodules.TryGetValue(path, out var known))
            return known;
        var end = path.LastIndexOf('/');
        var entry = FolderOf(end < 0 ? "" : path[..end])?.Find(path[(end + 1)..]);
        return _submodules[path] = entry is { Kind: GitEntryKind.Submodule, Id: var recorded } ? Open(repository, Names, path, recorded, folder, level) : null;
    }

    /// <param name="path">Of the submodule from the root of <paramref name="repository"/>.</param>
    /// <param name="folder">As that of <paramref name="repository"/>'s own files.</param>
    public static TreeFiles? Open(GitRepository repository, SubmoduleNames names, string path, string commit, string folder, int level) =>
        level < MaxLevel && repository.Submodules.Find(path, names.Of(path), commit) is var (found, tree) ? new(found, commit, tree, $"{folder}{path}/", level + 1) : null;

    /// <summary>The names that the commit has for its submodules.</summary>
    public SubmoduleNames Names => _names ??= SubmoduleNames.Read(repository.Trees.Get(tree).Find(SubmoduleNames.File) is { Kind: GitEntryKind.File, Id: var id } ? repository.Trees.TryReadBlob(id, SubmoduleNames.MaxBytes) : null);

    // Of a path from this repository's root; null when no folder has it.
    private GitTree? FolderOf(string path)
    {
        if (path.Length == 0)
            return repository.Trees.Get(tree);
        if (_folders.TryGetValue(path, out var known))
            return known;
        var end = path.LastIndexOf('/');
        return _folders[path] = FolderOf(end < 0 ? "" : path[..end])?.Find(path[(end + 1)..]) is { Kind: GitEntryKind.Folder, Id: var id } ? repository.Trees.Get(id) : null;
    }

    private Selection Select(Patterns patterns, string id, string path, int depth)
    {
        if (!patterns.Reach(path))
            return Selection.Empty;
        if (repository.Trees.Selections.TryGetValue((id, path, patterns.Key), out var known))
            return known;
        if (depth > MaxDepth)
            throw TooMany();
        var parts = ImmutableArray.CreateBuilder<(string?, Selection?)>();
        HashSet<int> matched = [];
        List<string> unread = [];
        long visited = 0;
        foreach (var entry in repository.Trees.Get(id).Entries)
        {
            var full = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
            if (entry.Kind is GitEntryKind.File or GitEntryKind.Link)
            {
                if (patterns.Choose(full, matched))
                    parts.Add((full, null));
            }
            else if (entry.Kind == GitEntryKind.Folder)
                Add(Select(patterns, entry.Id, full, depth + 1));
            else if (patterns.Reach(full) && Submodule(full[folder.Length..]) is { } submodule)
                Add(submodule.Select(patterns));
            else if (patterns.Reach(full))
                unread.Add(full);
            // A few objects can stand for trees without end.
            if (++visited > MaxFiles)
                throw TooMany();
        }
        return repository.Trees.Selections[(id, path, patterns.Key)] = new(parts.ToImmutable(), [.. matched], [.. unread], visited);

        void Add(Selection below)
        {
            parts.Add((null, below));
            matched.UnionWith(below.Matched);
            unread.AddRange(below.Unread);
            visited += below.Visited;
        }
    }

    // One fetch for all files of the commit: one for each file would be as many as there are rules.
    private Diagnostic Missing(string path)
    {
        var remotes = repository.Remotes;
        var remote = remotes.Contains("origin") || remotes.IsEmpty ? "origin" : remotes.FirstOrDefault(GitCommands.IsPlain, "origin");
        var place = level == 0 ? "" : GitCommands.IsPlain(folder) ? $"-C {folder.TrimEnd('/')} " : "-C SUBMODULE ";
        return RevisionDiagnostics.MissingContent.At(SourceSpan.StartOf(path), $"content of '{path}' is not in this clone; 'git {place}fetch --no-tags --refetch --no-filter {remote} {commit}' brings all of that commit's");
    }

    private GitFailure TooMany() => new(RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf(""), $"a commit of '{repository.Root}' has more than {MaxFiles} files, or folders nested deeper than {MaxDepth}"));
}
