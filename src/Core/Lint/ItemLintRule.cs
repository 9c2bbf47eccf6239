using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>A check of each field with its modifiers and values, and of keywords.</summary>
internal abstract class ItemLintRule : DocumentLintRule
{
    protected const string Specification = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md";

    protected const string ModifierAppendix = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-modifiers.md";

    /// <summary>Manners of the SigmaHQ repository, which has no filters.</summary>
    protected const Preset Manners = Preset.SigmaHq | Preset.Strict;

    /// <summary>Whether filters are checked too.</summary>
    protected virtual bool IncludesFilters => false;

    /// <summary>Everything that is wrong with one item. One without values that could be read has a finding already and is left out.</summary>
    protected abstract IEnumerable<Diagnostic> Check(DetectionItem item);

    public sealed override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.Detection is { } detection && (rule.Kind == SigmaKind.Rule || IncludesFilters))
            foreach (var item in detection.Items)
                if (item.Values.Length == item.Written.Length)
                    foreach (var found in Check(item))
                        yield return found;
    }

    /// <summary>Each text after all modifiers, with how it is written; those that have several forms are none.</summary>
    protected static IEnumerable<(SigmaString Text, YamlScalar Written)> Texts(DetectionItem item) =>
        item.Values.Zip(item.Written).Where(value => value.First is SigmaString).Select(value => ((SigmaString)value.First, value.Second));
}
