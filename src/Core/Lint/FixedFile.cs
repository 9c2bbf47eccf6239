using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint;

/// <summary>A file and what fixes made of it.</summary>
/// <param name="Before">Its bytes before any fix.</param>
/// <param name="Bytes">Its bytes now.</param>
/// <param name="Applied">The findings whose fixes it took, in the order of taking them.</param>
internal sealed record FixedFile(string Path, byte[] Before, byte[] Bytes, ImmutableArray<Diagnostic> Applied);
