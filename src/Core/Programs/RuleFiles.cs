using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>Paths from the root that one source has, sorted.</summary>
internal sealed record SourcePaths(RuleSource Source, ImmutableArray<string> Paths);

/// <summary>Reads the files of rules of a tree. One that cannot be opened is a file with a finding.</summary>
internal static class RuleFiles
{
    private static readonly SigmaFiles Plain = new();

    /// <summary>Reads Sigma files without a program around them.</summary>
    /// <param name="fullPaths">Of files, and of folders whose <c>.yml</c> files are meant.</param>
    /// <param name="errors">What could not be found.</param>
    public static ImmutableArray<SigmaFile> Read(ImmutableArray<string> fullPaths, Action<int, int>? progress, out ImmutableArray<Diagnostic> errors)
    {
        var first = Directory.Exists(fullPaths[0]) ? fullPaths[0] : Path.GetDirectoryName(fullPaths[0])!; // a full path of a file has a folder
        ISourceTree tree = new WorkingTree(WorkingTree.FindRoot(first) ?? first);
        List<Diagnostic> diagnostics = [];
        var found = ProgramFiles.Below(tree, fullPaths, diagnostics);
        errors = [.. diagnostics];
        // All of each is shown.
        return [.. found.Select((path, index) => { var file = ReadWhole(tree, path); progress?.Invoke(index + 1, found.Length); return file; })];
    }

    private static SigmaFile ReadWhole(ISourceTree tree, string path) =>
        tree.TryRead(path, RuleSource.Sigma.Format.MaxBytes, out var why) is { } bytes ? SigmaFile.Parse(path, bytes) : new(path, [], [why!], IsWhole: false); // TryRead gives bytes or an error

    /// <param name="parsed">What other trees had, and now this one has; null to remember nothing.</param>
    /// <param name="sigma">What reads Sigma files and checks them; null to check nothing.</param>
    public static ImmutableArray<RuleFile> Read(ISourceTree tree, ImmutableArray<SourcePaths> sources, Action<int, int>? progress, ParsedFiles? parsed = null, SigmaFiles? sigma = null)
    {
        var files = ImmutableArray.CreateBuilder<RuleFile>(sources.Sum(source => source.Paths.Length));
        foreach (var (source, paths) in sources)
            foreach (var path in paths)
            {
                files.Add(parsed is not null ? parsed.Read(tree, path, source, sigma ?? Plain) : Read(tree, path, source, sigma));
                progress?.Invoke(files.Count, files.Capacity);
            }
        return files.MoveToImmutable();
    }

    /// <summary>Reads content that need not be a file's, as that of standard input.</summary>
    public static RuleFile Parse(string path, Stream content, RuleSource source)
    {
        if (content.CanSeek && content.Length > source.Format.MaxBytes && source.Format is not SigmaSource)
            return TooLong(path, source);
        try
        {
            return source.Format.Read(path, content.CanSeek ? content : new BoundedStream(content, source.Format.MaxBytes), source);
        }
        catch (TooLongException)
        {
            return TooLong(path, source);
        }
        catch (IOException)
        {
            return RuleFile.Unreadable(path, source, TreeDiagnostics.Unreadable.At(SourceSpan.StartOf(path), "file cannot be read to its end"));
        }
    }

    private static RuleFile TooLong(string path, RuleSource source) =>
        RuleFile.Unreadable(path, source, InventoryDiagnostics.Unreadable.At(SourceSpan.StartOf(path), string.Create(CultureInfo.InvariantCulture, $"file has more than {source.Format.MaxBytes} bytes; split it")));

    public static RuleFile Read(ISourceTree tree, string path, RuleSource source, SigmaFiles? sigma = null)
    {
        // Thousands of small files: no stream for each.
        if (source.Format is SigmaSource)
            return tree.TryRead(path, source.Format.MaxBytes, out var why) is { } bytes ? (sigma ?? Plain).Read(tree, path, bytes, source) : (sigma ?? Plain).Of(new(path, [], [why!], IsWhole: false), source); // TryRead gives bytes or an error
        using var content = tree.TryOpen(path, source.Format.MaxBytes, out var error);
        return content is null ? RuleFile.Unreadable(path, source, error!) : Parse(path, content, source); // TryOpen gives a stream or an error
    }
}
