using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A layer and the name of its file.</summary>
internal sealed record LayerFile(string Name, Layer Layer);

/// <summary>
/// All layers of a program with names for their files: <c>{program}-{kind}.json</c>, or <c>{program}-{kind}-{actor}.json</c>, in lower-case ASCII. The
/// first domain has no word for it in the names, any other has its own at the end.
/// </summary>
internal static class LayerFiles
{
    private const int MaxSlug = 60;

    private static readonly ImmutableArray<string> Kinds = ["actor", "overlay", "coverage", "evidence", "gap", "delta"];

    public static ImmutableArray<LayerFile> Of(LayerResult result, Snapshot snapshot, LayerSettings settings)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        var files = ImmutableArray.CreateBuilder<LayerFile>();
        foreach (var (coverage, isFirst) in snapshot.Coverage.Select((coverage, index) => (coverage, index == 0)))
        {
            void Add(string kind, ActorCoverage? actor, Layer layer)
            {
                string[] words = [ProgramOf(settings), kind, .. actor is null ? [] : new[] { Or(Slug(settings.NameOf(actor)), "actor") }, .. isFirst ? [] : new[] { coverage.Release.Domain.Name }];
                files.Add(new(Free(string.Join('-', words), taken), layer));
            }
            // Of a domain of several that has nothing of an actor there is nothing to show.
            ActorCoverage[] actors = [.. coverage.Actors.Where(actor => snapshot.Coverage.Length == 1 || actor.Techniques.Length + actor.Pre.Length + actor.Excluded.Length > 0)];
            foreach (var actor in actors)
                Add("actor", actor, ActorLayers.Of(coverage, actor, settings));
            if (actors.Length > 1)
                Add("overlay", null, ActorLayers.Overlay(coverage, settings));
            Add("coverage", null, MatrixLayers.Coverage(coverage, settings));
            Add("evidence", null, MatrixLayers.Evidence(coverage, settings));
            foreach (var actor in actors)
                Add("gap", actor, ActorLayers.Gap(coverage, actor, settings));
            if (result.Verdict is { } verdict)
                Add("delta", null, DeltaLayer.Of(coverage, verdict, settings));
        }
        return files.DrainToImmutable();
    }

    /// <summary>Whether a file has a name that this program's layers have, of whatever actor.</summary>
    public static bool IsOurs(string name, LayerSettings settings) => name.EndsWith(".json", StringComparison.Ordinal)
        && Kinds.Any(kind => $"{ProgramOf(settings)}-{kind}" is var start && name.StartsWith(start, StringComparison.Ordinal) && name[start.Length] is '-' or '.');

    /// <summary>What is left of a name in lower-case ASCII letters and digits, with single '-' for what is between them, other letters too. At most 60 characters, or none.</summary>
    public static string Slug(string name)
    {
        StringBuilder slug = new();
        foreach (var c in name)
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(char.ToLowerInvariant(c));
            else if (slug is [.., not '-'])
                slug.Append('-');
        return slug.ToString(0, Math.Min(slug.Length, MaxSlug)).Trim('-');
    }

    private static string ProgramOf(LayerSettings settings) => Or(Slug(settings.Names.IsMeant(settings.Program) ? "" : settings.Program), "main");

    private static string Or(string slug, string other) => slug.Length > 0 ? slug : other;

    // The first of several equal names has it, in the order of the profiles.
    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        return $"{free}.json";
    }
}
