using System.Collections.Immutable;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>Reads the rules of a program.</summary>
internal static class RuleFiles
{
    /// <param name="progress">Told how many of how many files have been read.</param>
    public static ImmutableArray<SigmaFile> Read(ProgramFiles files, Action<int, int>? progress)
    {
        var read = ImmutableArray.CreateBuilder<SigmaFile>(files.Rules.Length);
        foreach (var path in files.Rules)
        {
            read.Add(files.Tree.TryRead(path, YamlFile.MaxBytes, out var error) is { } bytes ? SigmaFile.Parse(path, bytes) : new(path, [], [error!], IsWhole: false)); // TryRead gives bytes or an error
            progress?.Invoke(read.Count, files.Rules.Length);
        }
        return read.MoveToImmutable();
    }
}
