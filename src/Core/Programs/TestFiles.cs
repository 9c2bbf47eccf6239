using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Git;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>Finds the tests of rules in a tree: files named like rules, and what rules name as their regression data.</summary>
internal sealed class TestFiles(RuleSet rules, ISourceTree tree, TestOptions options)
{
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);
    private ImmutableArray<PathPattern> _elsewhere = [];

    public IReadOnlyCollection<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Where <see cref="Find"/> looked besides what the configuration names.</summary>
    public TestSearch Search => new([.. _asked], [.. _elsewhere.Select(pattern => pattern.FromRoot)]);

    /// <summary>By rule, in the order of the rules, and by path.</summary>
    public ImmutableArray<RuleTest> Find()
    {
        var ofRule = FindByName().Concat(rules.Rules.SelectMany(FindRegression)).ToLookup(test => test.Rule);
        return [.. rules.Rules.SelectMany(rule => ofRule[rule].OrderBy(test => test.Path, StringComparer.Ordinal))];
    }

    private List<RuleTest> FindByName()
    {
        var (paths, unmatched) = tree.Find([.. options.Paths.Select(pattern => pattern.Pattern), .. BesideRules()]);
        foreach (var pattern in options.Paths.Where(pattern => !pattern.MayMatchNothing && unmatched.Contains(pattern.Pattern)))
            _diagnostics.Add(ConfigurationDiagnostics.UnmatchedPattern.At(pattern.Span, $"'{pattern.Pattern.Text}' matches no file; correct it or remove it"));
        var names = paths.Select(TestFileName.TryParse).OfType<TestFileName>().ToArray();
        if (names.Length == 0)
            return [];
        TestedFiles tested = new(rules);
        var elsewhere = OfOtherRules([.. names.Where(name => !tested.HasFileOf(name))]);
        List<RuleTest> tests = [];
        foreach (var name in names.Where(name => !elsewhere.Contains(name)))
            if (tested.Find(name, out var error) is { } rule)
                tests.Add(new(rule, name.Path, name.ExpectsMatch));
            else
                _diagnostics.Add(error!); // one of the two
        return tests;
    }

    // In the folders of rules and below. One pattern for each folder at the top that rules lie in: repositories have hundreds below.
    private IEnumerable<PathPattern> BesideRules()
    {
        foreach (var top in rules.SigmaFiles.Select(file => ConfigurationFiles.FolderOf(file.Path)).Distinct(StringComparer.Ordinal).GroupBy(folder => folder.Split('/')[0], StringComparer.Ordinal))
            foreach (var end in new[] { TestFileName.Match, TestFileName.NoMatch })
                foreach (var below in top.Key.Length == 0 ? ["", "tests/"] : new[] { "**/" })
                    yield return PathPattern.TryParse($"{below}*{end}", top.Aggregate(Common))!; // it parses
    }

    private static string Common(string one, string other)
    {
        var parts = one.Split('/').Zip(other.Split('/')).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First);
        return string.Join('/', parts);
    }

    // A program may leave out rules whose tests lie where those of others do.
    private HashSet<TestFileName> OfOtherRules(TestFileName[] names)
    {
        if (names.Length == 0)
            return [];
        _elsewhere = [.. names.SelectMany(name => Stems(name.Stem)).Distinct().SelectMany(stem => new[] { $"**/{stem}.yml", $"**/{stem}.yaml", $"**/{stem}" })
            .Select(text => PathPattern.TryParse(text, "")).OfType<PathPattern>()];
        var files = tree.Find(_elsewhere).Paths;
        var stems = files.Where(IsYaml).SelectMany(path => path[(path.LastIndexOf('/') + 1)..] is var file ? new[] { file, file[..file.LastIndexOf('.')] } : []).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(name => Stems(name.Stem).Any(stems.Contains))];
    }

    private static bool IsYaml(string path) => path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal);

    private static IEnumerable<string> Stems(string stem)
    {
        for (var end = stem.Length; end > 0; end = stem.LastIndexOf('.', end - 1))
            yield return stem[..end];
    }

    private IEnumerable<RuleTest> FindRegression(DetectionRule rule)
    {
        if (rule.Sigma?.RegressionTests is not { } written)
            return [];
        if (RepositoryOf(rule, written.Value) is not ({ } info, var root))
        {
            _diagnostics.Add(TestDiagnostics.MissingInfo.At(written.Span, $"'{written.Value}' does not exist, so the rule has no such test; add its regression data, or name an info.yml from the root of the repository"));
            return [];
        }
        if (tree.TryRead(info, YamlFile.MaxBytes, out var error) is not { } bytes)
        {
            _diagnostics.Add(error!); // TryRead gives bytes or an error
            return [];
        }
        return [.. RegressionInfo.Read(info, bytes, rule, _diagnostics).Select(one => Test(rule, one, root)).OfType<RuleTest>()];
    }

    // SigmaHQ's rules may be a folder of somebody else's repository: the nearest folder upward from which the path leads to a file is theirs.
    private (string Info, string Root)? RepositoryOf(DetectionRule rule, string written)
    {
        for (var folder = ConfigurationFiles.FolderOf(rule.Span.Path); ; folder = ConfigurationFiles.FolderOf(folder))
        {
            if (PathPattern.TryParse(written, folder) is { IsExclusion: false, Path: var path } && Exists(path))
                return (path, folder);
            if (folder.Length == 0)
                return null;
        }
    }

    private bool Exists(string path)
    {
        _asked.Add(path);
        return tree.Exists(path);
    }

    private RuleTest? Test(DetectionRule rule, RegressionCase one, string root)
    {
        if (PathPattern.TryParse(one.Path, root) is { IsExclusion: false, Path: var path } && Exists(path))
            return one.Count == 0 ? new(rule, path, false) : new(rule, path, true) { Count = new(one.Count ?? 1, one.Count is not null, one.CountSpan) };
        _diagnostics.Add(TestDiagnostics.BadInfo.At(one.Span, $"'{one.Path}' does not exist; add the events as JSON"));
        return null;
    }
}
