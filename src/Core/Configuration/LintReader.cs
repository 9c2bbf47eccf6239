using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Reads the <c>lint</c> block: a preset, and severities by id (<c>MRL3002</c>), by area (<c>MRL30xx</c>) and by path.</summary>
internal static class LintReader
{
    private static readonly ImmutableArray<string> Presets = [.. PresetNames.All.Select(preset => preset.Name)];

    private static readonly ImmutableArray<string> SeverityWords = ["error", "warning", "info", "off"];

    public static LintOptions Read(YamlFields? lint, string? preset, ConfigurationFiles files)
    {
        var written = lint?.Word("preset", Presets);
        if (preset is not null && !Presets.Contains(preset))
            files.Diagnostics.Add(ConfigurationDiagnostics.BadValue.At(SourceSpan.StartOf(""), $"'{preset}' is not a preset{Spelling.Hint(preset, Presets)}"));
        var overrides = ImmutableArray.CreateBuilder<SeverityOverride>();
        if (lint is not null)
        {
            var paths = lint.Maps("paths");
            Add(overrides, lint, []);
            foreach (var entry in paths)
                if (entry.RequiredScalars("paths") is { } patterns)
                    Add(overrides, entry, [.. patterns.Select(files.Pattern).OfType<PathPattern>()]);
        }
        return new() { Preset = PresetOf(preset ?? written), Overrides = overrides.ToImmutable() };
    }

    // The keys that are ids or areas; the map's other keys have been asked for.
    private static void Add(ImmutableArray<SeverityOverride>.Builder overrides, YamlFields fields, ImmutableArray<PathPattern> paths)
    {
        foreach (var id in fields.Keys.Where(key => key.StartsWith("MRL", StringComparison.Ordinal) && DiagnosticCatalog.Has(key)).ToArray())
            if (fields.Word(id, SeverityWords) is { } word)
                overrides.Add(new(id, (Severity)(3 - SeverityWords.IndexOf(word)), paths));
        fields.End();
    }

    private static Preset PresetOf(string? name)
    {
        foreach (var (known, preset) in PresetNames.All)
            if (known == name)
                return preset;
        return Preset.Recommended;
    }
}
