using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>Measures the commits of a history.</summary>
internal static class TrendRun
{
    /// <param name="request">Its progress counts points.</param>
    public static TrendResult Run(CheckRequest request, TrendOptions options)
    {
        request = request with { NeedsRules = false };
        using var repository = GitRepository.TryOpen(ProgramFiles.Locate(request).Tree.Root, (request.Base ?? new()).Backend, out var error);
        if (repository is null)
            return Failed([error!]); // one of the two
        try
        {
            return Run(request, options, repository);
        }
        catch (GitFailure failure)
        {
            return Failed([failure.Finding]);
        }
    }

    private static TrendResult Run(CheckRequest request, TrendOptions options, GitRepository repository)
    {
        if (TrendCommits.Find(repository, options, out var error) is not { } commits)
            return Failed([error!]); // one of the two
        // A bare repository has no files but those of commits; without points, somebody has to say which program it is.
        TrendBasis? basis = null;
        ImmutableArray<Diagnostic> found = [];
        if ((!options.IsOwn || commits.Points.IsEmpty)
            && (basis = TrendBasis.TryRead(request, repository.IsBare || options.IsOwn ? ProgramFiles.FindIn(repository.TreeOf(commits.Tip), request, mayLack: true) : ProgramFiles.Find(request), isPast: false, out found)) is null)
            return Failed(found);
        TrendReader reader = new(request, repository, options.IsOwn ? null : basis);
        var points = ImmutableArray.CreateBuilder<TrendPoint>(commits.Points.Length);
        foreach (var (commit, tag) in commits.Points)
        {
            points.Add(reader.Read(commit, tag));
            request.Progress?.Invoke(points.Count, commits.Points.Length);
        }
        basis ??= reader.Newest;
        // A chart without a single number would pass for one of a program that covers nothing.
        if (basis is null || (points.Count > 0 && points.All(point => point.Defect is not null)))
            return Failed([points[^1].Defect!]); // all have one
        // Commits may come before an actor; that the newest one does not know it either is a slip of the pen.
        if (options.IsOwn && TrendBasis.TryRead(request, basis.Files, isPast: false, out var unknown) is null)
            return Failed(unknown);
        return new()
        {
            Trend = new(basis.Config, request.Date, points.MoveToImmutable(), options.IsOwn) { HasOlder = commits.HasOlder },
            Diagnostics = found.InReportOrder(),
            Notices = [.. new[] { repository.Notice, commits.End }.OfType<string>()],
        };
    }

    private static TrendResult Failed(ImmutableArray<Diagnostic> findings) => new() { Diagnostics = findings.InReportOrder() };
}
