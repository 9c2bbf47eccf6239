using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors.Import;

/// <summary>What an import gives.</summary>
/// <param name="Profile">The text of the profile; null when there is none, and the findings say why.</param>
/// <param name="Choices">The actors of a file that holds several, where none was named.</param>
internal sealed record ImportResult(string? Profile, ImmutableArray<string> Choices, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>Makes a profile of a file, or of what ATT&amp;CK says.</summary>
internal static class ActorImport
{
    /// <summary>In the order in which a file is tried; any text could be CSV.</summary>
    public static ImmutableArray<IActorImporter> Importers { get; } = [new StixImporter(), new GalaxyImporter(), new LayerImporter(), new PlanImporter(), new DettectImporter(), new CsvImporter()];

    /// <param name="path">For findings and comments.</param>
    /// <param name="releases">The pinned ones; at least one.</param>
    public static ImportResult OfFile(string path, Stream stream, ImportOptions options, IReadOnlyList<AttackRelease> releases)
    {
        List<Diagnostic> diagnostics = [];
        ImportContext context = new(options, releases, diagnostics);
        using var file = ImportFile.Open(path, stream, diagnostics);
        var choices = ImmutableArray<string>.Empty;
        var profile = file is null ? null : OfFile(file, context, out choices);
        return new(profile, choices, diagnostics.InReportOrder());
    }

    /// <summary>A profile of one group, software or campaign.</summary>
    public static string OfObject(AttackObject known, ImportOptions options, IReadOnlyList<AttackRelease> releases) =>
        new ProfileWriter(options, releases).Write(new() { Name = known.Name, Source = $"ATT&CK {releases[0].Name}", Span = SourceSpan.StartOf(""), Aliases = known.Aliases }, [], KnownActor.Of(known, releases));

    /// <summary>The actors of a file, for commands that look into it. What is wrong with it is added to the findings.</summary>
    public static IReadOnlyCollection<ImportedActor> Read(ImportFile file, ImportContext context)
    {
        try
        {
            var importer = context.Options.Format is { } format ? Importers.Single(one => one.Name == format) : Importers.First(one => one.Recognises(file) || one is CsvImporter);
            if (importer is CsvImporter && file.Json is not null)
                throw new ImportException("it is JSON of no kind that is known: neither a Navigator layer nor a STIX bundle nor a MISP galaxy cluster");
            return importer.Read(file, context);
        }
        catch (ImportException error)
        {
            context.Diagnostics.Add(error.ToDiagnostic(file.Path));
        }
        return [];
    }

    private static string? OfFile(ImportFile file, ImportContext context, out ImmutableArray<string> choices)
    {
        choices = [];
        var read = Read(file, context);
        if (context.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error))
            return null;
        // Clusters of techniques and tactics, too, have values that are no actors.
        var actors = read.Select(actor => (Actor: actor, Known: KnownActor.FindObject(actor, context.Releases)))
            .Where(pair => !pair.Actor.Techniques.IsEmpty || pair.Known is not null).ToArray();
        if (actors.Length == 0)
            return Refuse(context, ImportDiagnostics.Unreadable, SourceSpan.StartOf(file.Path), read.Count == 0 ? "file cannot be imported: it holds no actor"
                : string.Create(CultureInfo.InvariantCulture, $"file cannot be imported: {(read.Count == 1 ? "it lists no technique that is used" : $"none of the {read.Count} in it uses techniques or is known to ATT&CK")}"));
        var chosen = context.Options.Actor is { } name ? actors.Where(pair => pair.Actor.IsCalled(name)).ToArray() : actors;
        if (chosen is not [var (actor, known)])
        {
            choices = [.. (chosen.Length == 0 ? actors : chosen).Select(pair => Describe(pair.Actor, pair.Known)).Order(StringComparer.Ordinal)];
            return Refuse(context, ImportDiagnostics.WhichActor, SourceSpan.StartOf(file.Path), $"file holds {Count(actors.Length, "actor")}{Named(context.Options.Actor, chosen.Length, read)}; name one with --actor");
        }
        var techniques = new ImportResolver(file.Path, context).Resolve(actor.Techniques);
        return techniques.IsEmpty && known is null
            ? Refuse(context, ImportDiagnostics.Unreadable, actor.Span, "file cannot be imported: none of its techniques can be measured")
            : new ProfileWriter(context.Options, context.Releases) { Path = file.Path }.Write(actor, techniques, known is null ? null : KnownActor.Of(known, context.Releases));
    }

    private static string Named(string? name, int found, IReadOnlyCollection<ImportedActor> read) => name is null ? ""
        : found > 0 ? $" and several are called '{name}'"
        : read.Any(actor => actor.IsCalled(name)) ? $", and of '{name}' it lists no technique that is used, nor does ATT&CK know it"
        : $" and none is called '{name}'";

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static string? Refuse(ImportContext context, DiagnosticInfo info, SourceSpan span, string message)
    {
        context.Diagnostics.Add(info.At(span, message));
        return null;
    }

    private static string Describe(ImportedActor actor, AttackObject? known) =>
        $"{StrangersText.Short(ImportedNames.Short(actor.Name))}{(known is null ? "" : $" ({known.Id})")}: {Count(actor.Techniques.Select(one => one.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count(), "technique")}";
}
