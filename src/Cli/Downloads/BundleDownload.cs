using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;

namespace Merlon.Cli.Downloads;

/// <summary>Gets one bundle and puts it in its place: whole, of the pinned hash and readable, or not at all.</summary>
/// <param name="pins">Whether what the server has is taken whatever its hash, which is then to be pinned.</param>
internal sealed class BundleDownload(Downloader downloader, bool pins)
{
    /// <summary>What came of it.</summary>
    /// <param name="Sha256">Of the file that lies there now; null where nothing was taken.</param>
    /// <param name="Length">In bytes; null where the file had the pinned hash already, and nobody was asked.</param>
    public sealed record Result(string? Sha256, long? Length, ImmutableArray<Diagnostic> Diagnostics);

    /// <param name="entry">One with an address.</param>
    /// <param name="file">Full path of the bundle.</param>
    /// <exception cref="IOException">The system refuses to write.</exception>
    public async Task<Result> RunAsync(BundleEntry entry, string file, CancellationToken cancellation)
    {
        if (!pins && entry.Sha256 is { Value: var pinned } && HashOf(file) is { } now && now.Equals(pinned, StringComparison.OrdinalIgnoreCase))
            return new(now, null, []);
        var folder = Path.GetDirectoryName(file)!; // a full path of a file has a folder
        Directory.CreateDirectory(folder);
        // Beside the file, so that it takes its name at once; a new one, so that no file or link of this name is written to.
        var temporary = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            Result result;
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                result = await TakeAsync(entry, stream, cancellation).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }
            if (result.Sha256 is not null)
                File.Move(temporary, file, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task<Result> TakeAsync(BundleEntry entry, FileStream stream, CancellationToken cancellation)
    {
        var download = await downloader.GetAsync(entry.Url!, stream, cancellation).ConfigureAwait(false); // the caller has looked
        if (download is not Download.Whole whole)
            return Refuse(AttackDiagnostics.NotDownloaded.At(entry.Span, $"'{entry.Path}' cannot be downloaded: {((Download.Failed)download).Problem}"));
        if (!pins && entry.Sha256 is null)
            return Refuse(AttackDiagnostics.NotDownloaded.At(entry.Span, $"'{entry.Path}' has no hash; if what {entry.Url!.Host} has now is wanted, write 'sha256: {whole.Sha256}' beside its path, or let --pin do it"));
        if (!pins && !whole.Sha256.Equals(entry.Sha256!.Value, StringComparison.OrdinalIgnoreCase))
            return Refuse(AttackDiagnostics.BundleHashMismatch.At(entry.Sha256.Span,
                $"what {entry.Url!.Host} has for '{entry.Path}' has SHA-256 {whole.Sha256} and {entry.Sha256.Value.ToLowerInvariant()} is configured; {(whole.IsMeasured ? "if it is" : "it said no length, so this may be a part; if it is whole and")} wanted, write its hash, or let --pin do it"));
        stream.Position = 0;
        var (bundle, diagnostics) = StixBundle.Read(stream, entry.Path);
        return bundle is null ? new(null, null, [.. diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error)]) : new(whole.Sha256, whole.Length, []);
    }

    private static Result Refuse(Diagnostic diagnostic) => new(null, null, [diagnostic]);

    private static string? HashOf(string file)
    {
        if (!File.Exists(file))
            return null;
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
    }
}
