using System.Collections.Immutable;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>What every JSON output begins with, and the parts that several share.</summary>
internal static class JsonReport
{
    /// <summary>The version of Merlon that outputs name: <c>1.2.3</c> or <c>1.2.4-alpha.0.5</c>, without metadata of the build.</summary>
    public static string Version { get; } = typeof(JsonReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    // Readable: only what JSON itself forbids is escaped. The output is a file or a pipe, never a part of a page.
    private static readonly JsonWriterOptions Options = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is known without a program.</summary>
    public static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteNumber("schemaVersion", 1);
        json.WriteStartObject("tool");
        json.WriteString("name", "merlon");
        json.WriteString("version", Version);
        json.WriteEndObject();
    }

    public static string Write(Snapshot snapshot, Action<Utf8JsonWriter> members) => Write(snapshot.Config, snapshot.Date, members);

    public static string Write(MerlonConfig config, DateOnly date, Action<Utf8JsonWriter> members) => Write(json =>
    {
        WriteTool(json);
        json.WriteString("program", config.Name);
        json.WriteString("date", $"{date:yyyy-MM-dd}");
        json.WriteStartObject("attack");
        json.WriteString("release", config.Releases[0].Version);
        WriteStrings(json, "domains", config.Releases.Select(release => release.Domain.Name));
        WriteBundles(json, config.Releases[0].Bundles);
        json.WriteEndObject();
        members(json);
    });

    /// <summary>What is merged over the release; nothing where nothing is.</summary>
    public static void WriteBundles(Utf8JsonWriter json, ImmutableArray<MergedBundle> bundles)
    {
        if (bundles.IsEmpty)
            return;
        json.WriteStartArray("bundles");
        foreach (var bundle in bundles)
        {
            json.WriteStartObject();
            json.WriteString("path", bundle.Path);
            json.WriteString("sha256", bundle.Sha256);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static string Write(Action<Utf8JsonWriter> members) => WriteValue(json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    public static string WriteArray(Action<Utf8JsonWriter> items) => WriteValue(json =>
    {
        json.WriteStartArray();
        items(json);
        json.WriteEndArray();
    });

    private static string WriteValue(Action<Utf8JsonWriter> value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
            value(json);
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    public static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WritePropertyName(name);
        WriteStrings(json, values);
    }

    public static void WriteStrings(Utf8JsonWriter json, IEnumerable<string> values)
    {
        json.WriteStartArray();
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>Numerator, denominator and percentage; null for none of none.</summary>
    public static void WriteRatio(Utf8JsonWriter json, Ratio ratio)
    {
        json.WriteNumber("techniques", ratio.Total);
        json.WriteNumber("covered", ratio.Covered);
        WritePercent(json, "percent", ratio);
    }

    public static void WritePercent(Utf8JsonWriter json, string name, Ratio ratio)
    {
        if (ratio.PerMille is { } tenths)
            json.WriteNumber(name, tenths / 10m);
        else
            json.WriteNull(name);
    }

    /// <summary>A rule that claims, or nearly claims, a technique.</summary>
    public static void WriteRule(Utf8JsonWriter json, Claim claim)
    {
        json.WriteStartObject();
        json.WriteString("path", claim.Rule.Span.Path);
        json.WriteNumber("line", claim.Tag.Span.Line);
        json.WriteString("id", claim.Rule.Id);
        json.WriteString("title", claim.Rule.Title);
        json.WriteString("source", claim.Rule.Source.Name);
        json.WriteString("level", claim.Level.Name);
        json.WriteBoolean("deployed", claim.Proves(Level.Deployed));
        json.WriteString("reason", claim.Lacks?.Text);
        json.WriteString("next", claim.Next?.Text);
        json.WriteEndObject();
    }
}
