using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Emulation.Library;

/// <summary>
/// Reads an ability of Caldera, in either form (<c>technique.attack_id</c> and a map <c>platforms</c>, or <c>technique_id</c> and a list
/// <c>executors</c>), and a procedure of a CTID plan, which is the same with arguments and dependencies.
/// </summary>
internal sealed class AbilityReader(LibraryKind kind, LibraryFile file, List<Diagnostic> diagnostics)
{
    private const int LongestId = 64;

    /// <summary>Null for one without a technique, which an ability may be, and, with a finding, for one that cannot be planned.</summary>
    public EmulationTest? Read(YamlMapping ability)
    {
        var what = kind == LibraryKind.Caldera ? "ability" : "procedure";
        if (ability.Text("id") is not { } id)
            return LeaveOut(ability.Span, $"this {what} has no 'id', so it is left out");
        if (id.Value.Length > LongestId || !id.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return LeaveOut(id.Span, $"'{id.Value}' is no id of a {what}: write a UUID, or up to {LongestId} letters, digits, '-' and '_'");
        var written = ability.Map("technique")?.Text("attack_id") ?? ability.Text("technique_id");
        if (written is null)
            return kind == LibraryKind.Caldera ? null : LeaveOut(id.Span, "this procedure has no 'technique.attack_id', so it is left out");
        if (!TechniqueId.TryParse(written.Value.Trim(), out var technique))
            return LeaveOut(written.Span, $"'{written.Value}' is no technique id of the form T1003.001, so this {what} is left out");
        var executors = Executors(ability).ToArray();
        ImmutableArray<string> words = [.. executors.SelectMany(executor => executor.Platforms).Distinct(StringComparer.Ordinal).Where(LibraryPlatforms.IsKnown).Order(StringComparer.Ordinal)];
        if (words.IsEmpty)
            return LeaveOut(id.Span, $"this {what} has no command for windows, linux or darwin, so it is left out");
        return new()
        {
            Library = kind,
            Id = Guid.TryParseExact(id.Value, "D", out var guid) ? guid.ToString("D") : id.Value,
            Technique = technique,
            Name = ability.Text("name")?.Value ?? id.Value,
            PlatformWords = words,
            Platforms = LibraryPlatforms.NamesOf(words),
            Executors = [.. executors.SelectMany(executor => executor.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            NeedsElevation = string.Equals(ability.Text("privilege")?.Value, "Elevated", StringComparison.OrdinalIgnoreCase) || ability.Maps("executors").Any(one => one.Text("elevation_required")?.AsBoolean == true),
            NeedsDownload = NeedsDownload(ability, executors.Select(executor => executor.Command)),
            HasCleanup = executors.Any(executor => executor.Command.Find("cleanup") is not (null or YamlScalar { IsNull: true } or YamlScalar { Value: "" })),
            Inputs = [.. (ability.Map("input_arguments")?.Entries ?? []).Select(argument => argument.Key.Value)],
            File = file.Relative,
            Span = id.Span,
            TechniqueSpan = written.Span,
        };
    }

    // Each with what it runs on. Platforms and executors may be several words with commas between them.
    private static IEnumerable<(ImmutableArray<string> Platforms, ImmutableArray<string> Names, YamlMapping Command)> Executors(YamlMapping ability)
    {
        foreach (var (platform, value) in ability.Map("platforms")?.Entries ?? [])
            if (value is YamlMapping executors)
                foreach (var (name, command) in executors.Entries)
                    if (command is YamlMapping map)
                        yield return (LibraryYaml.Words(platform.Value), LibraryYaml.Words(name.Value), map);
        foreach (var executor in ability.Maps("executors"))
            if (executor.Text("platform") is { } platform)
                yield return (LibraryYaml.Words(platform.Value), LibraryYaml.Words(executor.Text("name")?.Value ?? ""), executor);
    }

    private static bool NeedsDownload(YamlMapping ability, IEnumerable<YamlMapping> commands) =>
        ability.Maps("dependencies").Any(one => one.Text("get_prereq_command") is not null)
        || commands.Any(command => command.Text("command") is { } text && TestCommands.HasAddress(text.Value))
        || (ability.Map("input_arguments")?.Entries ?? []).Any(argument => argument.Value is YamlMapping map && map.Text("default") is { } value && TestCommands.HasAddress(value.Value));

    private EmulationTest? LeaveOut(SourceSpan span, string message)
    {
        diagnostics.Add(EmulationDiagnostics.LeftOut.At(span, message));
        return null;
    }
}
