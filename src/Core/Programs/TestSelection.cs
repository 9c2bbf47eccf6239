using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>The rules and tests that somebody asked for.</summary>
internal sealed class TestSelection
{
    private readonly ImmutableArray<string> _paths;
    private readonly HashSet<DetectionRule> _rules;

    private TestSelection(ImmutableArray<string> paths, HashSet<DetectionRule> rules) => (_paths, _rules) = (paths, rules);

    /// <param name="fullPaths">Of rules, of tests, and of folders of either.</param>
    /// <param name="names">Ids, names, titles and file names of rules, in any case.</param>
    /// <returns>Null where all are meant. A name that no rule has is a finding.</returns>
    public static TestSelection? Of(RuleSet rules, ISourceTree tree, ImmutableArray<string> fullPaths, ImmutableArray<string> names, List<Diagnostic> unknown)
    {
        if (fullPaths.IsEmpty && names.IsEmpty)
            return null;
        HashSet<DetectionRule> chosen = [];
        foreach (var name in names)
        {
            var called = rules.Rules.Where(rule => Is(rule.Id, name) || Is(rule.Sigma?.Name?.Value, name) || Is(rule.Title, name) || Is(Path.GetFileNameWithoutExtension(rule.Span.Path), name)).ToArray();
            chosen.UnionWith(called);
            if (called.Length == 0)
                unknown.Add(ConfigurationDiagnostics.BadValue.At(SourceSpan.StartOf(""),
                    $"'{name}' is neither a path nor the id, name, title or file name of a rule read here{(Spelling.Nearest(name, rules.Rules.Select(rule => rule.Title).Concat(rules.Rules.Select(rule => rule.Id).OfType<string>())) is { } near ? $"; did you mean '{near}'?" : "")}"));
        }
        foreach (var full in fullPaths.Where(full => tree.PathOf(full) is null))
            unknown.Add(ConfigurationDiagnostics.UnreadableFile.At(SourceSpan.StartOf(""), $"'{full}' lies outside of '{tree.Root}'; name paths of one repository"));
        return new([.. fullPaths.Select(tree.PathOf).OfType<string>()], chosen);
    }

    public bool Includes(RuleTest test) => Includes(test.Rule) || _paths.Any(path => IsIn(test.Path, path));

    public bool Includes(DetectionRule rule) => _rules.Contains(rule) || _paths.Any(path => IsIn(rule.Span.Path, path));

    /// <summary>The paths that were asked for and in which none of these files lies: to pass without a test would look like success.</summary>
    /// <param name="files">Of rules, of tests, and of what findings are about.</param>
    public IEnumerable<Diagnostic> FindEmpty(IEnumerable<string> files)
    {
        var there = files.ToHashSet(StringComparer.Ordinal);
        return _paths.Where(path => !there.Any(file => IsIn(file, path))).Select(path =>
            ConfigurationDiagnostics.BadValue.At(SourceSpan.StartOf(""), $"'{(path.Length == 0 ? "." : path)}' holds neither a rule nor a test of one; name files or folders of either"));
    }

    private static bool Is(string? own, string name) => string.Equals(own, name, StringComparison.OrdinalIgnoreCase);

    private static bool IsIn(string path, string folder) => folder.Length == 0 || path == folder || (path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal));
}
