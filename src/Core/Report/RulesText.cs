using System.Globalization;
using System.Text;
using Merlon.Core.Programs;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>The merged inventory of rules for people, and as a table.</summary>
internal static class RulesText
{
    private static readonly string[] Columns = ["source", "format", "id", "name", "path", "line", "status", "sigmaLevel", "enabled", "techniques", "logSource", "dataSources", "places"];

    /// <param name="inventory">Read.</param>
    public static string Write(RuleInventory inventory, bool isColoured)
    {
        var rules = inventory.Rules!; // read: it is there
        StringBuilder text = new();
        foreach (var rule in rules.Rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rule.StateAnywhere.Name,-9} {Terminal.Bold(Printable.Text(rule.Title), isColoured)}");
            text.Append(CultureInfo.InvariantCulture, $"  {Printable.Text(TechniquesOf(rule))}\n");
            text.Append(Terminal.Dim(string.Create(CultureInfo.InvariantCulture, $"          {Printable.Text(rule.Source.Name)}: {Printable.Text(rule.Span.Path)}({rule.Span.Line}){Places(rule)}"), isColoured)).Append('\n');
        }
        foreach (var count in SourceCount.Of(rules))
            text.Append(Line(count)).Append('\n');
        return text.ToString();
    }

    public static string WriteCsv(RuleInventory inventory)
    {
        StringBuilder text = new();
        text.AppendJoin(',', Columns).Append('\n');
        foreach (var rule in inventory.Rules!.Rules) // as above
            text.AppendJoin(',', new[]
            {
                rule.Source.Name, rule.Source.Format.Name, rule.Id ?? "", rule.Title, rule.Span.Path, rule.Span.Line.ToString(CultureInfo.InvariantCulture),
                rule.Status ?? "", rule.SigmaLevel ?? "", rule.StateAnywhere.Name, string.Join("; ", RulesJson.TechniquesOf(rule)), rule.LogSource?.ToString() ?? "", string.Join("; ", rule.DataSources),
                string.Join("; ", rule.Places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.Source.Name} {place.Span.Path}:{place.Span.Line} {place.State.Name}"))),
            }.Select(Printable.Cell)).Append('\n');
        return text.ToString();
    }

    /// <summary><c>splunk-prod (splunk-rest): 916 rules: 310 deployed, 16 available, 590 disabled; 300 of them are places of Sigma rules; 854 name 225 techniques</c>.</summary>
    public static string Line(SourceCount count) => string.Create(CultureInfo.InvariantCulture,
        $"{Printable.Text(count.Source.Name)}{(count.Source.Name == count.Source.Format.Name ? "" : $" ({count.Source.Format.Name})")}: {Number(count.Rules, "rule")} in {Number(count.Files, "file")}: {count.Deployed} deployed, {count.Available} available, {count.Disabled} disabled")
        + (count.Places == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {count.Places} of them {(count.Places == 1 ? "is the place of a Sigma rule" : "are places of Sigma rules")}"))
        + string.Create(CultureInfo.InvariantCulture, $"; {count.WithTechniques} {(count.WithTechniques == 1 ? "names" : "name")} {Number(count.Techniques, "technique")}")
        + (count.Exported is { } day ? string.Create(CultureInfo.InvariantCulture, $"; exported {day:yyyy-MM-dd}") : "");

    private static string TechniquesOf(DetectionRule rule) => string.Join(", ", rule.Techniques.Select(tag => tag.Name).Distinct(StringComparer.Ordinal)) is { Length: > 0 } ids ? ids : "no technique";

    private static string Places(DetectionRule rule) => string.Concat(rule.Places.Select(place =>
        string.Create(CultureInfo.InvariantCulture, $"; {Printable.Text(place.Source.Name)}: {Printable.Text(place.Span.Path)}({place.Span.Line}) {place.State.Name}")));

    private static string Number(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
