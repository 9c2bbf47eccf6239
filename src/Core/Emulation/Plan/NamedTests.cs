using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Sources;

namespace Merlon.Core.Emulation.Plan;

/// <summary>Which tests rules name as their own.</summary>
internal sealed class NamedTests
{
    private readonly List<(DetectionRule Rule, Simulation Simulation)> _named;
    private readonly ILookup<Guid, DetectionRule> _rules;

    public NamedTests(IEnumerable<DetectionRule> rules)
    {
        _named = [.. rules.SelectMany(rule => rule.OwnTests.Select(simulation => (rule, simulation)))];
        _rules = _named.ToLookup(pair => pair.Simulation.Guid, pair => pair.Rule);
    }

    /// <summary>The rules that name a test, each once. Only tests of Atomic Red Team are named.</summary>
    public IEnumerable<DetectionRule> By(EmulationTest test) => test is { Library: LibraryKind.AtomicRedTeam, Guid: { } guid } ? _rules[guid].Distinct() : [];

    /// <summary>What rules name and no library has.</summary>
    public IEnumerable<Diagnostic> Missing(IEnumerable<EmulationTest> tests)
    {
        var known = tests.Where(test => test.Library == LibraryKind.AtomicRedTeam).Select(test => test.Guid).ToHashSet();
        return _named.Where(pair => !known.Contains(pair.Simulation.Guid)).Select(pair => EmulationDiagnostics.MissingSimulation.At(pair.Simulation.Span,
            $"'{pair.Rule.Title}' names test {pair.Simulation.Guid:D}, which the library does not have"));
    }
}
