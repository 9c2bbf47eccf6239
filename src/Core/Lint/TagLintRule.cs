using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint;

/// <summary>A check of each tag of rules and correlations by itself. Nobody looks for a filter by its tags.</summary>
internal abstract class TagLintRule : DocumentLintRule
{
    /// <param name="tag">One that has a namespace.</param>
    protected abstract Diagnostic? Check(SigmaTag tag);

    public sealed override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context) =>
        rule.Kind == SigmaKind.Filter ? [] : SigmaTag.Of(rule).Where(tag => tag.Namespace is not null).Select(Check).OfType<Diagnostic>();
}
