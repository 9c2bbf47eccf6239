using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Sources;

/// <summary>A rule that can alert, from any source.</summary>
internal sealed class DetectionRule
{
    public RuleSource Source { get; init; } = RuleSource.Sigma;

    /// <summary>What stands for the rule in a finding.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>What an alert is called; the path where the rule has no title.</summary>
    public required string Title { get; init; }

    /// <summary>What else it is called, as the label of a saved search; null for nothing.</summary>
    public string? Label { get; init; }

    /// <summary>Unique within its source where the format has something like that: a UUID, or the name of a saved search with its app and owner.</summary>
    public string? Id { get; init; }

    /// <summary>In Sigma's words where the format has one that means the same; null where it has none.</summary>
    public string? Status { get; init; }

    /// <summary>Sigma's own level, <c>informational</c> to <c>critical</c>; of another source its severity in these words.</summary>
    public string? SigmaLevel { get; init; }

    /// <summary>Whether it runs, as its own source says.</summary>
    public RuleState State { get; init; }

    public LogSource? LogSource { get; init; }

    /// <summary>What it reads, in the words of a format without log sources: <c>Sysmon EventID 1</c>.</summary>
    public ImmutableArray<string> DataSources { get; init; } = [];

    /// <summary>The products whose platforms it watches, in Sigma's words, for a format that says so in its own way; empty where it does not.</summary>
    public ImmutableArray<string> Products { get; init; } = [];

    /// <summary>Its references to ATT&amp;CK, in the order of the file.</summary>
    public ImmutableArray<AttackTag> AttackTags { get; init; } = [];

    /// <summary>All tags as written.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The release that the rule itself says its ids are of, <c>18.1</c>, where it is another than its source's; null otherwise.</summary>
    public string? Release { get; init; }

    /// <summary>The UUIDs, in lower case, that its description, annotations and metadata mention: one of them may be a Sigma rule's.</summary>
    public ImmutableArray<string> Mentions { get; init; } = [];

    /// <summary>The emulation tests that it says it alerts on.</summary>
    public ImmutableArray<Simulation> OwnTests { get => Sigma is null ? field : Sigma.HasSimulations ? [.. Simulations.Of(Sigma)] : []; init; } = [];

    /// <summary>SHA-256, in lower-case hexadecimal, of what it searches for; null for a Sigma rule, whose content depends on others, and where the format does not tell.</summary>
    public string? QueryHash { get; init; }

    /// <summary>Whether the source only counts it: a rule of which nothing but a technique is known.</summary>
    public bool IsUnnamed { get; init; }

    /// <summary>Why it cannot be counted at all; null for a valid rule.</summary>
    public string? Defect { get; private set => field ??= value; }

    /// <summary>The Sigma document, for a Sigma rule.</summary>
    public SigmaRule? Sigma { get; init; }

    /// <summary>For a correlation: the rules whose events it reads, each once.</summary>
    public ImmutableArray<DetectionRule> Reads { get; private set; } = [];

    /// <summary>The correlation that reads this rule's events and leaves it without alerts of its own; null when it alerts.</summary>
    public DetectionRule? SilencedBy { get; private set; }

    /// <summary>A filter that applies to this rule and is not valid, so that the two cannot be deployed together.</summary>
    public DetectionRule? BrokenFilter { get; private set; }

    /// <summary>The valid filters that apply to this rule, in the order of the set.</summary>
    public ImmutableArray<DetectionRule> Filters { get; private set; } = [];

    /// <summary>A filter that leaves nothing of this rule, alone if one of them does, else together with those before it; null when something may be left.</summary>
    public DetectionRule? SilencedByFilter { get; private set; }

    /// <summary>Where inventories of SIEMs have this Sigma rule: one rule in several places.</summary>
    public ImmutableArray<DetectionRule> Places { get; private set; } = [];

    /// <summary>Whether it runs, as its own source or the inventories that have it say.</summary>
    public RuleState StateAnywhere => Places.IsEmpty ? State : Places.Any(place => place.State == RuleState.Deployed) ? RuleState.Deployed
        : Places.Any(place => place.State == RuleState.Disabled) ? RuleState.Disabled : RuleState.Available;

    /// <summary>Those of its references that claim a technique, in the order of the file.</summary>
    public IEnumerable<AttackTag> Techniques => AttackTags.Where(tag => tag is { Kind: AttackTagKind.Technique, IsHolder: false });

    // Set once, while the rule is read or the set of rules is linked, before anybody else sees the rule.
    internal void Fail(string defect) => Defect = defect;

    internal void Link(ImmutableArray<DetectionRule> reads) => Reads = reads;

    internal void Silence(DetectionRule correlation) => SilencedBy ??= correlation;

    internal void Break(DetectionRule filter) => BrokenFilter ??= filter;

    internal void Narrow(ImmutableArray<DetectionRule> filters, DetectionRule? silencing) => (Filters, SilencedByFilter) = (filters, silencing);

    internal void Place(ImmutableArray<DetectionRule> places) => Places = places;
}
