using Merlon.Core.Diagnostics;

namespace Merlon.Fuzz.Tests;

/// <summary>What a reader made of an input.</summary>
/// <param name="Shape">Text that is the same whenever the content read is.</param>
internal sealed record Reading(IReadOnlyCollection<Diagnostic> Diagnostics, string Shape);

/// <summary>A reader of what strangers write. Its corpus is the folder of its name in <c>tests/fuzz</c>.</summary>
/// <param name="Words">What its format knows.</param>
internal sealed record Reader(string Name, Func<byte[], Reading> Read, params string[] Words);
