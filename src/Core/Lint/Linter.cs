using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint;

/// <summary>Runs the checks that configuration asks for.</summary>
internal static class Linter
{
    /// <returns>In report order. Manners are asked of what is a rule: a document that tools refuse has those findings first.</returns>
    public static ImmutableArray<Diagnostic> Check(RuleSet rules, LintContext context, LintOptions options)
    {
        var found = LintRules.All.SelectMany(check => Check(check, rules, context, options).Select(diagnostic => (Check: check, Diagnostic: diagnostic))).ToArray();
        var refused = rules.Diagnostics.Where(IsRefusal).Concat(found.Where(one => one.Check is DocumentLintRule && one.Diagnostic.Info.Severity == Severity.Error).Select(one => one.Diagnostic))
            .Select(diagnostic => rules.FindDocument(diagnostic.Span)).OfType<SigmaRule>().ToHashSet(ReferenceEqualityComparer.Instance);
        return found.Where(one => refused.Count == 0 || !IsManner(one.Check) || rules.FindDocument(one.Diagnostic.Span) is not { } document || !refused.Contains(document))
            .Select(one => one.Diagnostic).InReportOrder();
    }

    private static bool IsManner(LintRule check) => (check.Presets & (Preset.Sigma | Preset.Recommended)) == 0;

    // A selector of nothing is an error here; other tools drop it and read on. They read a word in another case too, which a safe fix writes.
    private static bool IsRefusal(Diagnostic diagnostic) =>
        diagnostic is { Info.Severity: Severity.Error, Fix: not { IsSafe: true } } && diagnostic.Info != SigmaDiagnostics.SelectorOfNothing && SigmaDiagnostics.All.Contains(diagnostic.Info);

    private static IEnumerable<Diagnostic> Check(LintRule check, RuleSet rules, LintContext context, LintOptions options)
    {
        if (!options.MayReport(check))
            return [];
        if (check.Presets.HasFlag(options.Preset))
            return options.Apply(check.CheckAll(rules, context));
        // Outside of the preset only the overrides of its own id are meant.
        var named = options with { Overrides = [.. options.Overrides.Where(given => given.Ids == check.Info.Id)] };
        return named.Apply(check.CheckAll(rules, context).Where(diagnostic => named.Of(diagnostic) is not null));
    }
}
