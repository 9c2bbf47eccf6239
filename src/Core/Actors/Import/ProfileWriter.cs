using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Attack;

namespace Merlon.Core.Actors.Import;

/// <summary>
/// Writes a profile that lists exactly what was imported. ATT&amp;CK's group is cited where it brings nothing that the file does not list;
/// then only the rest is written out.
/// </summary>
internal sealed class ProfileWriter(ImportOptions options, IReadOnlyList<AttackRelease> releases)
{
    private const int LongestName = 100, LongestDescription = 200, MostAliases = 12, MostSectors = 20;

    private readonly StringBuilder _text = new();

    /// <summary>Of the imported file.</summary>
    public string? Path { get; init; }

    public string Write(ImportedActor actor, ImmutableArray<ResolvedTechnique> techniques, KnownActor? known)
    {
        var listed = techniques.Select(technique => technique.Id).ToHashSet();
        // What has no techniques of its own is what ATT&CK says of it.
        var isCited = known is not null && (techniques.IsEmpty || known.Techniques.IsSubsetOf(listed) && known.Techniques.Count > 0);
        var isCitedAlone = !isCited && known is not null && known.OwnTechniques.Count > 0 && known.OwnTechniques.IsSubsetOf(listed);
        WriteHead(actor, known);
        if (known is not null && (isCited || isCitedAlone))
            Line($"from: [{known.Object.Id}] # {Name(known.Object.Name)}, {Count(isCited ? known.Techniques.Count : known.OwnTechniques.Count)}");
        if (isCitedAlone)
            Line("include: { campaigns: false }");
        WriteTexts(actor);
        Line(string.Create(CultureInfo.InvariantCulture, $"reviewed: {options.Date:yyyy-MM-dd}"));
        Line("# targets: { default: 60 }");
        if (known is not null && !isCited && !isCitedAlone)
            Line($"# ATT&CK knows it as {known.Object.Id}; citing that in 'from' would add {Count(known.Techniques.Count(id => !listed.Contains(id)))} that are not imported here.");
        var brought = isCited ? known!.Techniques : isCitedAlone ? known!.OwnTechniques : null; // cited: known
        WriteTechniques([.. techniques.Where(technique => brought?.Contains(technique.Id) != true)]);
        return _text.ToString();
    }

    private void WriteHead(ImportedActor actor, KnownActor? known)
    {
        Line("# yaml-language-server: $schema=../docs/schema/actor.json");
        Line($"# Imported from {(Path is null ? "" : $"{StrangersText.Quoted(Path.Split('/', '\\')[^1])}, ")}{StrangersText.Short(actor.Source)}{(Path is null ? "" : $"; technique ids are those of ATT&CK {releases[0].Name}")}.");
        // MITRE's terms: each copy of the facts carries the designation.
        Line($"# ATT&CK®: {releases[0].Copyright}");
        if ((actor.Aliases.IsEmpty ? known?.Object.Aliases ?? [] : actor.Aliases) is { IsEmpty: false } aliases)
            Line($"# Also called {string.Join(", ", aliases.Take(MostAliases).Select(Name))}{(aliases.Length > MostAliases ? ", and more" : "")}.");
        var name = options.Name ?? ImportedNames.Short(actor.Name);
        Line($"name: {StrangersText.Scalar(StrangersText.Line(name).Length > 0 ? name : "imported", LongestName)}");
    }

    private void WriteTexts(ImportedActor actor)
    {
        if (actor.Description is { } prose && StrangersText.Prose(prose) is var description && StrangersText.Line(description).Length > 0)
            Line($"description: {StrangersText.Scalar(description, LongestDescription)}");
        if (!actor.Sectors.IsEmpty)
            Line($"sectors: [{string.Join(", ", actor.Sectors.Take(MostSectors).Select(sector => StrangersText.Scalar(sector, LongestName)))}]");
    }

    private void WriteTechniques(ImmutableArray<ResolvedTechnique> techniques)
    {
        if (techniques.IsEmpty)
            return;
        Line("techniques:");
        foreach (var technique in techniques)
        {
            var said = StrangersText.Quoted(string.Join("; ", technique.Comments));
            Line($"  - {technique.Id} # {Name(technique.Technique.Name)}{(technique.Was is { } was ? $", was {was}" : "")}{(said.Length > 0 ? $"; {said}" : "")}");
        }
    }

    // Names of a bundle are a stranger's, too.
    private static string Name(string name) => StrangersText.Short(name);

    private static string Count(int techniques) => string.Create(CultureInfo.InvariantCulture, $"{techniques} {(techniques == 1 ? "technique" : "techniques")}");

    private void Line(string line) => _text.Append(line).Append('\n');
}
