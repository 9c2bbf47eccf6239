using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>What a release says about detecting its techniques.</summary>
internal sealed class DetectionPart
{
    private readonly Dictionary<TechniqueId, DetectionStrategy> _byTechnique = [];
    private readonly Dictionary<string, DataComponent> _components = new(StringComparer.OrdinalIgnoreCase);

    public DetectionPart(IEnumerable<DetectionStrategy> strategies, IEnumerable<DataComponent> components, ModifiedDates? dates = null)
    {
        Dates = dates ?? ModifiedDates.Unknown;
        DetectionStrategies = [.. strategies.OrderBy(strategy => strategy.Id, StringComparer.Ordinal)];
        DataComponents = [.. components.OrderBy(component => component.Id, StringComparer.Ordinal).ThenBy(component => component.Name, StringComparer.Ordinal)];
        foreach (var strategy in DetectionStrategies)
            foreach (var technique in strategy.Techniques)
                _byTechnique.TryAdd(technique, strategy);
        foreach (var component in DataComponents)
            if (component.Id.Length > 0)
                _components.TryAdd(component.Id, component);
    }

    /// <summary>Of strategies, analytics and data components.</summary>
    public ModifiedDates Dates { get; }

    public ImmutableArray<DetectionStrategy> DetectionStrategies { get; }

    public ImmutableArray<DataComponent> DataComponents { get; }

    public DetectionStrategy? FindStrategy(TechniqueId technique) => _byTechnique.GetValueOrDefault(technique);

    public DataComponent? FindDataComponent(string id) => _components.GetValueOrDefault(id);
}
