using System.Collections.Immutable;

namespace Merlon.Core.Lint;

/// <summary>Which checks are on. One is chosen; a check names all that it is on in.</summary>
[Flags]
internal enum Preset
{
    None = 0,
    /// <summary>What the specification forbids.</summary>
    Sigma = 1,
    /// <summary>Only checks whose finding means that the rule is broken, says something untrue, or can't be counted.</summary>
    Recommended = 2,
    /// <summary>The manners of the SigmaHQ repository.</summary>
    SigmaHq = 4,
    Strict = 8,
}

internal static class PresetNames
{
    /// <summary>Each preset with its word in configuration, from the fewest checks to the most.</summary>
    public static ImmutableArray<(string Name, Preset Preset)> All { get; } =
        [("sigma", Preset.Sigma), ("recommended", Preset.Recommended), ("sigmahq", Preset.SigmaHq), ("strict", Preset.Strict)];

    /// <summary>The word of the preset that nobody has to ask for.</summary>
    public const string Default = "recommended";

    /// <summary>The preset of a word; the default for null and for what is none.</summary>
    public static Preset Find(string? name)
    {
        foreach (var (known, preset) in All)
            if (known == name)
                return preset;
        return Preset.Recommended;
    }
}
