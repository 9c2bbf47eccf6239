using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Library;

namespace Merlon.Core.Emulation.Plan;

/// <summary>Tests by the technique that they are for in the pinned releases.</summary>
internal sealed class TestTechniques
{
    private readonly Dictionary<AttackRelease, ILookup<TechniqueId, EmulationTest>> _byRelease = [];
    private readonly List<Diagnostic> _diagnostics = [];

    /// <param name="releases">One for each domain.</param>
    public TestTechniques(ImmutableArray<EmulationTest> tests, ImmutableArray<AttackRelease> releases)
    {
        All = tests;
        foreach (var release in releases)
            _byRelease[release] = tests.Where(test => Of(test, release) is not null).ToLookup(test => Of(test, release)!.Id); // filtered
        // A file of tests is for one technique: one finding is enough for all of them.
        foreach (var file in tests.GroupBy(test => (test.Library, test.File, test.Technique)))
            if (releases.Select(release => Finding(file.First(), file.Count(), release)).ToArray() is var found && found.All(finding => finding is not null))
                _diagnostics.Add(found.FirstOrDefault(finding => finding!.Info == EmulationDiagnostics.ReplacedTechnique) ?? found[0]!); // all are there
    }

    public ImmutableArray<EmulationTest> All { get; }

    public IEnumerable<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>The tests for exactly this technique, in the order of the libraries.</summary>
    public IEnumerable<EmulationTest> On(TechniqueId id, AttackRelease release) => _byRelease[release][id];

    /// <summary>The technique that a test is for: a live one, or null.</summary>
    public static Technique? Of(EmulationTest test, AttackRelease release)
    {
        var technique = release.Find(test.Technique);
        return (technique is { IsRevoked: true } ? release.FinalReplacement(test.Technique) : technique) is { IsLive: true } live ? live : null;
    }

    private static Diagnostic? Finding(EmulationTest test, int number, AttackRelease release)
    {
        var tests = number == 1 ? "its test" : $"its {number} tests";
        if (Of(test, release) is not { } technique)
            return EmulationDiagnostics.UnknownTechnique.At(test.TechniqueSpan, release.Find(test.Technique) is null
                ? $"ATT&CK {release.Version} has no {test.Technique}, so {tests} can be planned for nobody"
                : $"ATT&CK {release.Version} no longer maintains {test.Technique}, so {tests} can be planned for nobody");
        return technique.Id == test.Technique ? null
            : EmulationDiagnostics.ReplacedTechnique.At(test.TechniqueSpan, $"{test.Technique} was revoked by {technique.Id} in ATT&CK {release.Version}, for which {tests} can be planned");
    }
}
