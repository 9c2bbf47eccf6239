using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>Finds the rule that a file of test events belongs to, by the names of rule files.</summary>
internal sealed class TestedFiles
{
    private const int MaxHints = 1000;

    private readonly Dictionary<string, List<string>> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DetectionRule[]> _rules;
    private int _hints;

    public TestedFiles(RuleSet rules)
    {
        _rules = rules.Rules.Where(rule => rule.Sigma is not null).GroupBy(rule => rule.Span.Path, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        foreach (var path in rules.SigmaFiles.Select(file => file.Path).Distinct(StringComparer.Ordinal))
            foreach (var name in new[] { NameOf(path), NameOf(path) is var full && full.LastIndexOf('.') is > 0 and var dot ? full[..dot] : full }.Distinct())
                if (_paths.TryGetValue(name, out var known))
                    known.Add(path);
                else
                    _paths.Add(name, [path]);
    }

    /// <summary>Whether a rule file has the test's name.</summary>
    public bool HasFileOf(TestFileName test) => Split(test.Stem) is not null;

    /// <returns>Null, with a finding, where it is not plain which rule is meant.</returns>
    public DetectionRule? Find(TestFileName test, out Diagnostic? error)
    {
        if (Split(test.Stem) is not var (name, which))
        {
            var nearest = _hints++ < MaxHints ? Spelling.Nearest(test.Stem, _paths.Keys) : null;
            error = TestDiagnostics.WithoutRule.At(SourceSpan.StartOf(test.Path), $"no rule file is called '{test.Stem}'{(nearest is null ? "; rename the test like its rule, or remove it" : $"; did you mean '{nearest}'?")}");
            return null;
        }
        var files = Nearest(_paths[name], test.Folder);
        if (files is not [var file])
        {
            error = TestDiagnostics.Ambiguous.At(SourceSpan.StartOf(test.Path), $"'{files[0]}' and '{files[1]}' both have this test's name; put it beside the one that is meant");
            return null;
        }
        return FindIn(file, which, test, out error);
    }

    private DetectionRule? FindIn(string file, string which, TestFileName test, out Diagnostic? error)
    {
        error = null;
        var rules = _rules.GetValueOrDefault(file, []);
        if (rules.Length == 0)
        {
            error = TestDiagnostics.WithoutRule.At(SourceSpan.StartOf(test.Path), $"'{file}' holds no rule that can be tested; mend it, or test the rule that it is for");
            return null;
        }
        if (which.Length > 0 && rules.FirstOrDefault(rule => IsCalled(rule.Sigma!, which)) is { } named) // the index has Sigma rules only
            return named;
        // With one rule in the file, what stands there more tells several tests apart.
        if (rules is [var only])
            return only;
        if (which.Length == 0 && rules.Where(rule => rule.SilencedBy is null).Take(2).ToArray() is [var alerting])
            return alerting;
        error = TestDiagnostics.Ambiguous.At(SourceSpan.StartOf(test.Path), which.Length == 0
            ? $"'{file}' holds {rules.Length} rules; name one by its id, name or number, as in '{test.Stem}.{rules[0].Sigma!.Index + 1}{(test.ExpectsMatch ? TestFileName.Match : TestFileName.NoMatch)}'"
            : $"'{which}' is neither the id, the name nor the number of a rule in '{file}'{Spelling.Hint(which, [.. rules.Select(rule => rule.Sigma!.Name?.Value ?? rule.Id).OfType<string>()])}");
        return null;
    }

    private static bool IsCalled(SigmaRule rule, string which) =>
        string.Equals(rule.Id?.Value, which, StringComparison.OrdinalIgnoreCase) || rule.Name?.Value == which
        || (rule.Index + 1).ToString(CultureInfo.InvariantCulture) == which;

    // The longest name of a file that the stem begins with, and what follows the dot after it.
    private (string Name, string Which)? Split(string stem)
    {
        for (var end = stem.Length; end > 0; end = stem.LastIndexOf('.', end - 1))
            if (_paths.ContainsKey(stem[..end]))
                return (stem[..end], end == stem.Length ? "" : stem[(end + 1)..]);
        return null;
    }

    // Beside the test, above its folder 'tests', else those whose folders end most like the test's.
    private static List<string> Nearest(List<string> paths, string folder)
    {
        var above = folder == "tests" ? "" : folder.EndsWith("/tests", StringComparison.Ordinal) ? folder[..^"/tests".Length] : folder;
        if (paths.Count == 1)
            return paths;
        foreach (var place in new[] { folder, above })
            if (paths.Where(path => FolderOf(path) == place).ToList() is { Count: > 0 } beside)
                return beside;
        var shared = paths.Select(path => SharedEnd(FolderOf(path), above)).ToArray();
        return [.. paths.Where((_, index) => shared[index] == shared.Max())];
    }

    private static int SharedEnd(string one, string other) =>
        one.Split('/').Reverse().Zip(other.Split('/').Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";
}
