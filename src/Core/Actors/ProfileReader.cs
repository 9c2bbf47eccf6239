using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Actors;

/// <summary>Reads profile files. A profile with an error is not measured, and its error fails the run.</summary>
internal static partial class ProfileReader
{
    private static readonly ImmutableArray<string> Kinds = ["not-applicable", "not-detectable", "accepted"];

    public static ActorProfile? Read(string path, ReadOnlySpan<byte> bytes, IReadOnlyCollection<AttackRelease> releases, List<Diagnostic> diagnostics) =>
        TryRead(path, bytes, releases, diagnostics, out var profile) ? profile : null;

    /// <param name="profile">With errors, what could be read: enough to know whether the file may be spoken of.</param>
    /// <returns>Whether the profile has no error.</returns>
    public static bool TryRead(string path, ReadOnlySpan<byte> bytes, IReadOnlyCollection<AttackRelease> releases, List<Diagnostic> diagnostics, out ActorProfile profile)
    {
        var file = YamlFile.Parse(path, bytes);
        diagnostics.AddRange(file.Diagnostics);
        var before = diagnostics.Count;
        foreach (var document in file.Documents.Skip(1))
            diagnostics.Add(ActorDiagnostics.BadValue.At(document.Root.Span, "a profile file holds one profile; move this document to a file of its own"));
        profile = new() { Name = "", Span = SourceSpan.StartOf(path), From = [], Tlp = TlpIn(bytes) };
        if (file.Documents is not [{ Root: var root, IsWhole: true }, ..])
            return false;
        if (root is not YamlMapping mapping)
        {
            diagnostics.Add(ActorDiagnostics.BadValue.At(root.Span, $"profile is {root.Kind}; write a map that begins with its name"));
            return false;
        }
        profile = Read(new YamlFields(mapping, ActorDiagnostics.Shape, diagnostics), releases);
        if (diagnostics.Skip(before).All(diagnostic => diagnostic.Severity != Severity.Error))
            return true;
        if (profile.IsPublic)
            profile = profile with { Tlp = TlpIn(bytes) };
        return false;
    }

    // Of a file with errors, of whatever kind: any word after it that is not known keeps the name back. A zero byte is half of a character in UTF-16.
    private static string TlpIn(ReadOnlySpan<byte> bytes) =>
        WrittenTlp().Matches(Encoding.UTF8.GetString(bytes).Replace("\0", "", StringComparison.Ordinal)).All(match => match.Groups[1].Value is "clear" or "green") ? "clear" : "red";

    [GeneratedRegex(@"\btlp\b[""']?\s*:\s*[""']?(\w*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WrittenTlp();

    private static ActorProfile Read(YamlFields fields, IReadOnlyCollection<AttackRelease> releases)
    {
        var name = fields.Required("name");
        var include = fields.Map("include");
        var campaigns = include?.Boolean("campaigns");
        var software = include?.Scalar("software");
        var from = (fields.Scalars("from") ?? []).Concat(fields.Scalar("group") is { } group ? [group] : []);
        var reviewed = fields.Node("reviewed");
        ActorProfile profile = new()
        {
            Name = name?.Value ?? "",
            Span = name?.Span ?? fields.Span,
            Alias = fields.Text("alias"),
            FromList = fields.Node("from") as YamlSequence,
            TechniqueList = fields.Node("techniques") as YamlSequence,
            From = [.. from.Select(id => new ProfileText(id.Value, id.Span))],
            Description = fields.Text("description"),
            Tlp = fields.Word("tlp", ["clear", "green", "amber", "red"]) ?? "clear",
            IncludesCampaigns = campaigns ?? true,
            Software = ReadSoftware(fields, software),
            WrittenCampaigns = campaigns is { } isIncluded ? new(isIncluded ? "true" : "false", include!.Scalar("campaigns")!.Span) : null, // it had a value
            WrittenSoftware = software is null ? null : new(software.AsBoolean switch { true => "true", false => "false", null => software.Value }, software.Span),
            Targets = fields.Map("targets") is { } targets ? Targets.Read(targets, hasUnion: false, releases) : Targets.None,
            Techniques = [.. (fields.Items("techniques") ?? []).Select(item => ReadTechnique(fields, item)).OfType<ProfileTechnique>()],
            Exclusions = ReadExclusions(fields, "exclude"),
            Sectors = fields.Texts("sectors"),
            Reviewed = fields.Date("reviewed") is { } day ? (day, reviewed!.Span) : null, // it had a value
            ReviewInterval = fields.Scalar("review") is { } interval ? ReadInterval(fields, interval) : null,
        };
        include?.End();
        fields.End();
        return profile;
    }

    private static (int Days, SourceSpan Span)? ReadInterval(YamlFields fields, YamlScalar interval)
    {
        if (interval.Value.Length is >= 2 and <= 5 && interval.Value[^1] == 'd' && interval.Value[0] != '0'
            && int.TryParse(interval.Value[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days))
            return (days, interval.Span);
        fields.Report(interval.Span, $"review is '{interval.Value}'; write a number of days such as 180d");
        return null;
    }

    private static SoftwareInclusion ReadSoftware(YamlFields fields, YamlScalar? software)
    {
        switch (software)
        {
            case { AsBoolean: true }:
                return SoftwareInclusion.Line;
            case { AsBoolean: null, Value: "count" }:
                return SoftwareInclusion.Count;
            case { AsBoolean: null } other:
                fields.Report(other.Span, $"'{other.Value}' is not allowed here; use false, true or count");
                break;
        }
        return SoftwareInclusion.Out;
    }

    private static ProfileTechnique? ReadTechnique(YamlFields fields, YamlNode item)
    {
        if (item is YamlScalar scalar)
            return ReadId(fields, scalar) is { } id ? new(id, scalar.Span, Required: false, Weight: 1) : null;
        if (fields.AsMap(item, "an item of techniques") is not { } entry)
            return null;
        var written = entry.Required("id");
        var (source, note) = (entry.Text("source"), entry.Text("note"));
        var technique = written is not null && ReadId(fields, written) is { } own
            ? new ProfileTechnique(own, written.Span, entry.Boolean("required") ?? false, entry.Integer("weight", 1, 100) ?? 1) { Source = source, Note = note }
            : null;
        entry.End();
        return technique;
    }

    /// <summary>The exclusions of a profile or of merlon.yml.</summary>
    public static ImmutableArray<Exclusion> ReadExclusions(YamlFields fields, string key)
    {
        var exclusions = ImmutableArray.CreateBuilder<Exclusion>();
        foreach (var entry in fields.Maps(key))
        {
            var (id, kind, reason) = (entry.Required("id"), entry.Required("kind"), entry.Required("reason"));
            _ = entry.Text("owner");
            var until = entry.Date("until");
            entry.End();
            if (kind is not null && !Kinds.Contains(kind.Value))
                entry.Report(kind.Span, $"'{kind.Value}' is not a kind of exclusion{Spelling.Hint(kind.Value, Kinds)}");
            else if (id is not null && kind is not null && reason is not null && ReadId(entry, id) is { } technique)
                exclusions.Add(new(technique, (ExclusionKind)Kinds.IndexOf(kind.Value), reason.Value, until, id.Span));
        }
        return exclusions.ToImmutable();
    }

    private static TechniqueId? ReadId(YamlFields fields, YamlScalar scalar)
    {
        if (TechniqueId.TryParse(scalar.Value, out var id))
            return id;
        fields.Report(scalar.Span, $"'{scalar.Value}' is not a technique id such as T1059 or T1059.001");
        return null;
    }
}
