using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint;

/// <summary>A check of what can alert: rules and correlations. A filter only narrows them, so nobody triages it, searches it by tag or tracks its age.</summary>
internal abstract class AlertingLintRule : DocumentLintRule
{
    /// <param name="rule">No filter.</param>
    protected abstract IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context);

    public sealed override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context) => rule.Kind == SigmaKind.Filter ? [] : CheckAlerting(rule, context);
}
