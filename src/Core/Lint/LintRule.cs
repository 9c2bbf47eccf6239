using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint;

/// <summary>A check of one detection rule. Pure: no file, clock, environment, static or sibling check.</summary>
internal abstract class LintRule
{
    /// <summary>Presets of a check that is on unless only the specification is asked for.</summary>
    protected const Preset FromRecommended = Preset.Recommended | Preset.SigmaHq | Preset.Strict;

    protected const Preset Always = Preset.Sigma | FromRecommended;

    public abstract DiagnosticInfo Info { get; }

    /// <summary>The presets that it is on in.</summary>
    public abstract Preset Presets { get; }

    public abstract IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context);

    protected Diagnostic Report(SourceSpan span, string message) => Info.At(span, message);
}
