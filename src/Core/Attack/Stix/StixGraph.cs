using System.Collections.Immutable;

namespace Merlon.Core.Attack.Stix;

/// <summary>The objects of several bundles and perhaps a table, each once, and what connects them.</summary>
internal sealed class StixGraph
{
    private readonly AttackDomain _domain;
    private readonly Dictionary<Guid, StixObject> _objects = [];
    private readonly HashSet<StixLink> _links = [];
    private readonly ILookup<(StixRelation, Guid), Guid> _targets;

    /// <param name="over">The release that the bundles are merged over: an object of theirs replaces the one with its STIX id if it was changed on a later day, or either date is not known.</param>
    public StixGraph(AttackDomain domain, IEnumerable<StixBundle> bundles, AttackRelease? over)
    {
        _domain = domain;
        foreach (var one in over is null ? [] : StixTable.Objects(over))
            _objects[one.Id] = one;
        _links = over is null ? [] : [.. StixTable.Links(over)];
        List<StixRelationship> relationships = [];
        foreach (var bundle in bundles)
        {
            AddObjects(bundle);
            relationships.AddRange(bundle.Relationships);
        }
        AddLinks(relationships);
        _targets = _links.ToLookup(link => (link.Relation, link.Source), link => link.Target);
    }

    /// <summary>All of these types, in an order that does not depend on the bundles'.</summary>
    public IEnumerable<StixObject> Of(params ImmutableArray<StixType> types) =>
        _objects.Values.Where(one => types.Contains(one.Type)).OrderBy(one => one.AttackId, StringComparer.Ordinal).ThenBy(one => one.Id);

    public StixObject? Find(Guid id) => _objects.GetValueOrDefault(id);

    /// <summary>The live objects that a live one is connected with.</summary>
    public IEnumerable<StixObject> Targets(StixObject source, StixRelation relation, params ImmutableArray<StixType> types) =>
        source.Status != ObjectStatus.Live ? [] : _targets[(relation, source.Id)].Select(Find).OfType<StixObject>()
            .Where(target => target.Status == ObjectStatus.Live && types.Contains(target.Type));

    /// <summary>What replaces a revoked object, whatever its status.</summary>
    public StixObject? Replacement(StixObject one) =>
        one.Status == ObjectStatus.Revoked ? _targets[(StixRelation.RevokedBy, one.Id)].Select(Find).FirstOrDefault() : null;

    private void AddObjects(StixBundle bundle)
    {
        // A domain's own bundle also holds groups of other domains, for their relationships; a mixed one holds all there are.
        var isOwn = bundle.Matrices.SequenceEqual([_domain]);
        foreach (var one in bundle.Objects)
        {
            var isShared = one.Type is not (StixType.Technique or StixType.Tactic or StixType.Matrix);
            if (!(isOwn && isShared) && !one.Domains.IsEmpty && !one.Domains.Contains(_domain))
                continue;
            if (!_objects.TryGetValue(one.Id, out var known) || Replaces(one, known))
                _objects[one.Id] = one;
        }
    }

    // A table keeps days. What was changed on the same one is the same version: an organisation gets it later, with the release.
    private static bool Replaces(StixObject one, StixObject known) => known.Path.Length == 0
        ? one.Modified == default || known.Modified == default || one.Modified.UtcDateTime.Date > known.Modified.UtcDateTime.Date
        : known.Modified <= one.Modified;

    private void AddLinks(List<StixRelationship> relationships)
    {
        Dictionary<Guid, StixRelationship> newest = [];
        foreach (var relationship in relationships)
            if (!newest.TryGetValue(relationship.Id, out var known) || known.Modified <= relationship.Modified)
                newest[relationship.Id] = relationship;
        var replacements = _links.Where(link => link.Relation == StixRelation.RevokedBy).ToDictionary(link => link.Source);
        // What no longer holds takes a link away, also one of the table; another relationship may still say the same.
        foreach (var relationship in newest.Values.OrderBy(one => one.IsLive).ThenBy(one => one.Modified).ThenBy(one => one.Id))
            if (!relationship.IsLive)
                _links.Remove(relationship.Link);
            else if (_links.Add(relationship.Link) && relationship.Link.Relation == StixRelation.RevokedBy)
            {
                // An object has one replacement: the one named last.
                if (replacements.TryGetValue(relationship.Link.Source, out var earlier))
                    _links.Remove(earlier);
                replacements[relationship.Link.Source] = relationship.Link;
            }
    }
}
