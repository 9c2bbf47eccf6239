using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Attack.Stix;

/// <summary>One object for each ATT&amp;CK id: bundles of several authors may give an id twice.</summary>
internal sealed class StixPicks(StixGraph graph)
{
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.ToImmutable();

    /// <summary>Of the objects of these types that share an id the live one, of several the newest one, with a diagnostic.</summary>
    public ImmutableArray<StixObject> Of(params ImmutableArray<StixType> types)
    {
        var picks = ImmutableArray.CreateBuilder<StixObject>();
        foreach (var same in graph.Of(types).GroupBy(one => one.AttackId.Length > 0 ? one.AttackId : $"{one.Id}", StringComparer.OrdinalIgnoreCase))
        {
            ImmutableArray<StixObject> ranked = [.. same.OrderBy(one => one.Status).ThenByDescending(one => one.Modified)];
            picks.Add(ranked[0]);
            if (ranked is [_, { Status: ObjectStatus.Live } other, ..])
                _diagnostics.Add(AttackDiagnostics.ObjectLeftOut.At(SourceSpan.StartOf(ranked[0].Path),
                    $"'{other.Name}' is left out: '{ranked[0].Name}', which is newer, has the same id {same.Key}"));
        }
        return picks.ToImmutable();
    }
}
