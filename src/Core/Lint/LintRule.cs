using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint;

/// <summary>A check. Pure: no file, clock, environment, static or sibling check.</summary>
internal abstract class LintRule
{
    /// <summary>Presets of a check that is on unless only the specification is asked for.</summary>
    protected const Preset FromRecommended = Preset.Recommended | Preset.SigmaHq | Preset.Strict;

    protected const Preset Always = Preset.Sigma | FromRecommended;

    public abstract DiagnosticInfo Info { get; }

    /// <summary>The presets that it is on in.</summary>
    public abstract Preset Presets { get; }

    /// <summary>Everything that it finds in a set of rules.</summary>
    public abstract IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context);

    protected Diagnostic Report(SourceSpan span, string message) => Info.At(span, message);

    protected Diagnostic Report(SourceSpan span, string message, Fix? fix) => Info.At(span, message) with { Fix = fix };
}

/// <summary>A check of one Sigma document, whatever its kind.</summary>
internal abstract class DocumentLintRule : LintRule
{
    /// <summary>Whether a day makes a difference to it. Releases make none: those are for checks of rules of all sources.</summary>
    public virtual bool DependsOnDate => false;

    public abstract IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context);

    public sealed override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context) =>
        DocumentLinter.FindAll(this, rules, context) ?? rules.Documents.SelectMany(rule => Check(rule, context));
}

/// <summary>A check of one rule from any source: its tags, its platforms.</summary>
internal abstract class DetectionLintRule : LintRule
{
    public abstract IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context);

    public sealed override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context) =>
        rules.Rules.Concat(rules.Placed).SelectMany(rule => Check(rule, context.For(rule)));
}

/// <summary>A check of what rules are to each other.</summary>
internal abstract class SetLintRule : LintRule;
