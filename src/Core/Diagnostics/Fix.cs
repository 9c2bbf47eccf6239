using System.Collections.Immutable;

namespace Merlon.Core.Diagnostics;

/// <summary>A change of the file that does away with a finding.</summary>
/// <param name="Title">What it does, as an order: <c>Write 'attack.t1059.001'</c>.</param>
/// <param name="IsSafe">Whether what the rule detects and claims stays the same, so that nobody needs to look.</param>
/// <param name="Edits">In any order; they do not overlap.</param>
internal sealed record Fix(string Title, bool IsSafe, params ImmutableArray<Edit> Edits);

/// <summary>New text for a part of a file.</summary>
/// <param name="Span">What it replaces; empty to insert.</param>
internal sealed record Edit(SourceSpan Span, string NewText);
