using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>A check that a key is there and says something.</summary>
internal abstract class MissingKeyLintRule : AlertingLintRule
{
    protected abstract string Key { get; }

    /// <summary>The end of the message: what to add.</summary>
    protected abstract string Advice { get; }

    public sealed override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected sealed override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.Root.Find(Key) is null or YamlScalar { IsNull: true })
            yield return Report(rule.Root.FindEntry(Key)?.Key.Span ?? rule.Span, $"rule has no {Key}; {Advice}");
    }
}
