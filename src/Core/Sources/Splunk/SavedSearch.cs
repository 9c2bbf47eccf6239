using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Splunk;

/// <summary>A saved search as <c>savedsearches.conf</c>, the REST interface and its export as a table have it: the same keys in all of them.</summary>
/// <param name="Name">Of the stanza.</param>
/// <param name="Id">The name with its app and owner, as far as the format knows them.</param>
/// <param name="Span">Of the name.</param>
/// <param name="Settings">Those that <see cref="Reads"/> names, in the order of the file; the query as its hash.</param>
internal sealed record SavedSearch(string Name, string Id, SourceSpan Span, IReadOnlyDictionary<string, PlacedText> Settings)
{
    public const string Query = "search";
    public const string Enabled = "action.correlationsearch.enabled";
    public const string LabelKey = "action.correlationsearch.label";
    public const string Annotations = "action.correlationsearch.annotations";
    public const string Metadata = "action.correlationsearch.metadata";
    public const string Mappings = "action.escu.mappings";
    public const string NotableSeverity = "action.notable.param.severity";
    public const string AlertSeverity = "alert.severity";
    public const string Description = "description";
    public const string Disabled = "disabled";
    public const string Schedule = "enableSched";
    public const string Scheduled = "is_scheduled";
    public const string Tests = "action.escu.atomic_red_team_guids";

    private static readonly ImmutableArray<string> Keys =
        [Query, Enabled, LabelKey, Annotations, Metadata, Mappings, NotableSeverity, AlertSeverity, Description, Disabled, Tests, Schedule, Scheduled, "alert.track", "actions"];

    /// <summary>Whether anything depends on a key; so does each <c>action.email</c>, which says whether the search acts so.</summary>
    public static bool Reads(string key) => Keys.Contains(key) || IsAction(key);

    private static bool IsAction(string key) => key.StartsWith("action.", StringComparison.Ordinal) && key.IndexOf('.', "action.".Length) < 0;

    /// <summary>What stands for a query. Of nothing, nothing.</summary>
    public static PlacedText Hashed(PlacedText query) => query.Text.Length == 0 ? query
        : new(QueryHash.Of(query.Text), query.Span, []) { IsCut = query.IsCut };

    /// <summary>The name with the app and owner that are known.</summary>
    public static string IdOf(string? app, string? owner, string name) => string.Join('/', new[] { app, owner, name }.OfType<string>());

    /// <summary>Null for a key that is absent or empty.</summary>
    public PlacedText? Find(string key) => Settings.TryGetValue(key, out var value) && (value.Text.Length > 0 || value.IsCut) ? value : null;

    /// <summary>A truth value as Splunk reads it; null for a key that is absent, empty, or neither true nor false.</summary>
    public bool? Flag(string key) => Find(key) is { } value ? ReadFlag(value.Text) : null;

    public static bool? ReadFlag(string text) => text.ToLowerInvariant() switch
    {
        "1" or "true" or "t" or "yes" or "y" or "on" => true,
        "0" or "false" or "f" or "no" or "n" or "off" => false,
        _ => null,
    };

    /// <summary>Whether it runs by itself: <c>enableSched</c> in files, <c>is_scheduled</c> elsewhere.</summary>
    public bool IsScheduled => Flag(Schedule) == true || Flag(Scheduled) == true;

    /// <summary>Whether the entry wants it as a rule.</summary>
    public bool IsIn(SearchScope scope) => scope switch
    {
        SearchScope.All => true,
        SearchScope.Alerts => IsCorrelationSearch || (IsScheduled && (Acts || Flag("alert.track") == true)),
        _ => IsCorrelationSearch,
    };

    // Nothing says so in content of before Enterprise Security 4.6, and in what is written by hand.
    private bool IsCorrelationSearch => Flag(Enabled) ?? (Find(Annotations) is not null || Find(LabelKey) is not null);

    private bool Acts => Find("actions") is not null || Settings.Keys.Any(key => IsAction(key) && Flag(key) == true);
}
