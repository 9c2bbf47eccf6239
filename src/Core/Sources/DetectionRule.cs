using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Sources;

/// <summary>A rule that can alert, from any source.</summary>
internal sealed class DetectionRule
{
    /// <summary>The format that it was read from, <c>sigma</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What stands for the rule in a finding.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>What an alert is called; the path where the rule has no title.</summary>
    public required string Title { get; init; }

    public string? Id { get; init; }

    public string? Status { get; init; }

    /// <summary>Sigma's own level, <c>informational</c> to <c>critical</c>.</summary>
    public string? SigmaLevel { get; init; }

    public LogSource? LogSource { get; init; }

    /// <summary>Its references to ATT&amp;CK, in the order of the file.</summary>
    public ImmutableArray<AttackTag> AttackTags { get; init; } = [];

    /// <summary>All tags as written.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

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

    public IEnumerable<AttackTag> Techniques => AttackTags.Where(tag => tag.Kind == AttackTagKind.Technique);

    // Set once, while the set of rules is linked, before anybody else sees the rule.
    internal void Fail(string defect) => Defect = defect;

    internal void Link(ImmutableArray<DetectionRule> reads) => Reads = reads;

    internal void Silence(DetectionRule correlation) => SilencedBy ??= correlation;

    internal void Break(DetectionRule filter) => BrokenFilter ??= filter;

    internal void Narrow(ImmutableArray<DetectionRule> filters, DetectionRule? silencing) => (Filters, SilencedByFilter) = (filters, silencing);
}
