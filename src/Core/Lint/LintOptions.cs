using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;

namespace Merlon.Core.Lint;

/// <summary>What configuration says about the severity of findings.</summary>
internal sealed record LintOptions
{
    public Preset Preset { get; init; } = Preset.Recommended;

    /// <summary>In the order of the file: the last one that covers a finding decides.</summary>
    public ImmutableArray<SeverityOverride> Overrides { get; init; } = [];

    /// <summary>What is let be in single rules.</summary>
    public ImmutableArray<RuleException> Exceptions { get; init; } = [];

    /// <summary>From the root: the file of findings that are accepted.</summary>
    public string? Baseline { get; init; }

    /// <summary>The severity that an override gives to a finding; null where none covers it.</summary>
    public Severity? Of(Diagnostic diagnostic)
    {
        for (var i = Overrides.Length - 1; i >= 0; i--)
            if (Overrides[i].Covers(diagnostic))
                return Overrides[i].Severity;
        return null;
    }

    /// <summary>Whether anything asks for a check: the preset, or an override of its own id. An area only says how much those that are on matter.</summary>
    public bool MayReport(LintRule check) => check.Presets.HasFlag(Preset) || Overrides.Any(given => given.Ids == check.Info.Id);

    /// <summary>Findings that no lint rule made, with their configured severities and without those that are off.</summary>
    public IEnumerable<Diagnostic> Apply(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .Select(diagnostic => Of(diagnostic) is { } severity ? diagnostic with { Severity = severity } : diagnostic)
        .Where(diagnostic => diagnostic.Severity != Severity.Off);
}

/// <summary>A severity for an id or an area, everywhere or below some paths.</summary>
/// <param name="Ids"><c>MRL2403</c>, or an area such as <c>MRL24xx</c>, in which each x is any digit.</param>
/// <param name="Paths">What one of these matches, and none of those among them that begin with '!'; empty for everywhere.</param>
internal sealed record SeverityOverride(string Ids, Severity Severity, params ImmutableArray<PathPattern> Paths)
{
    public bool Covers(Diagnostic diagnostic) =>
        CoversId(Ids, diagnostic.Info.Id) && (Paths.IsEmpty || CoversPath(diagnostic.Span.Path));

    private bool CoversPath(string path) =>
        (Paths.All(pattern => pattern.IsExclusion) || Paths.Any(pattern => !pattern.IsExclusion && pattern.Matches(path)))
        && !Paths.Any(pattern => pattern.IsExclusion && pattern.Matches(path));

    /// <summary>Whether an id or area means an id.</summary>
    public static bool CoversId(string ids, string id)
    {
        if (ids.Length != id.Length)
            return false;
        for (var i = 0; i < id.Length; i++)
            if (ids[i] != id[i] && ids[i] != 'x')
                return false;
        return true;
    }
}

/// <summary>A rule in which an id or area is let be.</summary>
/// <param name="Ids">As in <see cref="SeverityOverride"/>.</param>
/// <param name="RuleId">The rule's <c>id</c>, in any case.</param>
/// <param name="Span">Where configuration says so.</param>
internal sealed record RuleException(string Ids, string RuleId, SourceSpan Span);
