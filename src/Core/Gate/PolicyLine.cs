using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Gate;

/// <summary>A value of policy that somebody wrote.</summary>
/// <param name="Key"><c>gate.level</c>; in a profile with its name in front, <c>FIN7: targets.default</c>; the name alone for the profile itself.</param>
/// <param name="Value">As it can be shown: of a list its parts in brackets.</param>
/// <param name="Span">The value; of a list its key.</param>
internal sealed record PolicyLine(string Key, string Value, SourceSpan Span)
{
    /// <summary>The name of the profile that it is in; null in merlon.yml.</summary>
    public string? Profile { get; init; }

    /// <summary>What a list comes to: each part once, paths from the root, and what stands for several parts spelt out.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>Whether it says what holds without it, for a key whose default depends on the place of the file.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The key without the profile's name; empty for the profile itself.</summary>
    public string Name => Profile is null ? Key : Key.Length == Profile.Length ? "" : Key[(Profile.Length + 2)..];

    /// <summary>The line as one of a profile.</summary>
    public PolicyLine Of(string profile) => this with { Key = $"{profile}: {Key}", Profile = profile };

    /// <summary>A list in brackets, in which no two lists look the same.</summary>
    public static string TextOf(IEnumerable<string> parts) => $"[{string.Join(", ", parts.Select(Quote))}]";

    private static string Quote(string part) => part.Length > 0 && !part.AsSpan().ContainsAny(",[]\"\\") ? part
        : $"\"{part.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
