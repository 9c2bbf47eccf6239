namespace Merlon.Core.Attack;

/// <summary>
/// The third part of a table: data components, each followed by its log sources, analytics, each followed by what it reads,
/// and detection strategies, which name analytics above them.
/// </summary>
internal static class DetectionTable
{
    public static DetectionPart Read(TableReader reader)
    {
        DetectionRecords records = new();
        while (reader.Next())
            switch (reader.Kind)
            {
                case "component" when reader.Has(4):
                    records.AddComponent(reader);
                    break;
                case "source" when reader.Has(4):
                    records.AddSource(reader);
                    break;
                case "analytic" when reader.Has(4):
                    records.AddAnalytic(reader);
                    break;
                case "reads" when reader.Has(5):
                    records.AddReference(reader);
                    break;
                case "strategy" when reader.Has(6):
                    records.AddStrategy(reader);
                    break;
                case "modified" when reader.Has(3):
                    records.AddDates(reader);
                    break;
                default:
                    reader.Reject();
                    break;
            }
        return records.ToPart();
    }

    public static void Write(AttackRelease release, TextWriter writer)
    {
        TableWriter table = new()
        {
            Columns =
            {
                "component\tid\tname\tSTIX id", "source\tcomponent\tname\tchannel",
                "analytic\tid\tplatforms\tSTIX id", "reads\tanalytic\tcomponent\tname\tchannel",
                "strategy\tid\tname\ttechniques\tanalytics\tSTIX id",
                "modified\tday\tids",
            },
        };
        foreach (var component in release.DataComponents)
            Write(component, table);
        foreach (var analytic in release.DetectionStrategies.SelectMany(strategy => strategy.Analytics).DistinctBy(analytic => analytic.Id).OrderBy(analytic => analytic.Id, StringComparer.Ordinal))
            Write(analytic, table);
        foreach (var strategy in release.DetectionStrategies)
            table.Record("strategy", TableText.Escape(strategy.Id), TableText.Escape(strategy.Name), TableWriter.List(strategy.Techniques),
                TableWriter.List(strategy.Analytics.Select(analytic => analytic.Id)), $"{strategy.StixId}");
        table.Dates(release.DetectionDates);
        table.WriteTo(writer, release, "data components, analytics and detection strategies");
    }

    private static void Write(DataComponent component, TableWriter table)
    {
        table.Record("component", TableText.Escape(component.Id), TableText.Escape(component.Name), $"{component.StixId}");
        foreach (var source in component.LogSources)
            table.Record("source", TableText.Escape(component.Id), TableText.Escape(source.Name), TableText.Escape(source.Channel));
    }

    private static void Write(Analytic analytic, TableWriter table)
    {
        table.Record("analytic", TableText.Escape(analytic.Id), TableWriter.List(analytic.Platforms), $"{analytic.StixId}");
        foreach (var reference in analytic.LogSources)
            table.Record("reads", TableText.Escape(analytic.Id), TableText.Escape(reference.DataComponent),
                TableText.Escape(reference.LogSource.Name), TableText.Escape(reference.LogSource.Channel));
    }
}
