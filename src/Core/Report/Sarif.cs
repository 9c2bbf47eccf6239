using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Report;

/// <summary>
/// Findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), within what GitHub's code scanning takes. What it
/// would not show is left out, the least severe first, and a notification of the run says how much.
/// </summary>
internal static class Sarif
{
    /// <summary>GitHub refuses a run of more than 25,000 results and shows 5,000 of it (https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit).</summary>
    public const int MaxResults = 5_000;

    /// <summary>The largest upload that GitHub takes, compressed with gzip (https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/file-too-large).</summary>
    public const int MaxCompressedBytes = 10_000_000;

    /// <summary>Of a short and of a full description (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).</summary>
    private const int MaxDescription = 1_024;

    private const string Base = "%SRCROOT%";

    public static string Write(Findings findings, int maxResults = MaxResults, int maxCompressedBytes = MaxCompressedBytes)
    {
        // Sorting is stable: of one severity the first ones of the report stay.
        var worstFirst = Enumerable.Range(0, findings.Diagnostics.Length).OrderByDescending(index => findings.Diagnostics[index].Severity).ToArray();
        for (var count = Math.Min(maxResults, worstFirst.Length); ; count /= 2)
        {
            var text = Write(findings, [.. worstFirst.Take(count).Order()]);
            if (count == 0 || IsWithin(text, maxCompressedBytes))
                return text;
        }
    }

    private static string Write(Findings findings, ImmutableArray<int> shown) => JsonReport.Write(json =>
    {
        var infos = shown.Select(index => findings.Diagnostics[index].Info).Distinct().OrderBy(info => info.Id, StringComparer.Ordinal).ToImmutableArray();
        json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteDriver(json, infos);
        WriteInvocation(json, findings, shown);
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(Base);
        WriteMessage(json, "description", "The root of the repository.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        JsonReport.WriteStrings(json, "newlineSequences", ["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"]);
        json.WriteStartArray("results");
        foreach (var index in shown)
            WriteResult(json, findings.Diagnostics[index], infos.IndexOf(findings.Diagnostics[index].Info), findings.Fingerprints[index]);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static void WriteDriver(Utf8JsonWriter json, ImmutableArray<DiagnosticInfo> infos)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "merlon");
        json.WriteString("semanticVersion", JsonReport.Version);
        json.WriteStartArray("rules");
        foreach (var info in infos)
        {
            var rationale = info.Rationale.ReplaceLineEndings("\n");
            json.WriteStartObject();
            json.WriteString("id", info.Id);
            json.WriteString("name", NameOf(info));
            WriteMessage(json, "shortDescription", Limited(info.Title));
            WriteMessage(json, "fullDescription", Limited(rationale.ReplaceLineEndings(" ")));
            json.WriteStartObject("help");
            json.WriteString("text", info.Source is null ? rationale : $"{rationale}\nSource: {info.Source}");
            json.WriteString("markdown", info.Source is { } source ? $"{rationale}\n\nSource: {(source.StartsWith("https:", StringComparison.Ordinal) ? $"<{source}>" : $"`{source}`")}" : rationale);
            json.WriteEndObject();
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", LevelOf(info.Severity));
            json.WriteEndObject();
            json.WriteStartObject("properties");
            JsonReport.WriteStrings(json, "tags", [AreaOf(info)]);
            json.WriteString("problem.severity", info.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "recommendation" });
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, Findings findings, ImmutableArray<int> shown)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", true);
        if (shown.Length < findings.Diagnostics.Length)
        {
            json.WriteStartArray("toolExecutionNotifications");
            json.WriteStartObject();
            json.WriteString("level", "warning");
            WriteMessage(json, "message", $"{findings.Diagnostics.Length - shown.Length} of {findings.Diagnostics.Length} findings are left out, the least severe first, to stay within what an upload may hold; 'merlon lint' lists all.");
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, Diagnostic diagnostic, int ruleIndex, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Info.Id);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("level", LevelOf(diagnostic.Severity));
        WriteMessage(json, "message", diagnostic.Message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, Findings.PathOf(diagnostic));
        WriteRegion(json, "region", diagnostic.Span);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("merlonFinding/v1", fingerprint);
        json.WriteEndObject();
        if (diagnostic.Fix is { } fix)
            WriteFix(json, fix, Findings.PathOf(diagnostic));
        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, Fix fix, string path)
    {
        json.WriteStartArray("fixes");
        json.WriteStartObject();
        WriteMessage(json, "description", fix.Title);
        json.WriteStartArray("artifactChanges");
        json.WriteStartObject();
        WriteArtifact(json, path);
        json.WriteStartArray("replacements");
        foreach (var edit in fix.Edits)
        {
            json.WriteStartObject();
            WriteRegion(json, "deletedRegion", edit.Span);
            WriteMessage(json, "insertedContent", edit.NewText);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteArtifact(Utf8JsonWriter json, string path)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        json.WriteString("uriBaseId", Base);
        json.WriteEndObject();
    }

    // Like a span: 1-based, the end exclusive.
    private static void WriteRegion(Utf8JsonWriter json, string name, SourceSpan span)
    {
        json.WriteStartObject(name);
        json.WriteNumber("startLine", span.Line);
        json.WriteNumber("startColumn", span.Column);
        json.WriteNumber("endLine", span.EndLine);
        json.WriteNumber("endColumn", span.EndColumn);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    // What SARIF calls a name is an identifier in PascalCase, made of the title here.
    private static string NameOf(DiagnosticInfo info) =>
        string.Concat(info.Title.Split([.. info.Title.Where(c => !char.IsAsciiLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string AreaOf(DiagnosticInfo info) => info.Id[3] switch
    {
        '1' => "yaml",
        '2' => "sigma",
        '3' => "attack",
        '4' => "actors",
        '5' => "coverage",
        '6' => "tests",
        _ => "configuration",
    };

    private static string LevelOf(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" };

    private static string Limited(string text) => text.Length <= MaxDescription ? text : text[..(MaxDescription - 1)] + "…";

    private static bool IsWithin(string text, int maxCompressedBytes)
    {
        // Compressing makes nothing much larger, so that most reports need not be compressed to know.
        if (Encoding.UTF8.GetMaxByteCount(text.Length) <= maxCompressedBytes / 2)
            return true;
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.Length <= maxCompressedBytes;
    }
}
