using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>The bundles of a program that have an address, and the hashes that pin them.</summary>
internal sealed class BundlePins
{
    private readonly WorkingTree _tree;

    private BundlePins(WorkingTree tree, ImmutableArray<BundleEntry> entries) => (_tree, Entries) = (tree, entries);

    /// <summary>Those with an address, in the order of the file.</summary>
    public ImmutableArray<BundleEntry> Entries { get; }

    /// <param name="directory">Full path of the folder from which merlon.yml is looked for, upward.</param>
    /// <param name="config">Full path of the merlon.yml to use instead.</param>
    /// <returns>Null, with findings, when there is no such file or its bundles cannot be used.</returns>
    public static BundlePins? Read(string directory, string? config, out ImmutableArray<Diagnostic> errors)
    {
        var (tree, path) = ProgramFiles.Locate(new() { Directory = directory, Config = config, Date = default });
        List<Diagnostic> diagnostics = [];
        if (path is null)
            diagnostics.Add(ConfigurationDiagnostics.UnreadableFile.At(SourceSpan.StartOf(""), $"there is no {ConfigurationReader.FileName} here or in a folder above; name one with --config"));
        var entries = path is null ? null : new ConfigurationReader(tree, diagnostics).ReadBundles(path);
        foreach (var entry in entries ?? [])
            if (entry.Path.Split('/').Any(part => part.Equals(".git", StringComparison.OrdinalIgnoreCase)))
                diagnostics.Add(ConfigurationDiagnostics.BadValue.At(entry.Span, $"'{entry.Path}' lies in a folder of git's own; choose another one"));
        errors = [.. diagnostics];
        return errors.IsEmpty ? new((WorkingTree)tree, [.. entries!.Value.Where(entry => entry.Url is not null)]) : null; // no findings, so there are entries
    }

    /// <summary>Full path of a bundle; null, with a finding, where a link leads to it.</summary>
    public string? Locate(BundleEntry entry, out Diagnostic? error)
    {
        var full = _tree.FullPathWithoutLinks(entry.Path);
        error = full is null ? TreeDiagnostics.Link.At(entry.Span, $"'{entry.Path}' is or lies behind a link and links are not followed; name the file itself") : null;
        return full;
    }

    /// <summary>Writes hashes into the files where the entries stand, and leaves every other byte of them as it is.</summary>
    /// <returns>Where that cannot be done, what to write by hand.</returns>
    /// <exception cref="IOException">A file changed meanwhile, or the system refuses.</exception>
    public ImmutableArray<Diagnostic> Write(IReadOnlyCollection<(BundleEntry Entry, string Sha256)> pins)
    {
        var failed = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var pin in pins.Where(pin => !string.Equals(pin.Entry.Sha256?.Value, pin.Sha256, StringComparison.OrdinalIgnoreCase)))
            if (!TryWrite(pin.Entry, pin.Sha256))
                failed.Add(ConfigurationDiagnostics.BadValue.At(pin.Entry.Span, $"the hash cannot be written into this entry; write 'sha256: {pin.Sha256}' there"));
        return failed.ToImmutable();
    }

    // Entries stand elsewhere once another one of the file has got a line: each is looked for anew.
    private bool TryWrite(BundleEntry entry, string sha256)
    {
        var path = entry.Span.Path;
        if (_tree.TryReadFile(path, YamlFile.MaxBytes, out _) is not { } bytes || Find(path, bytes, entry) is not { } now || EditOf(now, sha256) is not { } edit)
            return false;
        Diagnostic finding = new(ConfigurationDiagnostics.BadValue, now.Span, "") { Fix = new("Write the hash", IsSafe: true, edit) };
        var changed = Fixer.Apply(path, bytes, [finding], includeUnsafe: false).Bytes;
        if (Find(path, changed, entry)?.Sha256?.Value != sha256)
            return false;
        _tree.Replace(path, bytes, changed);
        return true;
    }

    private BundleEntry? Find(string path, byte[] bytes, BundleEntry entry) => YamlFile.Parse(path, bytes) is { Diagnostics: [], Documents: [{ Root: YamlMapping root }] }
        ? BundleEntry.ReadAll(root, new(_tree, [])).FirstOrDefault(other => other.Path == entry.Path && other.Url == entry.Url) : null;

    // A new key goes before the address: in braces on its line, otherwise on a line of its own.
    private static Edit? EditOf(BundleEntry entry, string sha256)
    {
        if (entry.Sha256 is { } old)
            return old.EditTo(sha256);
        if (entry.Keys.Url is not { } key)
            return null;
        var between = key.Line == entry.Keys.Path?.Line ? ", " : $"\n{new string(' ', key.Column - 1)}";
        return new(key with { EndLine = key.Line, EndColumn = key.Column }, $"sha256: {sha256}{between}");
    }
}
