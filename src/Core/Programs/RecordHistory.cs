using Merlon.Core.Evidence;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>Finds in the history when a rule stopped being what an exercise had shown to alert.</summary>
internal static class RecordHistory
{
    private const int MaxCommits = 500;

    /// <summary>
    /// The first commit since which the content of a void record's rule is another one. Files other than those that make up the rule at head are not looked at.
    /// </summary>
    /// <returns>Null where it changed in the working tree alone, or where the history that is here does not have the content that was exercised.</returns>
    /// <exception cref="GitFailure">The history cannot be read.</exception>
    public static GitCommit? FindSince(GitRepository repository, RecordStanding standing)
    {
        if (standing is not { Standing: Standing.Void, Rule: { } rule, Record.Content: { } exercised } || repository.FindCommit("HEAD") is not { } head)
            return null;
        string[] paths = [.. PartsOf(rule).Select(part => part.Span.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        GitCommit? since = null;
        string? known = null;
        foreach (var commit in repository.FirstParents(head).Take(MaxCommits))
        {
            var tree = repository.TreeOf(commit);
            // Most commits change other files.
            var blobs = string.Join(' ', paths.Select(path => tree.BlobOf(path) ?? "-"));
            if (blobs != known && ContentAt(tree, paths, rule.Id) == exercised)
                return since;
            (known, since) = (blobs, commit);
        }
        return null;
    }

    private static string? ContentAt(ISourceTree tree, string[] paths, string? id)
    {
        var set = RuleSet.Of(SigmaFiles.Read(tree, [.. paths.Where(tree.Exists)], progress: null));
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
