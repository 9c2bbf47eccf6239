using Merlon.Core.Configuration;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>Files of rules by path and content, so that what several trees share is read and parsed once.</summary>
/// <param name="isSha256">Whether the repository's ids are of SHA-256.</param>
internal sealed class ParsedFiles(bool isSha256)
{
    private Dictionary<(string Path, string Blob, RuleSource Source), RuleFile> _files = [];
    private Dictionary<(string Path, string Blob, RuleSource Source), RuleFile> _before = [];

    /// <summary>Forgets, at the second call, what no tree had since the first: a history is read commit by commit, and each is like the one before.</summary>
    public void NextTree() => (_before, _files) = (_files, []);

    /// <param name="sigma">What reads Sigma files. What is known already has the findings that were wanted then.</param>
    public RuleFile Read(ISourceTree tree, string path, RuleSource source, SigmaFiles sigma)
    {
        if (tree.BlobOf(path) is { } known && Find(path, known, source) is { } file)
            return file;
        if (source.Format is SigmaSource)
            return ReadSigma(tree, path, source, sigma);
        using var content = tree.TryOpen(path, source.Format.MaxBytes, out var error);
        if (content is null)
            return RuleFile.Unreadable(path, source, error!); // TryOpen gives a stream or an error
        if (content.Length > source.Format.MaxBytes)
            return RuleFiles.Parse(path, content, source);
        var blob = tree.BlobOf(path);
        if (blob is null)
        {
            blob = BlobId.Of(content, isSha256);
            content.Position = 0;
        }
        return Find(path, blob, source) ?? (_files[(path, blob, source)] = RuleFiles.Parse(path, content, source));
    }

    // Thousands of small files: no stream for each.
    private RuleFile ReadSigma(ISourceTree tree, string path, RuleSource source, SigmaFiles sigma)
    {
        if (tree.TryRead(path, source.Format.MaxBytes, out var error) is not { } bytes)
            return sigma.Of(new(path, [], [error!], IsWhole: false), source); // TryRead gives bytes or an error
        // Of a file beyond the limit only a part was read, and it is refused whatever it holds.
        if (bytes.Length > source.Format.MaxBytes)
            return sigma.Read(tree, path, bytes, source);
        var blob = tree.BlobOf(path) ?? BlobId.Of(bytes, isSha256);
        return Find(path, blob, source) ?? (_files[(path, blob, source)] = sigma.Read(tree, path, bytes, source));
    }

    /// <summary>Whether a file has the same content in two trees.</summary>
    public bool IsSame(string path, ISourceTree one, ISourceTree other) => BlobOf(path, one) is { } blob && blob == BlobOf(path, other);

    /// <summary>Whether a configuration, read from one tree, would be read from the other with the same content.</summary>
    public bool IsSame(MerlonConfig config, ISourceTree one, ISourceTree other) => config.Files.All(path => IsSame(path, one, other))
        && (config.BundleFolders.IsEmpty || one.Find(config.BundleFolders).Paths.SequenceEqual(other.Find(config.BundleFolders).Paths));

    private string? BlobOf(string path, ISourceTree tree) =>
        tree.BlobOf(path) ?? (tree.TryRead(path, int.MaxValue - 64, out _) is { } bytes ? BlobId.Of(bytes, isSha256) : null);

    private RuleFile? Find(string path, string blob, RuleSource source)
    {
        if (_files.TryGetValue((path, blob, source), out var file))
            return file;
        if (_before.TryGetValue((path, blob, source), out file))
            _files[(path, blob, source)] = file;
        return file;
    }
}
