namespace Merlon.Core.Git;

/// <summary>The repositories of a repository's submodules, as far as they are here: nothing is fetched.</summary>
internal sealed class Submodules(GitRepository repository, GitBackend backend) : IDisposable
{
    private readonly Dictionary<(string Path, string Name), GitRepository[]> _open = [];
    private readonly Dictionary<(string Path, string Name, string Commit), (GitRepository, string)?> _found = [];

    /// <param name="path">From the repository's root.</param>
    /// <param name="name">As <c>.gitmodules</c> has it; the path where it is not there.</param>
    /// <returns>The repository that has the commit, and the commit's tree; null when none is here.</returns>
    public (GitRepository Repository, string Tree)? Find(string path, string name, string commit)
    {
        if (_found.TryGetValue((path, name, commit), out var known))
            return known;
        if (!_open.TryGetValue((path, name), out var open))
            _open[(path, name)] = open = [.. Folders(path, name).Select(folder => GitRepository.TryOpen(folder, backend, out _)).OfType<GitRepository>()];
        foreach (var one in open)
            if (one.Trees.FindTreeOf(commit) is { } tree)
                return _found[(path, name, commit)] = (one, tree);
        return _found[(path, name, commit)] = null;
    }

    public void Dispose()
    {
        foreach (var one in _open.Values.SelectMany(open => open))
            one.Dispose();
    }

    // The checkout, and where git keeps the store of one that is not checked out.
    private IEnumerable<string> Folders(string path, string name)
    {
        if (!repository.IsBare && new WorkingTree(repository.Root).FullPathWithoutLinks(path) is { } checkout && Path.Exists(Path.Combine(checkout, ".git")))
            yield return checkout;
        if (GitFolder.Find(repository.Root) is { } git)
            foreach (var folder in new[] { git.Path, git.Common }.Distinct(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "modules", name)).Where(Directory.Exists))
                yield return folder;
    }
}
