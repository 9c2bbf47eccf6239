using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>
/// What all layers of a run share. A layer is published: actors whose TLP is amber or red stand in it under their alias, unless it is private, and
/// nothing that names them is in it.
/// </summary>
/// <param name="Names">What actors are called.</param>
/// <param name="IsPrivate">Whether every name and reason may be told.</param>
internal sealed record LayerSettings(string Program, DateOnly Date, PublishedNames Names, bool IsPrivate)
{
    public RuleLinks Links { get; init; } = RuleLinks.None;

    /// <summary>Of rules that head does not have.</summary>
    public RuleLinks BaseLinks { get; init; } = RuleLinks.None;

    /// <summary>As <see cref="Layer.DataUrl"/>.</summary>
    public string? DataUrl { get; init; }

    public static LayerSettings Of(LayerResult result, Snapshot snapshot, bool isPrivate) => Of(snapshot, isPrivate) with
    {
        Names = isPrivate ? PublishedNames.Private : result.Verdict is { } verdict ? new(verdict, snapshot.KeptBack) : new([], snapshot.KeptBack),
        Links = result.Links,
        BaseLinks = result.BaseLinks,
    };

    public static LayerSettings Of(Snapshot snapshot, bool isPrivate) =>
        new(snapshot.Config.Name, snapshot.Date, isPrivate ? PublishedNames.Private : new([], snapshot.KeptBack), isPrivate) { DataUrl = snapshot.Config.NavigatorData };

    /// <summary>A layer without techniques, whose legend and metadata say what was measured by what.</summary>
    public Layer Base(AttackRelease release, Definition definition, string name, string description, ImmutableArray<(string Label, string Colour)> legend, IEnumerable<(string Name, string Value)>? metadata = null) => new()
    {
        Name = name,
        Description = $"{description} {release.Copyright}",
        Release = release,
        Techniques = [],
        Gradient = [],
        Legend = [.. legend, ($"{definition.Level.Name}, {definition.RollUp}, PRE {definition.Pre}; ATT&CK {release.Name}", "#ffffff")],
        Platforms = definition.Platforms,
        DataUrl = DataUrl,
        Names = Names,
        Metadata =
        [
            ("definition", $"{definition.Level.Name}, {definition.RollUp}, PRE {definition.Pre}; status {string.Join(", ", definition.Status)}; level from {definition.SigmaLevel}; {definition.HashWith([release.Identity])}"),
            ("ATT&CK release", $"{release.Domain.Name} {release.Name}"),
            ("platforms", string.Join(", ", definition.Platforms)),
            .. metadata ?? [],
            ("rules at commit", Links.Commit ?? ""),
            ("made by", $"Merlon {JsonReport.Version}"),
        ],
    };

    public string NameOf(ActorCoverage actor) => LayerText.Line(IsPrivate || actor.Actor is null ? actor.Name : actor.Actor.Profile.PublicName);

    /// <summary>Whether what somebody wrote about an exclusion may be told: of an actor that is kept back only that there is one.</summary>
    public bool ShowsReason(ActorCoverage? actor, Exclusion exclusion) => IsPrivate || actor?.Actor is not { Profile: { IsPublic: false } profile } || exclusion.Span.Path != profile.Span.Path;

    /// <summary>A text of others on one line, without names that are kept back: those are looked for before anything is cut.</summary>
    public string Line(string text) => LayerText.Line(Names.In(text));

    /// <summary>Where rules are shown, each once; not those whose path has a name that is kept back.</summary>
    public ImmutableArray<(string Label, string Url)> LinksTo(IEnumerable<(DetectionRule Rule, bool IsOfBase)> rules) =>
    [
        .. rules.Where(one => !Names.IsMeant(one.Rule.Span.Path))
            .Select(one => (Label: Line(RuleName.Of(one.Rule)), Url: (one.IsOfBase ? BaseLinks : Links).UrlOf(one.Rule.Span)!))
            .Where(link => link.Url is not null && link.Label.Length > 0).Distinct().Take(LayerText.MaxRules),
    ];
}
