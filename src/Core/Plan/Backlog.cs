using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;

namespace Merlon.Core.Plan;

/// <summary>The gaps of a program in one ATT&amp;CK domain, and what closing them takes.</summary>
internal sealed class Backlog
{
    private readonly GapWays _ways;
    private readonly ImmutableDictionary<string, ImmutableArray<TechniqueId>> _opens;

    /// <param name="library">Claims of community rules, as if all log sources were collected; null without a library.</param>
    public Backlog(ProgramCoverage coverage, LogSourceInventory? inventory, ImmutableArray<AssetGroup> assets, Claims? library, PlanOptions options, DateOnly date)
    {
        inventory = inventory?.On(date);
        (Coverage, Options, Assets, KnowsTelemetry) = (coverage, options, assets, inventory is not null);
        _ways = new(coverage, library, inventory, date);
        Outlook = new(coverage, date);
        Gaps = Gap.Of(coverage, inventory, assets, library);
        _opens = Open.Where(gap => EffortOf(gap) == Effort.High)
            .SelectMany(gap => WaysOf(gap.Technique.Id).Where(way => way.Missing.Length == 1).Select(way => way.Missing[0]).Distinct().Select(source => (source, gap.Technique.Id)))
            .GroupBy(pair => pair.source, pair => pair.Id, StringComparer.Ordinal).ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        Waiting = [.. Open.SelectMany(gap => WaysOf(gap.Technique.Id)).Where(way => way.Rule is null)];
    }

    public ProgramCoverage Coverage { get; }

    public PlanOptions Options { get; }

    public ImmutableArray<AssetGroup> Assets { get; }

    public Outlook Outlook { get; }

    /// <summary>Whether it is known what is collected. Otherwise everything is taken to be.</summary>
    public bool KnowsTelemetry { get; }

    /// <summary>All of them, in gap order.</summary>
    public ImmutableArray<Gap> Gaps { get; }

    /// <summary>Those that nobody has accepted.</summary>
    public IEnumerable<Gap> Open => Gaps.Where(gap => !gap.IsAccepted);

    /// <summary>Rules of the program that wait for a log source and for nothing else.</summary>
    public ImmutableArray<GapWay> Waiting { get; }

    /// <inheritdoc cref="GapWays.Of"/>
    public ImmutableArray<GapWay> WaysOf(TechniqueId id) => _ways.Of(id);

    /// <summary>The hardest task of the easiest way to close a gap by itself.</summary>
    public Effort EffortOf(Gap gap) => WaysOf(gap.Technique.Id) is [_, ..] ways ? ways.Min(way => way.Effort) : Effort.Blocked;

    /// <summary>The gaps that are closed by a rule once a log source is collected and not before, in gap order.</summary>
    public ImmutableArray<TechniqueId> OpenedBy(string logSource) => _opens.GetValueOrDefault(logSource, []);

    /// <summary>The gaps that are closed by a rule once some log sources are collected together and not before, in gap order.</summary>
    public ImmutableArray<TechniqueId> OpenedByAll(IReadOnlySet<string> logSources) =>
        [.. Open.Where(gap => EffortOf(gap) == Effort.High && WaysOf(gap.Technique.Id).Any(way => way.Missing.All(logSources.Contains))).Select(gap => gap.Technique.Id)];

    /// <summary>Log sources that are not collected and open gaps: those that open most first.</summary>
    public ImmutableArray<string> LogSources => [.. _opens.OrderByDescending(row => row.Value.Length).ThenBy(row => row.Key, StringComparer.Ordinal).Select(row => row.Key)];

    /// <summary>What closing some gaps takes together.</summary>
    public Investment Invest(IEnumerable<Gap> gaps) => Investment.Of(this, gaps);

    /// <summary>What closing the first so many takes, without those that are accepted.</summary>
    public Investment InvestInTop(int number) => Invest(Open.Take(number));
}
