using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Actors;

/// <summary>A floor as written.</summary>
/// <param name="Percent">0 to 100.</param>
internal sealed record Target(int Percent, SourceSpan Span);

/// <summary>The floors that a profile or merlon.yml sets.</summary>
internal sealed record Targets
{
    public static Targets None { get; } = new();

    public Target? Default { get; init; }

    /// <summary>For the union of all actors; merlon.yml only.</summary>
    public Target? Union { get; init; }

    /// <summary>By the short name of a tactic, in the order of the file.</summary>
    public ImmutableArray<(string Tactic, Target Target)> Tactics { get; init; } = [];

    /// <summary>By the name of a platform, in the order of the file.</summary>
    public ImmutableArray<(string Platform, Target Target)> Platforms { get; init; } = [];

    public static Targets Read(YamlFields fields, bool hasUnion, IReadOnlyCollection<AttackRelease> releases)
    {
        Targets targets = new()
        {
            Default = ReadOne(fields, "default"),
            Union = hasUnion ? ReadOne(fields, "union") : null,
            Tactics = ReadMany(fields, "tactics", [.. releases.SelectMany(release => release.Tactics).Select(tactic => tactic.ShortName).Distinct()]),
            Platforms = ReadMany(fields, "platforms", PlatformNames(releases)),
        };
        fields.End();
        return targets;
    }

    /// <summary>The platforms that the live techniques of some releases have.</summary>
    public static ImmutableArray<string> PlatformNames(IReadOnlyCollection<AttackRelease> releases) =>
        [.. releases.SelectMany(release => release.Techniques).Where(technique => technique.IsLive).SelectMany(technique => technique.Platforms).Distinct().Order(StringComparer.Ordinal)];

    private static Target? ReadOne(YamlFields fields, string key) =>
        fields.Scalar(key) is { } scalar && fields.AsInteger(scalar, key, 0, 100) is { } percent ? new(percent, scalar.Span) : null;

    private static ImmutableArray<(string, Target)> ReadMany(YamlFields fields, string key, ImmutableArray<string> names)
    {
        var targets = ImmutableArray.CreateBuilder<(string, Target)>();
        foreach (var (name, value) in fields.Entries(key))
            if (!names.Contains(name.Value))
                fields.Report(name.Span, $"'{name.Value}' is not one of the {key} of the pinned ATT&CK release{Spelling.Hint(name.Value, names)}");
            else if (value is not YamlScalar scalar)
                fields.Report(value.Span, $"target of {name.Value} is {value.Kind}; write a whole number from 0 to 100");
            else if (fields.AsInteger(scalar, $"target of {name.Value}", 0, 100) is { } percent)
                targets.Add((name.Value, new(percent, scalar.Span)));
        return targets.ToImmutable();
    }
}
