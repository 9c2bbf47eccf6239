using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>What uses techniques: a group, software or a campaign.</summary>
internal abstract record AttackObject
{
    /// <summary><c>G0046</c>, <c>S0154</c> or <c>C0022</c>. The domains share these ids.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Other names, sorted, without <see cref="Name"/>.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Live techniques of this domain that it uses directly, sorted.</summary>
    public ImmutableArray<TechniqueId> Techniques { get; init; } = [];

    public ObjectStatus Status { get; init; }

    /// <summary>The id that replaces this one: of the same kind.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>The UUID of the STIX object.</summary>
    public required Guid StixId { get; init; }

    public bool IsLive => Status == ObjectStatus.Live;
    public bool IsRevoked => Status == ObjectStatus.Revoked;
    public bool IsDeprecated => Status == ObjectStatus.Deprecated;

    /// <summary>Whether the text is the id, the name or an alias, in any case.</summary>
    public bool IsCalled(string text) =>
        Same(Id, text) || Same(Name, text) || Aliases.Any(alias => Same(alias, text));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
