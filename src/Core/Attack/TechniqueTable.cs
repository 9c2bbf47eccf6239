using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>The first part of a table: tactics in matrix order, then techniques by id.</summary>
internal static class TechniqueTable
{
    public static TechniquePart Read(TableReader reader)
    {
        var tactics = ImmutableArray.CreateBuilder<Tactic>();
        var techniques = ImmutableArray.CreateBuilder<Technique>();
        List<string[]> dates = [];
        while (reader.Next())
            switch (reader.Kind)
            {
                case "tactic" when reader.Has(5):
                    tactics.Add(new(reader.Id(1), reader.Text(2), reader.Text(3), reader.StixId(4)));
                    break;
                case "technique" when reader.Has(8):
                    techniques.Add(ReadTechnique(reader));
                    break;
                case "parent" when reader.Has(3):
                    if (techniques is [.., var above] && above.Id == reader.OptionalTechnique(1))
                        techniques[^1] = above with { Parent = reader.OptionalTechnique(2) };
                    else
                        reader.Reject($"the parent of '{reader.Optional(1)}' stands under another technique");
                    break;
                case "modified" when reader.Has(3):
                    reader.AddDates(dates);
                    break;
                default:
                    reader.Reject();
                    break;
            }
        return new(tactics.ToImmutable(), techniques.ToImmutable(), new(dates));
    }

    public static void Write(AttackRelease release, TextWriter writer)
    {
        TableWriter table = new() { Columns = { "tactic\tid\tshort name\tname\tSTIX id", "technique\tid\tname\ttactics\tplatforms\tstatus\trevoked by\tSTIX id", "modified\tday\tids" } };
        foreach (var tactic in release.Tactics)
            table.Record("tactic", TableText.Escape(tactic.Id), TableText.Escape(tactic.ShortName), TableText.Escape(tactic.Name), $"{tactic.StixId}");
        foreach (var technique in release.Techniques)
        {
            table.Record("technique", $"{technique.Id}", TableText.Escape(technique.Name), TableWriter.List(technique.Tactics), TableWriter.List(technique.Platforms),
                TableWriter.Status(technique.Status), $"{technique.RevokedBy}", $"{technique.StixId}");
            if (technique.Parent is { } parent)
                table.Record("parent", $"{technique.Id}", $"{parent}");
        }
        table.Dates(release.TechniqueDates);
        table.WriteTo(writer, release, "tactics and techniques");
    }

    private static Technique ReadTechnique(TableReader reader) => new()
    {
        Id = reader.UniqueTechnique(1),
        Name = reader.Text(2),
        Tactics = reader.List(3),
        Platforms = reader.List(4),
        Status = reader.Status(5),
        RevokedBy = reader.OptionalTechnique(6),
        StixId = reader.StixId(7),
    };
}
