using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Evidence;

/// <summary>A test that an <c>info.yml</c> of SigmaHQ's regression data names.</summary>
/// <param name="Path">Of the events as written, from the root of the rule's repository; of a recording in <c>.evtx</c> the JSON beside it.</param>
/// <param name="Span">Of the path.</param>
/// <param name="Count">The number of events that match; null where it is not written.</param>
internal sealed record RegressionCase(string Path, SourceSpan Span, int? Count, SourceSpan CountSpan);

/// <summary>Reads the <c>info.yml</c> that a rule's <c>regression_tests_path</c> names.</summary>
internal static class RegressionInfo
{
    private const string Recording = ".evtx", Events = ".json";

    private static readonly ShapeDiagnostics Shape = new(TestDiagnostics.BadInfo, TestDiagnostics.BadInfo, TestDiagnostics.BadInfo);

    /// <returns>None, with a finding, where the file does not speak of the rule or cannot be used.</returns>
    public static ImmutableArray<RegressionCase> Read(string path, byte[] bytes, DetectionRule rule, List<Diagnostic> diagnostics)
    {
        var file = YamlFile.Parse(path, bytes);
        diagnostics.AddRange(file.Diagnostics);
        if (file is not { Documents: [{ Root: YamlMapping root, IsWhole: true }] })
        {
            if (file.Diagnostics.IsEmpty)
                diagnostics.Add(TestDiagnostics.BadInfo.At(SourceSpan.StartOf(path), "file holds something else than one map; write 'rule_metadata' and 'regression_tests_info'"));
            return [];
        }
        YamlFields info = new(root, Shape, diagnostics);
        if (!Names(info, rule, path, diagnostics))
            return [];
        var tests = info.Maps("regression_tests_info");
        if (tests.IsEmpty)
            diagnostics.Add(TestDiagnostics.BadInfo.At(root.FindEntry("regression_tests_info")?.Key.Span ?? SourceSpan.StartOf(path), "'regression_tests_info' lists no test; add the rule's events"));
        return [.. tests.Select(test => ReadCase(test, diagnostics)).OfType<RegressionCase>()];
    }

    // Copied folders speak of the rule that they were copied from.
    private static bool Names(YamlFields info, DetectionRule rule, string path, List<Diagnostic> diagnostics)
    {
        var ids = info.Maps("rule_metadata").Select(entry => entry.Scalar("id")).OfType<YamlScalar>().ToArray();
        if (ids.Any(id => string.Equals(id.Value, rule.Id, StringComparison.OrdinalIgnoreCase)))
            return true;
        diagnostics.Add(TestDiagnostics.BadInfo.At(ids is [var first, ..] ? first.Span : SourceSpan.StartOf(path),
            ids.Length == 0 ? $"'rule_metadata' names no rule; add '{rule.Id ?? rule.Title}'" : $"'{ids[0].Value}' is not the id of '{rule.Span.Path}', which is '{rule.Id}'; correct one of them"));
        return false;
    }

    private static RegressionCase? ReadCase(YamlFields test, List<Diagnostic> diagnostics)
    {
        var written = test.Required("path");
        var number = test.Scalar("match_count");
        int? count = number is null ? null : test.AsInteger(number, "match_count", 0, 1_000_000);
        if (written is null || (number is not null && count is null))
            return null;
        var isRecording = written.Value.EndsWith(Recording, StringComparison.OrdinalIgnoreCase);
        if (!isRecording && !written.Value.EndsWith(Events, StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Add(TestDiagnostics.BadInfo.At(written.Span, $"'{written.Value}' is neither JSON nor a recording with JSON beside it; convert it"));
            return null;
        }
        return new(isRecording ? written.Value[..^Recording.Length] + Events : written.Value, written.Span, count, number?.Span ?? written.Span);
    }
}
