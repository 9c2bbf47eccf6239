using System.Collections.Immutable;

namespace Merlon.Core.Attack.Stix;

/// <summary>The types of STIX objects that a release is made of.</summary>
internal enum StixType
{
    Technique,
    Group,
    Malware,
    Tool,
    Campaign,
    Tactic,
    Matrix,
    DataComponent,
    DetectionStrategy,
    Analytic,
    Collection,
}

internal static class StixTypes
{
    public static StixType? Find(string type) => type switch
    {
        "attack-pattern" => StixType.Technique,
        "intrusion-set" => StixType.Group,
        "malware" => StixType.Malware,
        "tool" => StixType.Tool,
        "campaign" => StixType.Campaign,
        "x-mitre-tactic" => StixType.Tactic,
        "x-mitre-matrix" => StixType.Matrix,
        "x-mitre-data-component" => StixType.DataComponent,
        "x-mitre-detection-strategy" => StixType.DetectionStrategy,
        "x-mitre-analytic" => StixType.Analytic,
        "x-mitre-collection" => StixType.Collection,
        _ => null,
    };
}

/// <summary>The facts of one STIX object, or of one object of a table that bundles are merged over.</summary>
internal sealed record StixObject
{
    public required StixType Type { get; init; }

    /// <summary>The bundle's path, for diagnostics; empty for an object of a table.</summary>
    public string Path { get; init; } = "";

    /// <summary>The UUID of the STIX id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The ATT&amp;CK id in upper case; empty where there is none (data components before 18).</summary>
    public string AttackId { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Of a tactic.</summary>
    public string ShortName { get; init; } = "";

    /// <summary>Of a collection: <c>19.1</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>Of a collection: it says that it isn't MITRE's own.</summary>
    public bool IsRebuilt { get; init; }

    public ImmutableArray<string> Aliases { get; init; } = [];

    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>Of a technique: the short names of its kill-chain phases.</summary>
    public ImmutableArray<string> Tactics { get; init; } = [];

    /// <summary>Empty where the object names none.</summary>
    public ImmutableArray<AttackDomain> Domains { get; init; } = [];

    /// <summary>The tactics of a matrix in its order, the analytics of a strategy.</summary>
    public ImmutableArray<Guid> References { get; init; } = [];

    /// <summary>Of a data component or an analytic.</summary>
    public ImmutableArray<StixLogSource> LogSources { get; init; } = [];

    public ObjectStatus Status { get; init; }

    public DateTimeOffset Modified { get; init; }
}

/// <param name="DataComponent">Of an analytic's: the UUID of the data component.</param>
internal readonly record struct StixLogSource(Guid DataComponent, LogSource LogSource);
