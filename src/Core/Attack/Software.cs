using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>Software of ATT&amp;CK, <c>S0154</c>.</summary>
internal sealed record Software : AttackObject
{
    public required SoftwareKind Kind { get; init; }

    /// <summary>As released, sorted.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];
}

/// <summary>The two STIX types of software.</summary>
internal enum SoftwareKind
{
    Malware,
    Tool,
}

internal static class SoftwareKinds
{
    extension(SoftwareKind kind)
    {
        /// <summary>The STIX type: <c>malware</c>, <c>tool</c>.</summary>
        public string Name => kind == SoftwareKind.Tool ? "tool" : "malware";
    }
}
