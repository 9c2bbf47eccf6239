using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>A text of a rule and where it stands.</summary>
internal sealed record SigmaText(string Value, SourceSpan Span)
{
    public static SigmaText Of(YamlScalar scalar) => new(scalar.Value, scalar.Span);

    public override string ToString() => Value;
}
