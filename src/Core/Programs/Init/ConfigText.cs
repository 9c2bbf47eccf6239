using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Configuration;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs.Init;

/// <summary>The merlon.yml to begin with. A key is written where its default does not fit what is there.</summary>
internal sealed class ConfigText(FoundFiles found, RuleLayout layout, ImmutableArray<ReleaseFit> releases)
{
    /// <summary>The file of accepted findings.</summary>
    public const string Baseline = "lint-baseline.tsv";

    private readonly StringBuilder _text = new();

    public required IReadOnlyCollection<string> Actors { get; init; }

    /// <summary>What sigma-cli's configuration asks for, as lines of the map <c>lint</c>; null for none.</summary>
    public string? Lint { get; init; }

    public bool HasBaseline { get; init; }

    /// <summary>What is covered of each actor whose profile sets no target, today; null before it is known.</summary>
    public IReadOnlyCollection<(string Actor, Ratio Covered)>? Measured { get; init; }

    public string Write()
    {
        Line("# What Merlon checks here. 'merlon check' finds this file; every key has a default.");
        WriteRelease();
        WriteRules();
        Line($"actors: [{string.Join(", ", Actors.Select(YamlWord.Of))}]");
        WriteCoverage();
        WriteGate();
        WriteTests();
        WriteLint();
        return _text.ToString();
    }

    private void WriteRelease()
    {
        if (releases is [{ Tags: > 0 } best, ..])
            Line($"# ATT&CK tags that a release knows, of {best.Tags}: {string.Join(", ", releases.OrderByDescending(fit => fit.Release.IsNewerThan(best.Release)).Select(fit => $"{fit.Known} in {fit.Release.Version}"))}.");
        Line($"attack: {{ release: \"{releases[0].Release.Version}\" }}");
    }

    private void WriteRules()
    {
        Line("rules:");
        foreach (var pattern in layout.Patterns)
            Line(pattern.Format is SigmaSource ? $"  - {YamlWord.Of(pattern.Text)}{(pattern.IsExclusion ? "" : $" # {Count(pattern.Rules, "rule", "rules")}")}"
                : $"  - {{ path: {YamlWord.Of(pattern.Text)}, format: {pattern.Format.Name} }} # {Count(pattern.Rules, "rule", "rules")}");
        foreach (var retired in layout.RetiredOnly)
            Line($"  # left out, as nothing in it counts: {YamlWord.InComment(YamlWord.Of(retired.Text))}, {Count(retired.Rules, "retired rule", "retired rules")}");
    }

    // What most of the rules have must be able to count, or the first number says nothing about them.
    private void WriteCoverage()
    {
        Definition standard = new();
        var sigma = found.Rules.Rules.Where(rule => rule is { Source.Format: SigmaSource, SilencedBy: null } && rule.Status is not ("deprecated" or "unsupported")).ToArray();
        var status = Widened(standard.Status, sigma.CountBy(rule => rule.Status ?? Definition.Absent).Where(count => count.Key is "experimental" or Definition.Absent));
        var withoutLevel = sigma.Count(rule => rule.SigmaLevel is null);
        if (status.Length == standard.Status.Length && withoutLevel * 2 <= sigma.Length)
            return;
        Line("coverage:");
        if (status.Length > standard.Status.Length)
            Line($"  status: [{string.Join(", ", status)}] # rules of other statuses than {string.Join(" and ", standard.Status)} count only where this says so, and here most are: {sigma.Count(rule => !standard.Status.Contains(rule.Status ?? Definition.Absent))} of {sigma.Length}");
        if (withoutLevel * 2 > sigma.Length)
            Line($"  sigmaLevel: {Definition.Absent} # {withoutLevel} of {sigma.Length} rules have no level");

        ImmutableArray<string> Widened(ImmutableArray<string> statuses, IEnumerable<KeyValuePair<string, int>> others) =>
            sigma.Count(rule => statuses.Contains(rule.Status ?? Definition.Absent)) * 2 >= sigma.Length ? statuses
                : [.. statuses, .. others.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Select(count => count.Key)];
    }

    private void WriteGate()
    {
        Line("gate:");
        Line($"  level: {new Definition().Level.Name}");
        Line("  regression: any # a technique that is no longer detected fails, whatever the percentage");
        if (Measured is not { Count: > 0 } measured)
            return;
        var (actor, covered) = measured.Where(one => one.Covered.Total > 0).OrderBy(one => one.Covered.PerMille).ThenBy(one => one.Actor, StringComparer.Ordinal).FirstOrDefault();
        if (covered.PerMille is not >= 10 and var nothing)
            Line($"  # targets: {{ default: 60 }} # what is to be covered of each actor, in percent; {(nothing is null ? "nothing is measured" : $"{covered} today")}");
        else
            Line($"  targets: {{ default: {covered.PerMille / 10} }} # percent of each actor; today's {covered}{(measured.Count > 1 ? $" of {YamlWord.InComment(actor)}, the lowest" : "")}. Raise it");
    }

    private void WriteTests()
    {
        var ruleFolders = found.Files.Where(file => file.Kind == FileKind.Rule).Select(file => ConfigurationFiles.FolderOf(file.Path)).ToHashSet(StringComparer.Ordinal);
        var elsewhere = found.TestFiles.Select(path => ConfigurationFiles.FolderOf(path))
            .Where(folder => !ruleFolders.Contains(folder) && !(folder.EndsWith("/tests", StringComparison.Ordinal) && ruleFolders.Contains(ConfigurationFiles.FolderOf(folder))) && !$"{folder}/".StartsWith("tests/", StringComparison.Ordinal))
            .Select(folder => folder.Split('/')[0]).Where(folder => folder.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (elsewhere.Length > 0)
            Line($"tests: {{ paths: [{string.Join(", ", elsewhere.Select(folder => YamlWord.Of($"{Chooser.Written(folder)}/**")).Prepend("tests/**"))}] }}");
    }

    private void WriteLint()
    {
        if (!HasBaseline && Lint is null)
            return;
        Line("lint:");
        if (HasBaseline)
            Line($"  baseline: {Baseline} # findings of the day it began; 'merlon lint --write-baseline' takes out what is mended");
        _text.Append(Lint);
    }

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    private void Line(string line) => _text.Append(line).Append('\n');
}
