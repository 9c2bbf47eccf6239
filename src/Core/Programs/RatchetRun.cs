using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;

namespace Merlon.Core.Programs;

/// <summary>Writes the file of claims that must not be lost.</summary>
internal static class RatchetRun
{
    /// <param name="acceptsLoss">Whether claims that are no longer proved are taken out.</param>
    /// <returns>The file, or findings where there can be none.</returns>
    public static (NewBaseline? File, ImmutableArray<Diagnostic> Errors) Write(CheckRequest request, bool acceptsLoss)
    {
        var files = ProgramFiles.Find(request);
        if (Snapshot.Load(request, files, out var errors) is not { } head)
            return (null, errors);
        if (head.Config.Gate.Baseline is not { } path)
            return (null, [ConfigurationDiagnostics.BadValue.At(SourceSpan.StartOf(files.ConfigPath ?? ""), "there is no coverage baseline to write; name a file in gate.baseline")]);
        // A file that cannot be read might hold claims.
        if (head.Ratchet is null && files.Tree.Exists(path) && !acceptsLoss)
            return (null, [.. head.Diagnostics.Where(diagnostic => diagnostic.Info == GateDiagnostics.UnreadableRatchet)]);
        var written = Ratchet.Of(path, head.DefinitionHash, head.Coverage);
        if (head.Ratchet is { } before && !acceptsLoss)
            written = written.With(before);
        return (new(files.Tree.FullPath(path), written.Write()), []);
    }
}
