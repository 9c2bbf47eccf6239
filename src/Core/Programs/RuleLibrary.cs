using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>Community rules that a program could adopt: a checkout of SigmaHQ, or any folder of Sigma rules.</summary>
/// <param name="Label">As the user named it.</param>
/// <param name="Rules">Without those that the program has, by id. Their paths are from the folder.</param>
internal sealed record RuleLibrary(string Label, ImmutableArray<DetectionRule> Rules)
{
    /// <param name="fullPath">Of the folder. It may lie outside the repository.</param>
    /// <returns>Null, with a finding, when there is no such folder, or no rule in it.</returns>
    public static RuleLibrary? TryRead(string fullPath, string label, SourceSpan place, RuleSet own, Action<int, int>? progress, out Diagnostic? error)
    {
        error = null;
        if (!Directory.Exists(fullPath))
            error = ConfigurationDiagnostics.UnreadableFile.At(place, $"'{label}' is not a folder; name a folder of Sigma rules, such as a checkout of SigmaHQ");
        else
        {
            WorkingTree tree = new(fullPath);
            var paths = tree.Find([PathPattern.TryParse("**/*.yml", "")!]).Paths; // it parses
            var ids = own.Rules.Select(rule => rule.Id).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
            var rules = RuleSet.Of(RuleFiles.Read(tree, [new(RuleSource.Sigma, paths)], progress)).Rules;
            if (rules.Any(rule => rule.Defect is null))
                return new(label, [.. rules.Where(rule => rule.Id is null || !ids.Contains(rule.Id))]);
            error = ConfigurationDiagnostics.UnreadableFile.At(place, $"'{label}' holds no Sigma rule; name a folder of them, such as a checkout of SigmaHQ");
        }
        return null;
    }

    /// <summary>What its rules would claim in a program, were all log sources collected.</summary>
    public Claims ClaimsIn(ProgramCoverage coverage, DateOnly date) =>
        new(Rules, coverage.Release, coverage.Definition with { Level = Level.Deployable }, null, RuleEvidence.None.Judge(RuleSet.Of(ImmutableArray<RuleFile>.Empty), coverage.Release, coverage.Definition.Validation, date), date);
}
