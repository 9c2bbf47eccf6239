using System.Collections.Frozen;

namespace Merlon.Core.Git;

/// <summary>What git knows about a working tree: nothing where there is no repository that can be opened. It is opened when it is first asked.</summary>
internal sealed class GitView(string root, GitBackend backend) : IDisposable
{
    private bool _isOpened;
    private GitRepository? _repository;
    private FrozenSet<string> _tracked = [];
    private readonly SortedDictionary<string, TreeFiles?> _submodules = new(StringComparer.Ordinal);

    /// <summary>Paths of submodules with their files at the commit that the index records, or null where that is not here.</summary>
    public IReadOnlyDictionary<string, TreeFiles?> Submodules
    {
        get
        {
            Open();
            return _submodules;
        }
    }

    /// <summary>Those paths that git leaves out: ignored, and not in the index.</summary>
    public FrozenSet<string> FindIgnored(IEnumerable<string> paths)
    {
        Open();
        try
        {
            return _repository?.FindIgnored([.. paths.Where(path => !_tracked.Contains(path))]) ?? [];
        }
        catch (GitFailure)
        {
            return [];
        }
    }

    public void Dispose() => _repository?.Dispose();

    private void Open()
    {
        if (_isOpened)
            return;
        _isOpened = true;
        try
        {
            _repository = GitRepository.TryOpen(root, backend, out _);
            var index = _repository?.ReadIndex() ?? [];
            _tracked = index.Select(entry => entry.Name).ToFrozenSet(StringComparer.Ordinal);
            var recorded = index.Where(entry => entry.Kind == GitEntryKind.Submodule).ToArray();
            if (recorded.Length == 0)
                return;
            using WorkingTree tree = new(root);
            var names = SubmoduleNames.Read(tree.TryReadFile(SubmoduleNames.File, SubmoduleNames.MaxBytes, out _));
            foreach (var entry in recorded)
                _submodules[entry.Name] = TreeFiles.Open(_repository!, names, entry.Name, entry.Id, "", 0); // it has an index
        }
        catch (GitFailure)
        {
            _repository?.Dispose();
            _repository = null;
        }
    }
}
