using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>
/// Files that one check leaves for the next. One that somebody may have committed is not used: who knows the tool can write one by which a broken rule passes.
/// </summary>
internal static class SavedFiles
{
    /// <param name="fullPath">Of a file that need not exist.</param>
    public static bool IsForeign(string fullPath) => File.Exists(fullPath) && TrackedNames.MayHold(fullPath);

    /// <summary>A finding about each that is not used. To be asked before any of them is written.</summary>
    /// <param name="root">Full path that the paths of findings start from.</param>
    public static ImmutableArray<Diagnostic> FindForeign(CheckRequest request, string root)
    {
        return [.. new[] { request.SavedReport, request.Cache }.OfType<string>().Where(IsForeign).Select(Finding)];

        Diagnostic Finding(string fullPath)
        {
            var path = Path.GetRelativePath(root, fullPath).Replace(Path.DirectorySeparatorChar, '/');
            return RevisionDiagnostics.CommittedState.At(SourceSpan.StartOf(path),
                $"'{path}' is not used, as git tracks a file of its name or a link leads to it; if it is in git, 'git rm --cached{(GitCommands.IsPlain(path) ? $" {path}" : "")}' takes it out");
        }
    }
}
