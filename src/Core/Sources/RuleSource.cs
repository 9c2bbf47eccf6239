using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources.Tables;

namespace Merlon.Core.Sources;

/// <summary>Where rules come from: one entry of <c>rules</c> in merlon.yml. Two of them are equal when they are one object.</summary>
internal sealed class RuleSource
{
    /// <summary>The rules of plain patterns.</summary>
    public static RuleSource Sigma { get; } = new() { Name = "sigma", Format = SigmaSource.Instance };

    /// <summary>What outputs call it: as written, or the path of the entry.</summary>
    public required string Name { get; init; }

    public required IRuleSource Format { get; init; }

    /// <summary>The entry in merlon.yml; null where nobody wrote one.</summary>
    public SourceSpan? Span { get; init; }

    /// <summary>The releases of the configured domains that its ids and tactics are of.</summary>
    public ImmutableArray<AttackRelease> Releases { get; init; } = [];

    /// <summary>Whether those are others than the program's.</summary>
    public bool HasOwnRelease { get; init; }

    /// <summary>Whether it says which Sigma rules run.</summary>
    public bool DeploysSigma { get; init; }

    /// <summary>After how many days it says nothing any more; null for never.</summary>
    public int? MaxAgeDays { get; init; }

    /// <summary>The UTC day it was exported on, where merlon.yml says so.</summary>
    public DateOnly? Exported { get; init; }

    /// <summary>Which of its rules count, by name; null for all. Of linear time.</summary>
    public Regex? Names { get; init; }

    /// <summary>Which saved searches are rules, for formats that hold others too.</summary>
    public SearchScope Scope { get; init; }

    /// <summary>Whether ids in names and descriptions count for rules that have none elsewhere.</summary>
    public bool ReadsIdsInNames { get; init; }

    /// <summary>What of a record is what of a rule, for formats that do not know; null for all others.</summary>
    public TableMap? Map { get; init; }

    /// <summary>Whether a rule of this name counts.</summary>
    public bool Wants(string name) => Names is null || Names.IsMatch(name);
}

/// <summary>Which saved searches of a SIEM are detection rules.</summary>
internal enum SearchScope
{
    /// <summary>Correlation searches, and what has annotations like one.</summary>
    Correlation,
    /// <summary>Those, and scheduled searches that act on what they find.</summary>
    Alerts,
    All,
}
