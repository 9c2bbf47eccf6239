using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>Reads the Sigma files of a tree. One that cannot be opened is a file with a finding.</summary>
internal static class SigmaFiles
{
    /// <summary>Reads files without a program around them.</summary>
    /// <param name="fullPaths">Of files, and of folders whose <c>.yml</c> files are meant.</param>
    /// <param name="errors">What could not be found.</param>
    public static ImmutableArray<SigmaFile> Read(ImmutableArray<string> fullPaths, Action<int, int>? progress, out ImmutableArray<Diagnostic> errors)
    {
        var first = Directory.Exists(fullPaths[0]) ? fullPaths[0] : Path.GetDirectoryName(fullPaths[0])!; // a full path of a file has a folder
        ISourceTree tree = new WorkingTree(WorkingTree.FindRoot(first) ?? first);
        List<Diagnostic> diagnostics = [];
        var found = ProgramFiles.Below(tree, fullPaths, diagnostics);
        errors = [.. diagnostics];
        return Read(tree, found, progress);
    }

    /// <param name="parsed">What other trees had, and now this one has; null to remember nothing.</param>
    public static ImmutableArray<SigmaFile> Read(ISourceTree tree, ImmutableArray<string> paths, Action<int, int>? progress, ParsedFiles? parsed = null)
    {
        var files = ImmutableArray.CreateBuilder<SigmaFile>(paths.Length);
        foreach (var path in paths)
        {
            files.Add(parsed is not null ? parsed.Read(tree, path)
                : tree.TryRead(path, YamlFile.MaxBytes, out var error) is { } bytes ? SigmaFile.Parse(path, bytes) : new(path, [], [error!], IsWhole: false)); // TryRead gives bytes or an error
            progress?.Invoke(files.Count, paths.Length);
        }
        return files.MoveToImmutable();
    }
}
