using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint;

/// <summary>Runs the checks that configuration asks for.</summary>
internal static class Linter
{
    /// <returns>In report order.</returns>
    public static ImmutableArray<Diagnostic> Check(IEnumerable<DetectionRule> rules, LintContext context, LintOptions options)
    {
        var all = rules.ToArray();
        return LintRules.All.SelectMany(check => Check(check, all, context, options)).InReportOrder();
    }

    private static IEnumerable<Diagnostic> Check(LintRule check, DetectionRule[] rules, LintContext context, LintOptions options)
    {
        if (check.Presets.HasFlag(options.Preset))
            return options.Apply(rules.SelectMany(rule => check.Check(rule, context)));
        // A check outside of the preset is asked for by its own id. An area only says how much those that are on matter.
        var named = options with { Overrides = [.. options.Overrides.Where(given => given.Ids == check.Info.Id)] };
        return named.Overrides.IsEmpty ? []
            : named.Apply(rules.SelectMany(rule => check.Check(rule, context)).Where(diagnostic => named.Of(diagnostic) is not null));
    }
}
