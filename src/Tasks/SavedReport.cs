using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;

namespace Merlon.Tasks;

/// <summary>A finding as the build log shows it.</summary>
/// <param name="File">Full path.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in UTF-16 code units.</param>
internal sealed record SavedFinding(string Id, string Severity, string Help, string File, int Line, int Column, string Message)
{
    [JsonIgnore]
    public bool IsPossible => Severity is "error" or "warning" or "info" && Line > 0 && Column > 0;
}

/// <summary>What a check said, kept so that a build with nothing changed says it again.</summary>
/// <param name="Key">Stands for the tool and for all that the check read.</param>
internal sealed record SavedReport(string Key, ImmutableArray<SavedFinding> Findings, ImmutableArray<string> Lines, string Summary)
{
    // More than any report holds: the file may be anything.
    private const int MaxBytes = 64 << 20;

    public static SavedReport Of(string key, CheckResult result) => new(
        key,
        [
            .. result.Diagnostics.Select(diagnostic => new SavedFinding(
                diagnostic.Info.Id, diagnostic.Severity.Name, diagnostic.Info.HelpLink,
                Path.GetFullPath(diagnostic.Span.Path, result.Root), diagnostic.Span.Line, diagnostic.Span.Column, diagnostic.Message)),
        ],
        result.Lines,
        result.Summary);

    /// <summary>The report under that key; null when the file holds another one, none, or something else.</summary>
    public static SavedReport? TryRead(string path, string key)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists || file.Length > MaxBytes)
                return null;
            var report = JsonSerializer.Deserialize(File.ReadAllBytes(path), SavedReportJson.Default.SavedReport);
            return report is { Findings.IsDefault: false, Lines.IsDefault: false } && report.Key == key
                && report.Findings.All(finding => finding is { IsPossible: true }) && report.Lines.All(line => line is not null) ? report : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Puts the file in place whole: a build that is cut off leaves the one before.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a full path of a file has a folder
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, Path.GetRandomFileName());
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, SavedReportJson.Default.SavedReport));
        File.Move(temporary, path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SavedReport))]
internal sealed partial class SavedReportJson : JsonSerializerContext;
