using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>A check of each regular expression.</summary>
internal abstract class RegexLintRule : ItemLintRule
{
    protected override bool IncludesFilters => true;

    /// <summary>Everything that is wrong with one expression.</summary>
    protected abstract IEnumerable<Diagnostic> Check(RegexSyntax syntax, YamlScalar written);

    protected sealed override IEnumerable<Diagnostic> Check(DetectionItem item) => item.Modifiers is [{ Modifier: Modifier.Re }, ..]
        ? item.Written.Index().Where(value => !value.Item.IsNull).SelectMany(value => Check(RegexSyntax.Parse(value.Item.Value, FlagsOf(item, value.Index)), value.Item)) : [];

    private static string FlagsOf(DetectionItem item, int index) => index < item.Values.Length && item.Values[index] is SigmaRegex regex ? regex.Flags : "";
}
