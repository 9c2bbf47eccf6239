using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Splunk;

/// <summary>One <c>savedsearches.conf</c>. Its stanzas become rules when the other layers of its app are there.</summary>
internal sealed record ConfFile(string Path, RuleSource Source) : RuleFile(Path, Source)
{
    /// <summary>What <c>[default]</c>, or nothing before the first stanza, says for all stanzas.</summary>
    public required ConfStanza Defaults { get; init; }

    /// <summary>Each name once, in the order of the file.</summary>
    public ImmutableArray<ConfStanza> Stanzas { get; init; } = [];
}

/// <summary>All stanzas of one name in one file.</summary>
/// <param name="Span">Of the name in the first header.</param>
internal sealed record ConfStanza(string Name, SourceSpan Span)
{
    /// <summary>The settings that Merlon reads, the last one of each key.</summary>
    public Dictionary<string, PlacedText> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether its header is not closed, so that its name is not sure.</summary>
    public bool IsBroken { get; init; }
}
