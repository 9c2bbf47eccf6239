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
        ? item.Written.Zip(item.Values).SelectMany(value => Check(RegexSyntax.Parse(value.First.Value, value.Second is SigmaRegex { Flags: var flags } ? flags : ""), value.First)) : [];
}
