using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation;

/// <summary>Findings about libraries of emulation tests, and about planning with them.</summary>
internal static class EmulationDiagnostics
{
    private const string AtomicFormat = "https://github.com/redcanaryco/atomic-red-team/blob/master/atomic_red_team/models.py";

    public static DiagnosticInfo UnusableLibrary { get; } = Info("MRL6060", "Library of emulation tests cannot be used", Severity.Error,
        """
        `--atomics` names a checkout of Atomic Red Team, its `atomics` or `Indexes-CSV` folder, or one file of these; `--stockpile` names a checkout of
        Caldera's stockpile; `--ctid` names a plan of the Center for Threat-Informed Defense, or a folder of plans. Where none of that is found
        there, nothing is planned: a plan without a library would look like an actor that nobody can emulate.
        """);

    public static DiagnosticInfo LeftOut { get; } = Info("MRL6061", "Emulation test is left out", Severity.Warning,
        """
        A test is planned by its id, technique and executor, and runs only when its command has a value for each of its arguments. One that lacks any of
        these is left out, and so are all tests of a file that does not say which technique it is for; the rest of the library is used.
        """, AtomicFormat);

    public static DiagnosticInfo Unusual { get; } = Info("MRL6062", "Emulation test departs from the format of its library", Severity.Info,
        "The test is used. What is named here is what the library's own validation refuses; the tool that runs the test may read it in another way.", AtomicFormat);

    public static DiagnosticInfo Duplicate { get; } = Info("MRL6063", "Two emulation tests have the same id", Severity.Warning,
        "Results are matched by id, so that only one of the two can be in a plan: the first by path and line. Give the other one an id of its own.");

    public static DiagnosticInfo UnknownTechnique { get; } = Info("MRL6064", "Technique of an emulation test is not in the pinned release", Severity.Warning,
        """
        The library is of a later ATT&CK release than the pinned one, or names a technique that ATT&CK no longer maintains. Nobody's scope has such a
        technique, so its tests are planned only where a rule names them.
        """);

    public static DiagnosticInfo ReplacedTechnique { get; } = Info("MRL6065", "Technique of an emulation test was revoked", Severity.Info,
        "The library is older than the pinned ATT&CK release. Its tests are planned for the final replacement, and run by the id that the library has.");

    public static DiagnosticInfo MissingSimulation { get; } = Info("MRL6066", "Rule names an emulation test that the library lacks", Severity.Info,
        """
        An entry of the rule's `simulation` names a test of Atomic Red Team by GUID, and none of the tests that were read has it. The rule's own test is then
        not in the plan: update the library, or the entry.
        """);

    public static DiagnosticInfo Limit { get; } = Info("MRL6067", "Part of a library of emulation tests is not read", Severity.Warning,
        "Links are not followed, so that a library has only what lies in the folder that was named, and so are files beyond a size and a number that no library has.");

    public static ImmutableArray<DiagnosticInfo> All { get; } =
        [UnusableLibrary, LeftOut, Unusual, Duplicate, UnknownTechnique, ReplacedTechnique, MissingSimulation, Limit];

    private static DiagnosticInfo Info(string id, string title, Severity severity, string rationale, string? source = null) =>
        new() { Id = id, Title = title, Severity = severity, Rationale = rationale, Source = source };
}
