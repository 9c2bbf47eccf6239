namespace Merlon.Core.Attack;

/// <summary>The second part of a table: groups, software and campaigns, each by id.</summary>
internal static class GroupTable
{
    public static GroupPart Read(TableReader reader)
    {
        List<Group> groups = [];
        List<Software> software = [];
        List<Campaign> campaigns = [];
        List<string[]> dates = [];
        while (reader.Next())
            switch (reader.Kind)
            {
                case "group" when reader.Has(9):
                    groups.Add(ReadGroup(reader));
                    break;
                case "malware" or "tool" when reader.Has(9):
                    software.Add(ReadSoftware(reader));
                    break;
                case "campaign" when reader.Has(10):
                    campaigns.Add(ReadCampaign(reader));
                    break;
                case "modified" when reader.Has(3):
                    reader.AddDates(dates);
                    break;
                default:
                    reader.Reject();
                    break;
            }
        return new(groups, software, campaigns, new(dates));
    }

    public static void Write(AttackRelease release, TextWriter writer)
    {
        TableWriter table = new()
        {
            Columns =
            {
                "group\tid\tname\taliases\ttechniques\tsoftware\tstatus\trevoked by\tSTIX id",
                "malware or tool\tid\tname\taliases\ttechniques\tplatforms\tstatus\trevoked by\tSTIX id",
                "campaign\tid\tname\taliases\ttechniques\tgroups\tsoftware\tstatus\trevoked by\tSTIX id",
                "modified\tday\tids",
            },
        };
        foreach (var one in release.Groups)
            table.Record(["group", .. Start(one), TableWriter.List(one.Software), .. End(one)]);
        foreach (var one in release.Software)
            table.Record([one.Kind.Name, .. Start(one), TableWriter.List(one.Platforms), .. End(one)]);
        foreach (var one in release.Campaigns)
            table.Record(["campaign", .. Start(one), TableWriter.List(one.Groups), TableWriter.List(one.Software), .. End(one)]);
        table.Dates(release.GroupDates);
        table.WriteTo(writer, release, "groups, software and campaigns");
    }

    private static string[] Start(AttackObject one) =>
        [TableText.Escape(one.Id), TableText.Escape(one.Name), TableWriter.List(one.Aliases), TableWriter.List(one.Techniques)];

    private static string[] End(AttackObject one) =>
        [TableWriter.Status(one.Status), TableText.Escape(one.RevokedBy ?? ""), $"{one.StixId}"];

    private static Group ReadGroup(TableReader reader) => new()
    {
        Id = reader.Id(1),
        Name = reader.Text(2),
        Aliases = reader.List(3),
        Techniques = reader.Techniques(4),
        Software = reader.List(5),
        Status = reader.Status(6),
        RevokedBy = reader.OptionalId(7),
        StixId = reader.StixId(8),
    };

    private static Software ReadSoftware(TableReader reader) => new()
    {
        Kind = reader.Kind is "tool" ? SoftwareKind.Tool : SoftwareKind.Malware,
        Id = reader.Id(1),
        Name = reader.Text(2),
        Aliases = reader.List(3),
        Techniques = reader.Techniques(4),
        Platforms = reader.List(5),
        Status = reader.Status(6),
        RevokedBy = reader.OptionalId(7),
        StixId = reader.StixId(8),
    };

    private static Campaign ReadCampaign(TableReader reader) => new()
    {
        Id = reader.Id(1),
        Name = reader.Text(2),
        Aliases = reader.List(3),
        Techniques = reader.Techniques(4),
        Groups = reader.List(5),
        Software = reader.List(6),
        Status = reader.Status(7),
        RevokedBy = reader.OptionalId(8),
        StixId = reader.StixId(9),
    };
}
