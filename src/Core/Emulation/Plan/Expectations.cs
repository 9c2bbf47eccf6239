using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Emulation.Plan;

/// <summary>Which rules should alert on a test.</summary>
internal sealed class Expectations(ProgramCoverage coverage, NamedTests named)
{
    /// <summary>The rules that name the test, and those that claim one of some techniques where the test runs.</summary>
    public ImmutableArray<ExpectedRule> Of(EmulationTest test, ImmutableArray<TechniqueId> techniques)
    {
        var claims = techniques.Distinct().SelectMany(coverage.Claims.On).Where(claim => claim.Level >= Level.Claimed).ToLookup(claim => claim.Rule);
        var naming = named.By(test).Where(CanAlert).ToArray();
        return
        [
            .. naming.Select(rule => new ExpectedRule(rule, true, claims[rule].Select(claim => claim.Level).DefaultIfEmpty().Max())).Order(RuleOrder),
            .. claims.Where(rule => !naming.Contains(rule.Key) && Watches(rule.Key, test)).Select(rule => new ExpectedRule(rule.Key, false, rule.Max(claim => claim.Level))).Order(RuleOrder),
        ];
    }

    private static Comparer<ExpectedRule> RuleOrder { get; } = Comparer<ExpectedRule>.Create((one, other) =>
        string.CompareOrdinal(one.Rule.Span.Path, other.Rule.Span.Path) is not 0 and var byPath ? byPath : one.Rule.Span.Line.CompareTo(other.Rule.Span.Line));

    private static bool CanAlert(DetectionRule rule) => rule is { Defect: null, SilencedBy: null, Status: not ("deprecated" or "unsupported") };

    private static bool Watches(DetectionRule rule, EmulationTest test) =>
        test.Platforms is not { } platforms || Platforms.Watched(rule) is not { } watched || platforms.Any(watched.Contains);
}
