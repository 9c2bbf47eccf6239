using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint;

/// <summary>A check of the fields of a rule that is no filter, against its log source.</summary>
internal abstract class FieldLintRule : DocumentLintRule
{
    /// <summary>Everything that is wrong with one field of an event of the log source.</summary>
    protected abstract IEnumerable<Diagnostic> Check(DetectionField field, LogSource source);

    public sealed override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context) =>
        rule is { Kind: SigmaKind.Rule, Detection: { } detection, LogSource: { } source }
            ? DetectionFields.Of(detection).SelectMany(field => Check(field, source)) : [];

    /// <summary>A fix that gives the field another name, which changes what the rule matches.</summary>
    protected static Fix? Rename(DetectionField field, string name) =>
        field.Key.IsAsWritten ? new($"Write '{name}'", IsSafe: false, new Edit(field.Span, name)) : null;
}
