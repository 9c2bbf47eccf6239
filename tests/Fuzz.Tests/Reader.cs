using Merlon.Core.Diagnostics;

namespace Merlon.Fuzz.Tests;

/// <summary>What a reader made of an input.</summary>
/// <param name="Shape">Text that is the same whenever the content read is.</param>
internal sealed record Reading(IReadOnlyCollection<Diagnostic> Diagnostics, string Shape)
{
    /// <summary>Whether the reader took it for what it reads.</summary>
    public bool IsTaken { get; init; } = Diagnostics.All(one => one.Severity != Severity.Error);
}

/// <summary>A reader of what strangers write. Its corpus is the folder of its name in <c>tests/fuzz</c>.</summary>
/// <param name="Words">What its format knows.</param>
internal sealed record Reader(string Name, Func<byte[], Reading> Read, params string[] Words)
{
    /// <summary>How many inputs it takes where no time is given: few where each costs much.</summary>
    public int UsualInputs { get; init; } = 100;

    /// <summary>What the tool itself writes now, where that changes from one build to the next.</summary>
    public Func<byte[][]> Seeds { get; init; } = () => [];
}
