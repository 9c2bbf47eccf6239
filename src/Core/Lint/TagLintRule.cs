using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint;

/// <summary>A check of each tag by itself.</summary>
internal abstract class TagLintRule : AlertingLintRule
{
    /// <param name="tag">One that has a namespace.</param>
    protected abstract Diagnostic? Check(SigmaTag tag);

    protected sealed override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context) =>
        SigmaTag.Of(rule).Where(tag => tag.Namespace is not null).Select(Check).OfType<Diagnostic>();
}
