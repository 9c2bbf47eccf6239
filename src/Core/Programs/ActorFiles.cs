using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Programs;

/// <summary>Who attacks what was asked for, by clusters of MISP.</summary>
/// <param name="Suggestions">Null, with findings, when that cannot be said.</param>
internal sealed record ActorSuggestions(
    ImmutableArray<string> Sectors, ImmutableArray<string> Countries, AttackRelease? Release, ImmutableArray<Suggestion>? Suggestions, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>What commands read of actors beside a program's profiles: files of other tools, against the program's releases of ATT&amp;CK.</summary>
internal static class ActorFiles
{
    /// <param name="source">The path of a file, or the name, an alias or the id of a group, software or campaign.</param>
    public static ImportResult Import(CheckRequest request, string source, ImportOptions options)
    {
        if (Releases(request, out var errors) is not { } releases)
            return new(null, [], errors);
        if (File.Exists(source))
        {
            using var stream = File.OpenRead(source);
            return ActorImport.OfFile(PathOf(source), stream, options, releases);
        }
        if (ActorChoice.FindObject(source, releases) is { } known)
            return new(ActorImport.OfObject(known, options, releases), [], []);
        return new(null, [], [Directory.Exists(source) || Path.GetFileName(source) != source || Path.HasExtension(source)
            ? ImportDiagnostics.Unreadable.At(SourceSpan.StartOf(""), $"'{source}' {(Directory.Exists(source) ? "is a folder; name a file" : "does not exist")}")
            : ActorChoice.Unknown(source, [], releases)]);
    }

    /// <param name="clusters">Paths of files.</param>
    public static ActorSuggestions Suggest(CheckRequest request, ImmutableArray<string> clusters, ImmutableArray<string> sectors, ImmutableArray<string> countries)
    {
        if (Releases(request, out var errors) is not { } releases)
            return new(sectors, countries, null, null, errors);
        List<Diagnostic> diagnostics = [];
        List<ImportedActor> actors = [];
        ImportContext context = new(new() { Date = request.Date, Format = GalaxyImporter.FormatName }, releases, diagnostics);
        foreach (var cluster in clusters)
        {
            using var stream = File.OpenRead(cluster);
            using var file = ImportFile.Open(PathOf(cluster), stream, diagnostics);
            if (file is not null)
                actors.AddRange(ActorImport.Read(file, context));
        }
        if (diagnostics.All(diagnostic => diagnostic.Severity != Severity.Error))
            diagnostics.AddRange(Suggestion.Unknown(actors, sectors, countries));
        var isUsable = diagnostics.All(diagnostic => diagnostic.Severity != Severity.Error);
        return new(sectors, countries, releases[0], isUsable ? Suggestion.Rank(actors, sectors, countries, releases) : null, diagnostics.InReportOrder());
    }

    private static ImmutableArray<AttackRelease>? Releases(CheckRequest request, out ImmutableArray<Diagnostic> errors)
    {
        var files = ProgramFiles.Find(request with { NeedsRules = false, NeedsActors = false });
        errors = files.Config is null ? files.Diagnostics : [];
        return files.Config?.Releases;
    }

    private static string PathOf(string path) => path.Replace('\\', '/');
}
