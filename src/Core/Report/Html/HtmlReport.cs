using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;

namespace Merlon.Core.Report.Html;

/// <summary>
/// A program's coverage as one page that needs nothing else. It is published: actors whose TLP is amber or red stand in it under their alias or
/// number, unless it is private. The page's content policy names its one style and its one script by their hashes and allows nothing more.
/// </summary>
internal static class HtmlReport
{
    /// <summary>The scripts of a page, in their order; together they are one.</summary>
    private static readonly string[] Scripts = ["model.js", "measure.js", "elements.js", "matrix.js", "panel.js", "tables.js", "page.js"];

    // A page ends a script at '<' and some parsers a line at U+2028: what is no letter, number or harmless sign is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="report">Of a report that could be made.</param>
    /// <param name="title">The heading; null for the program's name.</param>
    /// <param name="isPrivate">Whether names may be shown that a profile's TLP keeps back.</param>
    public static string Write(ReportResult report, string? title, bool isPrivate)
    {
        var snapshot = report.Snapshot!; // it could be made
        ReportTable table = new(isPrivate ? PublishedNames.Private : new(report.Verdict!, snapshot.KeptBack), snapshot.Config.Inventory); // there with the snapshot
        var heading = table.Shown(title ?? $"Coverage of {snapshot.Config.Name}");
        var (style, script) = (Resource("page.css"), string.Concat(Scripts.Select(Resource)));
        var lines = report.Coverage.SelectMany(coverage => coverage.Actors.Concat(coverage is { Actors.Length: > 1, Union: { } union } ? [union] : []))
            .Select(actor => table.Whole(CoverageLine.Of(actor, snapshot.Config.Inventory is not null)));
        return Fill(Resource("page.html"), name => name switch
        {
            "policy" => $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'",
            "title" => WebUtility.HtmlEncode(heading),
            "style" => style,
            "lines" => WebUtility.HtmlEncode(string.Join('\n', lines)),
            "data" => Data(report, snapshot, table, heading, isPrivate),
            "script" => script,
            _ => throw new InvalidOperationException($"page.html has '{name}'"),
        });
    }

    private static string Data(ReportResult report, Snapshot snapshot, ReportTable table, string heading, bool isPrivate)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
        {
            var definition = snapshot.Config.Definition;
            json.WriteStartObject();
            json.WriteString("tool", $"Merlon {JsonReport.Version}");
            json.WriteString("title", heading);
            json.WriteString("program", table.Shown(snapshot.Config.Name));
            json.WriteString("date", $"{snapshot.Date:yyyy-MM-dd}");
            json.WriteBoolean("isPrivate", isPrivate);
            json.WriteBoolean("hasActors", !snapshot.Profiles.IsEmpty);
            json.WriteNumber("level", (int)definition.Level);
            json.WriteBoolean("isLenient", definition.IsLenient);
            json.WriteBoolean("isPreApart", definition.PreApart);
            json.WriteBoolean("hasInventory", snapshot.Config.Inventory is not null);
            JsonReport.WriteStrings(json, "definition", Describe(snapshot).Select(table.Whole));
            json.WriteStartArray("domains");
            foreach (var coverage in report.Coverage)
                ReportDomain.Write(json, coverage, snapshot, table, isPrivate);
            json.WriteEndArray();
            ReportDelta.Write(json, report, table);
            table.Write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    // What "covered" means here, a line for each part.
    private static IEnumerable<string> Describe(Snapshot snapshot)
    {
        var definition = snapshot.Config.Definition;
        yield return $"A technique is covered when a rule of it is {definition.Level.Name}";
        yield return $"Rules with status {string.Join(", ", definition.Status)} count, from Sigma level {definition.SigmaLevel}{(definition.NotTags.IsEmpty ? "" : $", without the tags {string.Join(", ", definition.NotTags)}")}";
        yield return $"Roll-up is {definition.RollUp}: {(definition.IsLenient ? "one covered sub-technique makes its technique deployable" : "only the exact id counts, or all sub-techniques together")}";
        yield return $"Platforms in scope: {(definition.Platforms.IsEmpty ? "all" : string.Join(", ", definition.Platforms))}; PRE {(definition.PreApart ? "is measured apart" : "is included")}";
        yield return snapshot.Config.Inventory is null ? "What is collected is not known" : "What is collected is known from the inventory of log sources";
        yield return $"Definition {snapshot.DefinitionHash}: numbers of equal definitions can be compared";
    }

    // Each name once: what is filled in is not looked at again.
    private static string Fill(string template, Func<string, string> value)
    {
        var parts = template.Split("@@");
        return string.Concat(parts.Select((part, at) => at % 2 == 0 ? part : value(part)));
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"report/{name}") ?? throw new InvalidOperationException($"{name} is not embedded");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
