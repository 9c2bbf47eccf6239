using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Csv;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation.Library;

/// <summary>
/// Reads <c>index.csv</c> of Atomic Red Team and its like for single platforms. A test stands in them once for each tactic. They say neither what a test
/// needs nor, but for the name of a platform's own index, where it runs.
/// </summary>
internal static class AtomicIndex
{
    private const string Technique = "Technique #", Name = "Test Name", TestGuid = "Test GUID", Executor = "Executor Name";

    public static IEnumerable<EmulationTest> Read(LibraryFiles files, ImmutableArray<LibraryFile> indexes)
    {
        Dictionary<string, EmulationTest> tests = new(StringComparer.Ordinal);
        foreach (var index in indexes)
            if (files.Read(index) is { } bytes)
                foreach (var test in Read(index, bytes, files.Diagnostics))
                    if (!tests.TryGetValue(test.Id, out var known))
                        tests.Add(test.Id, test);
                    else if (known.Technique == test.Technique)
                        tests[test.Id] = Merge(known, test);
                    else
                        files.Diagnostics.Add(EmulationDiagnostics.Duplicate.At(test.Span, $"{test.Id} is the id of a test of {known.Technique} and of one of {test.Technique}; the second is left out"));
        return tests.Values.OrderBy(test => test.Technique).ThenBy(test => test.File, StringComparer.Ordinal).ThenBy(test => test.Span.Line);
    }

    private static EmulationTest Merge(EmulationTest one, EmulationTest other)
    {
        ImmutableArray<string> words = [.. one.PlatformWords.Union(other.PlatformWords).Order(StringComparer.Ordinal)];
        return one with { PlatformWords = words, Platforms = words.IsEmpty ? null : LibraryPlatforms.NamesOf(words) };
    }

    private static IEnumerable<EmulationTest> Read(LibraryFile file, byte[] bytes, List<Diagnostic> diagnostics)
    {
        List<ImmutableArray<CsvCell>> rows;
        try
        {
            rows = ImportRows.Read(file.Label, Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'));
        }
        catch (ImportException error)
        {
            diagnostics.Add(EmulationDiagnostics.LeftOut.At(error.Span ?? SourceSpan.StartOf(file.Label), $"index cannot be read: {error.Message}, so its tests are left out"));
            yield break;
        }
        var header = rows.Count == 0 ? [] : rows[0].Select(cell => cell.Text.Trim()).ToList();
        int[] columns = [.. new[] { Technique, Name, TestGuid, Executor }.Select(column => header.IndexOf(column))];
        if (columns.Any(column => column < 0))
        {
            diagnostics.Add(EmulationDiagnostics.LeftOut.At(SourceSpan.StartOf(file.Label), $"this is no index: its first line has no column '{Technique}', '{Name}', '{TestGuid}' or '{Executor}', so it is left out"));
            yield break;
        }
        ImmutableArray<string> platforms = PlatformOf(file.Relative) is { } platform ? [platform] : [];
        foreach (var row in rows.Skip(1))
            if (row.Length <= columns.Max())
                diagnostics.Add(EmulationDiagnostics.LeftOut.At(row[0].Span, $"this row has {row.Length} of {header.Count} cells, so it is left out"));
            else if (Read(file, row[columns[0]], row[columns[1]], row[columns[2]], row[columns[3]], platforms, diagnostics) is { } test)
                yield return test;
    }

    private static EmulationTest? Read(LibraryFile file, CsvCell technique, CsvCell name, CsvCell guid, CsvCell executor, ImmutableArray<string> platforms, List<Diagnostic> diagnostics)
    {
        if (!TechniqueId.TryParse(technique.Text, out var id))
            diagnostics.Add(EmulationDiagnostics.LeftOut.At(technique.Span, $"'{technique.Text}' is no technique id of the form T1003.001, so this row is left out"));
        else if (!Guid.TryParseExact(guid.Text, "D", out var parsed))
            diagnostics.Add(EmulationDiagnostics.LeftOut.At(guid.Span, $"'{guid.Text}' is no GUID of the form 2536dee2-12fb-459a-8c37-971844fa73be, so this row is left out"));
        else
            return new()
            {
                Library = LibraryKind.AtomicRedTeam,
                Id = parsed.ToString("D"),
                Technique = id,
                Name = name.Text,
                PlatformWords = platforms,
                Platforms = platforms.IsEmpty ? null : LibraryPlatforms.NamesOf(platforms),
                Executors = [executor.Text],
                IsManual = executor.Text == "manual",
                File = file.Relative,
                Span = guid.Span,
                TechniqueSpan = technique.Span,
            };
        return null;
    }

    // windows-index.csv, iaas_aws-index.csv.
    private static string? PlatformOf(string path)
    {
        const string suffix = "-index.csv";
        var name = Path.GetFileName(path);
        var word = name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? name[..^suffix.Length].ToLowerInvariant().Replace('_', ':') : "";
        return LibraryPlatforms.IsKnown(word) ? word : null;
    }
}
