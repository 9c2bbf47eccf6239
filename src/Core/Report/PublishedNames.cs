using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Merlon.Core.Actors;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;

namespace Merlon.Core.Report;

/// <summary>What a published page calls the actors of a verdict: those whose TLP is amber or red by their alias or number, wherever they are spoken of.</summary>
internal sealed class PublishedNames
{
    private readonly FrozenDictionary<string, string> _names;
    private readonly FrozenSet<string> _paths;
    private readonly FrozenDictionary<string, string> _words;
    // The words of hidden profiles, the longest first; null without any.
    private readonly Regex? _hidden;

    public PublishedNames(Verdict verdict, bool isPrivate)
    {
        var hidden = isPrivate ? [] : verdict.Actors.Where(actor => actor.Profile is { IsPublic: false }).ToArray();
        // Of an actor in several domains, and of one whose name only its case has changed, the first stands for all.
        _names = Number(hidden).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        ActorProfile[] profiles = [.. hidden.SelectMany(actor => new[] { actor.Base?.Actor?.Profile, actor.Head?.Actor?.Profile }).OfType<ActorProfile>()];
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

    public string Of(string actor) => _names.GetValueOrDefault(actor, actor);

    /// <summary>A text that Merlon made.</summary>
    public string In(string text) => _hidden is null ? text : _hidden.Replace(text, word => _words.GetValueOrDefault(word.Value, "an actor"));

    /// <summary>Whether a place lies in a profile that is kept back.</summary>
    public bool IsHidden(SourceSpan span) => _paths.Contains(span.Path);

    // One that only the base has takes a number that head has not given.
    private static Dictionary<string, string> Number(IReadOnlyCollection<ActorChange> hidden)
    {
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        var next = hidden.Where(actor => actor.Head is not null).Select(actor => actor.Profile!.Number).DefaultIfEmpty().Max(); // hidden by its profile
        foreach (var actor in hidden.OrderBy(actor => actor.Head is null))
        {
            var profile = actor.Profile!; // hidden by its profile
            var isNumbered = actor.Head is not null || profile.Alias is not null || names.ContainsKey(actor.Name);
            names.TryAdd(actor.Name, isNumbered ? profile.PublicName : string.Create(CultureInfo.InvariantCulture, $"Actor {++next}"));
        }
        return names;
    }
}
