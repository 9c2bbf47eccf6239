using Merlon.Core.Configuration;
using Merlon.Core.Git;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>Sigma files by path and content, so that what several trees share is read and parsed once.</summary>
/// <param name="isSha256">Whether the repository's ids are of SHA-256.</param>
internal sealed class ParsedFiles(bool isSha256)
{
    private Dictionary<(string Path, string Blob), SigmaFile> _files = [];
    private Dictionary<(string Path, string Blob), SigmaFile> _before = [];

    /// <summary>Forgets, at the second call, what no tree had since the first: a history is read commit by commit, and each is like the one before.</summary>
    public void NextTree() => (_before, _files) = (_files, []);

    public SigmaFile Read(ISourceTree tree, string path)
    {
        if (tree.BlobOf(path) is { } known && Find(path, known) is { } file)
            return file;
        if (tree.TryRead(path, YamlFile.MaxBytes, out var error) is not { } bytes)
            return new(path, [], [error!], IsWhole: false); // TryRead gives bytes or an error
        // Of a file beyond the limit only a part was read, and it is refused whatever it holds.
        if (bytes.Length > YamlFile.MaxBytes)
            return SigmaFile.Parse(path, bytes);
        var blob = tree.BlobOf(path) ?? BlobId.Of(bytes, isSha256);
        return Find(path, blob) ?? (_files[(path, blob)] = SigmaFile.Parse(path, bytes));
    }

    /// <summary>Whether a file has the same content in two trees.</summary>
    public bool IsSame(string path, ISourceTree one, ISourceTree other) => BlobOf(path, one) is { } blob && blob == BlobOf(path, other);

    /// <summary>Whether a configuration, read from one tree, would be read from the other with the same content.</summary>
    public bool IsSame(MerlonConfig config, ISourceTree one, ISourceTree other) => config.Files.All(path => IsSame(path, one, other))
        && (config.BundleFolders.IsEmpty || one.Find(config.BundleFolders).Paths.SequenceEqual(other.Find(config.BundleFolders).Paths));

    private string? BlobOf(string path, ISourceTree tree) =>
        tree.BlobOf(path) ?? (tree.TryRead(path, int.MaxValue - 64, out _) is { } bytes ? BlobId.Of(bytes, isSha256) : null);

    private SigmaFile? Find(string path, string blob)
    {
        if (_files.TryGetValue((path, blob), out var file))
            return file;
        if (_before.TryGetValue((path, blob), out file))
            _files[(path, blob)] = file;
        return file;
    }
}
