using System.Security.Cryptography;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>
/// Reads and checks Sigma files and keeps of each what every answer needs. The trees of documents are let go, and read again from the working tree where
/// somebody looks. A file must then be what it was: otherwise one part of an answer would be of other content than the rest.
/// </summary>
/// <param name="linter">Whose findings are wanted too; null to check nothing.</param>
/// <param name="cache">Of the same linter; null for none.</param>
internal sealed class SigmaFiles(DocumentLinter? linter = null, RuleCache? cache = null)
{
    public RuleFile Read(ISourceTree tree, string path, byte[] bytes, RuleSource source)
    {
        var hash = SHA256.HashData(bytes);
        if (cache?.Find(path, source, hash) is not { } read)
        {
            read = Of(SigmaFile.Parse(path, bytes), source);
            cache?.Add(read, hash);
        }
        // A commit's content may be gone with its repository. Of a broken file there is little to keep.
        if (tree is WorkingTree && read is { IsWhole: true, Sigma: { } file })
            Release(file, new(tree, path, hash));
        return read;
    }

    /// <summary>A file that cannot be opened, too.</summary>
    public RuleFile Of(SigmaFile file, RuleSource source) => RuleFile.Of(file, source) with { Findings = linter?.Check(file) };

    private static void Release(SigmaFile file, Released released)
    {
        foreach (var (index, rule) in file.Rules.Index())
            rule.Release(() => released.Again.Rules[index]);
    }

    private sealed class Released(ISourceTree tree, string path, byte[] hash)
    {
        // One rule is often asked for several times, and those of one file together.
        public SigmaFile Again => field ??= Read();

        private SigmaFile Read() =>
            tree.TryRead(path, YamlFile.MaxBytes, out _) is { } bytes && SHA256.HashData(bytes).AsSpan().SequenceEqual(hash) ? SigmaFile.Parse(path, bytes)
            : throw new IOException($"'{path}' changed while it was read; run again");
    }
}
