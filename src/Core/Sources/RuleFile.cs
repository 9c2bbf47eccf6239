using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Sources;

/// <summary>A file of rules, as far as it can be read. It is kept while several trees are read, so nothing in it changes.</summary>
internal record RuleFile(string Path, RuleSource Source)
{
    public ImmutableArray<DetectionRule> Rules { get; init; } = [];

    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Whether every record of it was read: what is lost is counted by nobody.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The UTC day on which it was exported, where the file says so.</summary>
    public DateOnly? Exported { get; init; }

    /// <summary>The documents, of a Sigma file. They become rules when all are there.</summary>
    public SigmaFile? Sigma { get; init; }

    /// <summary>What checks of its documents found while it was read; null where none were asked.</summary>
    public DocumentFindings? Findings { get; init; }

    public static RuleFile Of(SigmaFile file, RuleSource source) => new(file.Path, source) { Sigma = file, Diagnostics = file.Diagnostics, IsWhole = file.IsWhole };

    /// <summary>A file of which nothing could be read.</summary>
    public static RuleFile Unreadable(string path, RuleSource source, Diagnostic why) => new(path, source)
    {
        Diagnostics = [why],
        IsWhole = false,
        Sigma = source.Format is SigmaSource ? new(path, [], [why], IsWhole: false) : null,
    };
}
