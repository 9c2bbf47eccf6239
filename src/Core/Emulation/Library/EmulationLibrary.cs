using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation.Library;

/// <summary>What was read of a library.</summary>
/// <param name="Tests">By path and line, each id once.</param>
/// <param name="IsUsable">False where there is nothing of the kind: a finding says so.</param>
internal sealed record EmulationLibrary(LibraryKind Kind, ImmutableArray<EmulationTest> Tests, ImmutableArray<Diagnostic> Diagnostics, bool IsUsable)
{
    /// <param name="tests">In the order of reading. Of two with the same id the first is kept.</param>
    /// <param name="what">What should have been found.</param>
    /// <param name="whyNoFile">What is not there when there is no file to read.</param>
    /// <param name="whyNone">What no file has when some were read.</param>
    public static EmulationLibrary Of(LibraryKind kind, LibraryFiles files, IEnumerable<EmulationTest> tests, string what, string whyNoFile, string whyNone = "no file that was read has one")
    {
        Dictionary<string, EmulationTest> byId = new(StringComparer.Ordinal);
        foreach (var test in tests)
            if (!byId.TryAdd(test.Id, test))
                files.Diagnostics.Add(EmulationDiagnostics.Duplicate.At(test.Span, $"{test.Id} is the id of the test at {byId[test.Id].Span.Path}({byId[test.Id].Span.Line}) too, so this one is left out"));
        // A plan from nothing would say that there is no test for anything.
        var isUsable = byId.Count > 0;
        if (!isUsable)
            files.Diagnostics.Add(EmulationDiagnostics.UnusableLibrary.At(SourceSpan.StartOf(files.Label), $"'{files.Label}' holds no {what}: {(files.HasRead ? whyNone : whyNoFile)}"));
        return new(kind, [.. byId.Values], [.. files.Diagnostics], isUsable);
    }
}
