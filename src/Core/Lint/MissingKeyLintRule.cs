using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>A check that rules and correlations have a key that says something. A filter has no alerts that it could describe.</summary>
internal abstract class MissingKeyLintRule : DocumentLintRule
{
    protected abstract string Key { get; }

    /// <summary>The end of the message: what to add.</summary>
    protected abstract string Advice { get; }

    public sealed override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public sealed override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.Kind != SigmaKind.Filter && rule.Root.Find(Key) is null or YamlScalar { IsNull: true })
            yield return Report(rule.Root.FindEntry(Key)?.Key.Span ?? rule.Span, $"rule has no {Key}; {Advice}");
    }
}
