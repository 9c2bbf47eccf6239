using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Actors.Import;

/// <summary>Reads the actors of one kind of file.</summary>
internal interface IActorImporter
{
    /// <summary>What <c>--format</c> calls it.</summary>
    public string Name { get; }

    /// <summary>Whether the content looks like a file of this kind.</summary>
    public bool Recognises(ImportFile file);

    /// <exception cref="ImportException">The file is not of this kind, or damaged.</exception>
    public IReadOnlyCollection<ImportedActor> Read(ImportFile file, ImportContext context);
}

/// <summary>What is asked of an import.</summary>
internal sealed record ImportOptions
{
    /// <summary>The name of an importer; null to tell by the content.</summary>
    public string? Format { get; init; }

    /// <summary>Of a CSV file: the header of the column with technique ids.</summary>
    public string? Column { get; init; }

    /// <summary>Which actor of a file with several: a name, alias or id.</summary>
    public string? Actor { get; init; }

    /// <summary>What the profile is called; the actor's own name otherwise.</summary>
    public string? Name { get; init; }

    /// <summary>Whether an entry of a layer with score 0 counts as used.</summary>
    public bool CountsZeroScores { get; init; }

    /// <summary>Written as the day of the review.</summary>
    public required DateOnly Date { get; init; }
}

/// <summary>What importers have besides the file.</summary>
internal sealed record ImportContext(ImportOptions Options, IReadOnlyList<AttackRelease> Releases, List<Diagnostic> Diagnostics)
{
    /// <summary>The technique of a STIX UUID, whatever its status, in the pinned releases or else in any embedded one.</summary>
    public Technique? FindByStixId(Guid id)
    {
        _techniques ??= Releases.Concat(AttackReleases.Embedded.Reverse()).SelectMany(release => release.Techniques).DistinctBy(technique => technique.StixId).ToDictionary(technique => technique.StixId);
        return _techniques.GetValueOrDefault(id);
    }

    /// <summary>What a sub-technique belongs to, in the pinned release that has it.</summary>
    public TechniqueId ParentOf(TechniqueId id) => Releases.FirstOrDefault(release => release.Find(id) is not null)?.ParentOf(id) ?? id.Parent;

    /// <summary>The documents of a file that is YAML.</summary>
    /// <exception cref="ImportException">It is not, or not all of it.</exception>
    public ImmutableArray<YamlDocument> ReadYaml(ImportFile file)
    {
        var yaml = YamlFile.Parse(file.Path, file.Utf8.Span, keepsDuplicateKeys: true);
        Diagnostics.AddRange(yaml.Diagnostics.Where(diagnostic => diagnostic.Severity != Severity.Error));
        return yaml.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error) is { } error ? throw new ImportException(error.Message, error.Span) : yaml.Documents;
    }

    private Dictionary<Guid, Technique>? _techniques;
}
