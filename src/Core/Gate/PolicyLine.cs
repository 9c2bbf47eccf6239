using Merlon.Core.Diagnostics;

namespace Merlon.Core.Gate;

/// <summary>A value of policy as somebody wrote it.</summary>
/// <param name="Key"><c>gate.targets.default</c>; of a profile <c>FIN7: targets.default</c>.</param>
internal sealed record PolicyLine(string Key, string Value, SourceSpan Span);
