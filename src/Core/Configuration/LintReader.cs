using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Reads the <c>lint</c> block: a preset, severities by id (<c>MRL3002</c>), by area (<c>MRL30xx</c>) and by path, exceptions by rule, and the baseline.</summary>
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
        ImmutableArray<RuleException> exceptions = [];
        YamlScalar? baseline = null;
        if (lint is not null)
        {
            var paths = lint.Maps("paths");
            exceptions = ReadExceptions(lint.Map("except"));
            baseline = lint.Scalar("baseline");
            Add(overrides, lint, []);
            foreach (var entry in paths)
                if (entry.RequiredScalars("paths") is { } patterns)
                    Add(overrides, entry, [.. patterns.Select(files.Pattern).OfType<PathPattern>()]);
        }
        return new() { Preset = PresetNames.Find(preset ?? written), Overrides = overrides.ToImmutable(), Exceptions = exceptions, Baseline = baseline is null ? null : files.Resolve(baseline) };
    }

    // Ids of rules by what is let be in them. What says that a rule can't be read, or that the gate fails, is nobody's exception.
    private static ImmutableArray<RuleException> ReadExceptions(YamlFields? except)
    {
        if (except is null)
            return [];
        var exceptions = except.Keys.Where(key => LintDiagnostics.MayBeSpared(key) && DiagnosticCatalog.Has(key)).ToArray()
            .SelectMany(id => (except.Scalars(id) ?? []).Select(rule => new RuleException(id, rule.Value, rule.Span))).ToImmutableArray();
        except.End();
        return exceptions;
    }

    // The keys that are ids or areas; the map's other keys have been asked for.
    private static void Add(ImmutableArray<SeverityOverride>.Builder overrides, YamlFields fields, ImmutableArray<PathPattern> paths)
    {
        foreach (var id in fields.Keys.Where(key => key.StartsWith("MRL", StringComparison.Ordinal) && DiagnosticCatalog.Has(key)).ToArray())
            if (fields.Word(id, SeverityWords) is { } word)
                overrides.Add(new(id, (Severity)(3 - SeverityWords.IndexOf(word)), paths));
        fields.End();
    }
}
