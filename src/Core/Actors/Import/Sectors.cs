using System.Collections.Immutable;

namespace Merlon.Core.Actors.Import;

/// <summary>Words for whom actors attack. Each cluster has its own: Tidal says Financial Services and Banks, MISP's threat actors Finance, its sectors Bank.</summary>
internal static class Sectors
{
    // Names that mean one sector; after '>' sectors that are a part of it.
    private const string Table = """
        Financial, Financial Services, Finance, Financial Institutions, Financial Sector > Banks, Credit Unions, Payment
        Banks, Bank, Banking
        Insurance, Insurances
        Government, Government Administration, Administration, Public Sector, Public Administration, Governments > Diplomacy, Justice, Police Law Enforcement
        Defense, Defence, Defense Industrial Base, Defence Industry, Defense Industry > Military
        Healthcare, Health, Health Care, Medical, Hospitals > Biomedical
        Pharmaceuticals, Pharmaceutical, Pharmacy, Pharma
        Telecommunications, Telecommunication, Telecoms, Telecom, Telco
        Technology, Information Technology, IT > High Tech, IT ISP, IT Security, Semi Conductors, Electronics
        High Tech, Hightech
        Semi Conductors, Semiconductor, Semiconductors
        Electronics, Electronic
        Energy, Energy Sector > Oil, Gas, Electric, Nuclear
        Oil, Oil and Gas, Petroleum
        Electric, Electricity, Power
        Utilities, Utility > Water, Electric, Gas
        Education, Educational > Academia University, Higher Education
        Academia University, Academia, University, Universities
        Media, News Media, News, Journalists
        Transportation, Transport, Transportation Systems > Civil Aviation, Railway, Maritime
        Civil Aviation, Aviation, Airlines
        Maritime, Shipping
        Hospitality Leisure, Hospitality, Hotels
        Travel Services, Travel, Tourism
        NGOs, NGO, Non Governmental Organizations
        Non Profit, Nonprofit, Nonprofits, Non Profits
        Legal, Law, Law Firms, Legal Services
        Think Tanks, Think Tank
        Video Games, Game, Gaming, Games
        Casinos Gambling, Casinos, Gambling
        Chemical, Chemicals
        Aerospace, Aerospace Industry > Space
        Critical Infrastructure, Infrastructure
        """;

    private static readonly ImmutableArray<(ImmutableArray<string> Names, ImmutableArray<string> Parts)> Known =
        [.. Table.Split('\n').Select(line => line.Split('>')).Select(halves => (NamesIn(halves[0]), halves.Length > 1 ? NamesIn(halves[1]) : []))];

    /// <summary>Whether a sector of a cluster is what was asked for, or a part of that: its words hold all of the asked ones, or the table says so.</summary>
    public static bool IsAsked(string asked, string sector)
    {
        var words = Words(sector);
        if (Words(asked) is not { Length: > 0 } wanted)
            return false;
        var (one, other) = (Plain(asked), Plain(sector));
        return wanted.All(word => words.Contains(word, StringComparer.OrdinalIgnoreCase))
            || Known.Any(row => row.Names.Contains(one) && (row.Names.Contains(other) || row.Parts.Any(part => part == other || IsSame(part, other))));
    }

    /// <summary>The words of a name.</summary>
    public static string[] Words(string text) => text.Split([' ', ',', '-', '_', '/', '&', '(', ')'], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsSame(string one, string other) => Known.Any(row => row.Names.Contains(one) && row.Names.Contains(other));

    private static ImmutableArray<string> NamesIn(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Plain)];

    // As it is compared: words in one case, with one space between them.
    private static string Plain(string text) => string.Join(' ', Words(text)).ToUpperInvariant();
}
