using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>Finds in the history when a rule stopped being what an exercise had shown to alert.</summary>
internal static class RecordHistory
{
    private const int MaxCommits = 500;

    // Each may read a file in as many commits.
    private const int MaxRecords = 20;

    /// <summary>Lets findings about void records say since when they are, as far as the history that is here tells.</summary>
    /// <param name="repository">Null where there is none.</param>
    public static ImmutableArray<Diagnostic> SaySince(ImmutableArray<Diagnostic> found, Snapshot head, GitRepository? repository)
    {
        if (repository is null || !found.Any(IsVoid))
            return found;
        var standings = head.Config.Releases.SelectMany(release => Validation.Of(head.Evidence.Records, head.Rules, release, head.Config.Validation, head.Date).Standings)
            .Where(standing => standing is { Standing: Standing.Void, Technique: not null }).ToLookup(standing => standing.Record.Span);
        Dictionary<(DetectionRule?, string?), GitCommit?> commits = [];
        try
        {
            foreach (var finding in found.Where(IsVoid).Take(MaxRecords))
                if (standings[finding.Span].FirstOrDefault() is { Rule: var rule, Record.Content: var content } standing)
                    if ((commits.TryGetValue((rule, content), out var known) ? known : commits[(rule, content)] = FindSince(repository, standing)) is { } since)
                        found = found.Replace(finding, finding with { Message = RecordFindings.VoidSince(standing, string.Create(CultureInfo.InvariantCulture, $"{since.ShortId} of {since.Date.UtcDateTime:yyyy-MM-dd}")) });
        }
        catch (GitFailure)
        {
            // A record is void with and without a date.
        }
        return found;
    }

    private static bool IsVoid(Diagnostic diagnostic) => diagnostic.Info == RecordDiagnostics.Void;

    /// <summary>
    /// The first commit since which the content of a void record's rule is another one. Files other than those that make up the rule at head are not looked at.
    /// </summary>
    /// <returns>Null where it changed in the working tree alone, or where the history that is here does not have the content that was exercised.</returns>
    /// <exception cref="GitFailure">The history cannot be read.</exception>
    public static GitCommit? FindSince(GitRepository repository, RecordStanding standing)
    {
        if (standing is not { Standing: Standing.Void, Rule: { } rule, Record.Content: { } exercised } || repository.FindCommit("HEAD") is not { } head)
            return null;
        SourcePaths[] parts = [.. PartsOf(rule).GroupBy(part => part.Source).Select(group => new SourcePaths(group.Key, [.. group.Select(part => part.Span.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))];
        string[] paths = [.. parts.SelectMany(part => part.Paths)];
        GitCommit? since = null;
        string? known = null;
        foreach (var commit in repository.FirstParents(head).Take(MaxCommits))
        {
            var tree = repository.TreeOf(commit);
            // Most commits change other files.
            var blobs = string.Join(' ', paths.Select(path => tree.BlobOf(path) ?? "-"));
            if (blobs != known && ContentAt(tree, parts, rule.Id) == exercised)
                return since;
            (known, since) = (blobs, commit);
        }
        return null;
    }

    private static string? ContentAt(ISourceTree tree, SourcePaths[] parts, string? id)
    {
        var set = RuleSet.Of(RuleFiles.Read(tree, [.. parts.Select(part => part with { Paths = [.. part.Paths.Where(tree.Exists)] })], progress: null));
        return set.Rules.FirstOrDefault(rule => string.Equals(rule.Id, id, StringComparison.OrdinalIgnoreCase)) is { } then ? new RuleContent().Find(then) : null;
    }

    // The rule, its filters, and what it reads with theirs, each once.
    private static HashSet<DetectionRule> PartsOf(DetectionRule rule)
    {
        HashSet<DetectionRule> parts = [];
        Queue<DetectionRule> waiting = new([rule]);
        while (waiting.TryDequeue(out var next))
            if (parts.Add(next))
                foreach (var part in next.Filters.Concat(next.Reads))
                    waiting.Enqueue(part);
        return parts;
    }
}
