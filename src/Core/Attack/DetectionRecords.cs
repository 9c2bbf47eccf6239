namespace Merlon.Core.Attack;

/// <summary>The records of a detection part while it is read: what belongs together comes in several lines.</summary>
internal sealed class DetectionRecords
{
    private readonly List<(DataComponent Component, List<LogSource> Sources)> _components = [];
    private readonly List<(Analytic Analytic, List<LogSourceReference> Sources)> _analytics = [];
    private readonly HashSet<string> _analyticIds = new(StringComparer.Ordinal);
    private readonly List<(DetectionStrategy Strategy, string[] Analytics)> _strategies = [];

    private readonly List<string[]> _dates = [];

    public void AddDates(TableReader reader) => reader.AddDates(_dates);

    public void AddComponent(TableReader reader)
    {
        DataComponent component = new() { Id = reader.Optional(1), Name = reader.Text(2), StixId = reader.StixId(3) };
        reader.Unique(component.Id.Length > 0 ? component.Id : component.Name, 1);
        _components.Add((component, []));
    }

    public void AddSource(TableReader reader)
    {
        if (_components is [.., var (component, sources)] && component.Id == reader.Optional(1))
            sources.Add(new(reader.Text(2), reader.Optional(3)));
        else
            reader.Reject($"a log source of '{reader.Optional(1)}' stands under another data component");
    }

    public void AddAnalytic(TableReader reader)
    {
        Analytic analytic = new() { Id = reader.Id(1), Platforms = reader.List(2), StixId = reader.StixId(3) };
        _analyticIds.Add(analytic.Id);
        _analytics.Add((analytic, []));
    }

    public void AddReference(TableReader reader)
    {
        if (_analytics is [.., var (analytic, sources)] && analytic.Id == reader.Text(1))
            sources.Add(new(reader.Optional(2), new(reader.Text(3), reader.Optional(4))));
        else
            reader.Reject($"a log source of '{reader.Optional(1)}' stands under another analytic");
    }

    public void AddStrategy(TableReader reader)
    {
        var analytics = reader.List(4);
        if (analytics.FirstOrDefault(id => !_analyticIds.Contains(id)) is { } unknown)
            reader.Reject($"analytic '{unknown}' does not stand above its strategy");
        _strategies.Add((new() { Id = reader.Id(1), Name = reader.Text(2), Techniques = reader.Techniques(3), StixId = reader.StixId(5) }, [.. analytics]));
    }

    public DetectionPart ToPart()
    {
        Dictionary<string, Analytic> analytics = new(StringComparer.Ordinal);
        foreach (var (analytic, sources) in _analytics)
            analytics[analytic.Id] = analytic with { LogSources = [.. sources] };
        return new(
            _strategies.Select(record => record.Strategy with { Analytics = [.. record.Analytics.Where(analytics.ContainsKey).Select(id => analytics[id])] }),
            _components.Select(record => record.Component with { LogSources = [.. record.Sources] }),
            new(_dates));
    }
}
