using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>The first part of a table: tactics in matrix order, then techniques by id.</summary>
internal static class TechniqueTable
{
    public static TechniquePart Read(TableReader reader)
    {
        var tactics = ImmutableArray.CreateBuilder<Tactic>();
        var techniques = ImmutableArray.CreateBuilder<Technique>();
        while (reader.Next())
            switch (reader.Kind)
            {
                case "tactic" when reader.Has(5):
                    tactics.Add(new(reader.Id(1), reader.Text(2), reader.Text(3), reader.StixId(4)));
                    break;
                case "technique" when reader.Has(8):
                    techniques.Add(ReadTechnique(reader));
                    break;
                default:
                    reader.Reject();
                    break;
            }
        return new(tactics.ToImmutable(), techniques.ToImmutable());
    }

    public static void Write(AttackRelease release, TextWriter writer)
    {
        TableWriter table = new() { Columns = { "tactic\tid\tshort name\tname\tSTIX id", "technique\tid\tname\ttactics\tplatforms\tstatus\trevoked by\tSTIX id" } };
        foreach (var tactic in release.Tactics)
            table.Record("tactic", TableText.Escape(tactic.Id), TableText.Escape(tactic.ShortName), TableText.Escape(tactic.Name), $"{tactic.StixId}");
        foreach (var technique in release.Techniques)
            table.Record("technique", $"{technique.Id}", TableText.Escape(technique.Name), TableWriter.List(technique.Tactics), TableWriter.List(technique.Platforms),
                TableWriter.Status(technique.Status), $"{technique.RevokedBy}", $"{technique.StixId}");
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
