using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Which ATT&amp;CK platforms the words of a DeTT&amp;CT file stand for.</summary>
/// <param name="platforms">Every platform of the releases.</param>
internal sealed class DettectPlatforms(ImmutableArray<string> platforms, List<Diagnostic> diagnostics)
{
    public const string All = "all";

    // Names of older releases, which the files keep.
    private static readonly FrozenDictionary<string, ImmutableArray<string>> Older = new Dictionary<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase)
    {
        ["Azure AD"] = ["Identity Provider"],
        ["Entra ID"] = ["Identity Provider"],
        ["Office 365"] = ["Office Suite"],
        ["Google Workspace"] = ["Identity Provider", "Office Suite", "SaaS"],
        ["AWS"] = ["IaaS"],
        ["Azure"] = ["IaaS"],
        ["GCP"] = ["IaaS"],
        ["Network"] = ["Network Devices"],
        ["ICS"] = ["None"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, ImmutableArray<string>> _systems = new(StringComparer.OrdinalIgnoreCase);

    private ImmutableArray<string> Every => [.. platforms.Where(platform => platform != Scope.PrePlatform)];

    /// <summary>Reads <c>systems</c>, which names kinds of systems, or the one <c>platform</c> of version 1.0.</summary>
    public void Read(YamlFields file)
    {
        foreach (var system in file.Maps("systems"))
        {
            var own = Scalars(system, "platform").SelectMany(name => OfPlatform(name)).ToArray();
            foreach (var name in Scalars(system, "applicable_to"))
                _systems[name.Value] = [.. _systems.GetValueOrDefault(name.Value, []), .. own];
        }
        if (_systems.Count == 0)
            _systems[All] = Scalars(file, "platform") is { IsEmpty: false } written ? [.. written.SelectMany(name => OfPlatform(name))] : Every;
    }

    /// <summary>Those of what a data source is <c>applicable_to</c>: systems, platforms or all; of all systems where it does not say.</summary>
    public ImmutableArray<string> Of(ImmutableArray<YamlScalar> applicableTo) =>
        [.. (applicableTo.IsEmpty ? OfAllSystems : applicableTo.SelectMany(OfSystem)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A list, or a single value in its place.</summary>
    public static ImmutableArray<YamlScalar> Scalars(YamlFields fields, string key) =>
        fields.Node(key) is YamlSequence ? [.. (fields.Scalars(key) ?? []).Where(item => !item.IsNull)] : fields.Scalar(key) is { } one ? [one] : [];

    private IEnumerable<string> OfAllSystems => _systems.Values.SelectMany(system => system);

    private IEnumerable<string> OfSystem(YamlScalar name) => _systems.TryGetValue(name.Value, out var system) ? system : IsAll(name) ? OfAllSystems : OfPlatform(name);

    private ImmutableArray<string> OfPlatform(YamlScalar name)
    {
        if (IsAll(name))
            return Every;
        if (platforms.FirstOrDefault(platform => platform.Equals(name.Value, StringComparison.OrdinalIgnoreCase)) is { } known)
            return [known];
        if (Older.TryGetValue(name.Value, out var newer))
            return newer;
        string[] words = [.. platforms, .. _systems.Keys];
        diagnostics.Add(DettectDiagnostics.Unusable.At(name.Span, $"'{name.Value}' is neither a system nor a platform here, so nothing is taken for collected there{Spelling.Hint(name.Value, words)}"));
        return [];
    }

    private static bool IsAll(YamlScalar name) => name.Value.Equals(All, StringComparison.OrdinalIgnoreCase);
}
