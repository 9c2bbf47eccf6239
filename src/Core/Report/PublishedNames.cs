using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Merlon.Core.Actors;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;

namespace Merlon.Core.Report;

/// <summary>What published forms call the actors of a verdict: those whose TLP is amber or red by their alias or number, wherever they are spoken of.</summary>
internal sealed class PublishedNames
{
    /// <summary>Stands for a value that is not told.</summary>
    public const string KeptBack = "(kept back)";

    private const string Somebody = "an actor";

    private readonly FrozenDictionary<string, string> _names;
    private readonly FrozenSet<string> _paths;
    private readonly FrozenDictionary<string, string> _words;
    // The words of hidden profiles, the longest first; null without any.
    private readonly Regex? _hidden;

    /// <param name="keptBack">Head's profiles whose names are not published, measured or not.</param>
    public PublishedNames(Verdict verdict, ImmutableArray<ActorProfile> keptBack) : this(verdict.Actors, keptBack)
    {
    }

    /// <param name="actors">Of whom is spoken.</param>
    /// <param name="keptBack">As above.</param>
    public PublishedNames(ImmutableArray<ActorChange> actors, ImmutableArray<ActorProfile> keptBack)
    {
        var hidden = actors.Where(actor => actor.Profile is { IsPublic: false }).ToArray();
        // Of an actor in several domains, and of one whose name only its case has changed, the first stands for all.
        _names = Number(hidden, keptBack).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        ActorProfile[] profiles = [.. hidden.SelectMany(actor => new[] { actor.Base?.Actor?.Profile, actor.Head?.Actor?.Profile }).OfType<ActorProfile>(), .. keptBack];
        _paths = profiles.Select(profile => profile.Span.Path).Where(path => path.Length > 0).ToFrozenSet(StringComparer.Ordinal);
        Dictionary<string, string> words = new(_names, StringComparer.OrdinalIgnoreCase);
        foreach (var path in _paths)
            words.TryAdd(path, "its profile");
        foreach (var source in profiles.SelectMany(profile => profile.From))
            words.TryAdd(source.Value, "one of its sources");
        _words = words.Where(word => word.Key.Length > 0).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        if (_words.Count > 0)
            _hidden = new($@"(?<!\w)(?:{string.Join('|', _words.Keys.OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal).Select(Regex.Escape))})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private PublishedNames() => (_names, _paths, _words) = (FrozenDictionary<string, string>.Empty, [], FrozenDictionary<string, string>.Empty);

    /// <summary>For what is not published: every name is its own.</summary>
    public static PublishedNames Private { get; } = new();

    public string Of(string actor) => _names.GetValueOrDefault(actor, actor);

    /// <summary>A text that Merlon made.</summary>
    public string In(string text) => _hidden is null ? text : _hidden.Replace(text, word => _words.GetValueOrDefault(word.Value, Somebody));

    /// <summary>Whether a path, however it writes them, has the name of an actor that is kept back: letters and digits count, and nothing between them.</summary>
    public bool IsMeant(string path) => _paths.Contains(path) || (_names.Count > 0 && Squeeze(path) is var squeezed && _names.Keys.Any(name => Squeeze(name) is { Length: > 0 } word && squeezed.Contains(word, StringComparison.Ordinal)));

    /// <summary>Whether a place lies in a profile that is kept back.</summary>
    public bool IsHidden(SourceSpan span) => _paths.Contains(span.Path);

    /// <summary>A value of a line of policy: of a profile that is kept back numbers are told and nothing else.</summary>
    public string? ValueOf(PolicyChange line, string? value) => value is null ? null : IsHidden(line.Span) && !value.All(char.IsAsciiDigit) ? KeptBack : In(value);

    private static string Squeeze(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    // One that only the base has takes a number that head has not given. One that could not be read in whole has none.
    private static Dictionary<string, string> Number(IReadOnlyCollection<ActorChange> hidden, ImmutableArray<ActorProfile> keptBack)
    {
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var profile in keptBack.Where(profile => profile.Name.Length > 0))
            names.TryAdd(profile.Name, profile.Alias is null && profile.Number == 0 ? Somebody : profile.PublicName);
        var next = hidden.Where(actor => actor.Head is not null).Select(actor => actor.Profile!.Number).Concat(keptBack.Select(profile => profile.Number)).DefaultIfEmpty().Max(); // hidden by its profile
        foreach (var actor in hidden.OrderBy(actor => actor.Head is null))
        {
            var profile = actor.Profile!; // hidden by its profile
            var isNumbered = actor.Head is not null || profile.Alias is not null || names.ContainsKey(actor.Name);
            names.TryAdd(actor.Name, isNumbered ? profile.PublicName : string.Create(CultureInfo.InvariantCulture, $"Actor {++next}"));
        }
        return names;
    }
}
