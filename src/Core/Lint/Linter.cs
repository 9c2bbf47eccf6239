using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint;

/// <summary>Runs the checks that configuration asks for.</summary>
internal static class Linter
{
    /// <returns>In report order.</returns>
    public static ImmutableArray<Diagnostic> Check(RuleSet rules, LintContext context, LintOptions options) =>
        LintRules.All.SelectMany(check => Check(check, rules, context, options)).InReportOrder();

    private static IEnumerable<Diagnostic> Check(LintRule check, RuleSet rules, LintContext context, LintOptions options)
    {
        if (check.Presets.HasFlag(options.Preset))
            return options.Apply(check.CheckAll(rules, context));
        // A check outside of the preset is asked for by its own id. An area only says how much those that are on matter.
        var named = options with { Overrides = [.. options.Overrides.Where(given => given.Ids == check.Info.Id)] };
        return named.Overrides.IsEmpty ? []
            : named.Apply(check.CheckAll(rules, context).Where(diagnostic => named.Of(diagnostic) is not null));
    }
}
