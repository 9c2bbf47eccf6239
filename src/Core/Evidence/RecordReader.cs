using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Evidence;

/// <summary>Reads a file of validation records: what an exercise was, and its results. A file with an error counts for nothing.</summary>
internal static class RecordReader
{
    public static ImmutableArray<ValidationRecord> Read(string path, ReadOnlySpan<byte> bytes, List<Diagnostic> diagnostics)
    {
        var file = YamlFile.Parse(path, bytes);
        diagnostics.AddRange(file.Diagnostics);
        var before = diagnostics.Count;
        foreach (var document in file.Documents.Skip(1))
            diagnostics.Add(RecordDiagnostics.BadValue.At(document.Root.Span, "a file of records holds one exercise; move this document to a file of its own"));
        if (file.Documents is not [{ Root: var root, IsWhole: true }, ..] || !file.Diagnostics.IsEmpty)
            return [];
        if (root is not YamlMapping mapping)
        {
            diagnostics.Add(RecordDiagnostics.BadValue.At(root.Span, $"file is {root.Kind}; write a map that begins with the exercise"));
            return [];
        }
        var records = Read(new YamlFields(mapping, RecordDiagnostics.Shape, diagnostics));
        return diagnostics.Count == before ? records : [];
    }

    private static ImmutableArray<ValidationRecord> Read(YamlFields fields)
    {
        var exercise = fields.Required("exercise");
        var day = fields.Required("date") is null ? null : fields.Date("date");
        var isByHand = fields.Required("by") is not null && fields.Word("by", ["import", "hand"]) is "hand";
        _ = fields.Text("attack");
        _ = fields.Duration("window");
        _ = fields.Duration("skew");
        var sources = fields.Maps("sources");
        foreach (var source in sources)
            ReadSource(source);
        if (fields.Map("alerts") is { } alerts)
            ReadSource(alerts);
        // Without its logs a record is somebody's word.
        if (!isByHand && sources.IsEmpty)
            fields.Missing("sources");
        if (fields.Items("results") is null)
            fields.Missing("results");
        var results = fields.Maps("results").Select(result => Read(result, exercise?.Value ?? "", day ?? default, isByHand)).OfType<ValidationRecord>().ToImmutableArray();
        fields.End();
        return results;
    }

    private static void ReadSource(YamlFields source)
    {
        source.Required("name");
        if (source.Required("sha256") is { } hash)
            AsHash(source, hash);
        source.End();
    }

    private static ValidationRecord? Read(YamlFields result, string exercise, DateOnly day, bool isByHand)
    {
        var (rule, content, technique) = (result.Text("rule"), result.Scalar("content"), result.Required("technique"));
        var (test, host) = (result.Scalar("test"), result.Text("host"));
        var outcome = result.Required("outcome") is null ? null : result.Word("outcome", ValidationOutcomes.Names);
        _ = result.Text("reason");
        if (rule is not null && content is null && !isByHand)
            result.Missing("content");
        if (rule is null && outcome is "alerted" or "late" or "noisy")
            result.Missing("rule");
        result.End();
        TechniqueId id = default;
        if (technique is not null && !TechniqueId.TryParse(technique.Value, out id))
            result.Report(technique.Span, $"'{technique.Value}' is not a technique id such as T1059 or T1059.001");
        if (test is not null && TestId.Of(test.Value) is null)
            result.Report(test.Span, $"'{test.Value}' is not the id of a test; write its GUID");
        var hash = content is null ? null : AsHash(result, content);
        return outcome is null || technique is null ? null : new()
        {
            Span = technique.Span,
            Exercise = exercise,
            Date = day,
            IsByHand = isByHand,
            RuleId = rule,
            Content = hash,
            Technique = id,
            Test = test is null ? null : TestId.Of(test.Value),
            Host = host,
            Outcome = (ValidationOutcome)ValidationOutcomes.Names.IndexOf(outcome),
        };
    }

    private static string? AsHash(YamlFields fields, YamlScalar written)
    {
        if (written.Value.Length == 64 && written.Value.All(char.IsAsciiHexDigit))
            return written.Value.ToLowerInvariant();
        fields.Report(written.Span, $"'{written.Value}' is not a SHA-256 in hexadecimal");
        return null;
    }
}
