using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Emulation.Library;

/// <summary>
/// Reads the file of one technique (<c>T1003.001.yaml</c>) by the rules of Atomic Red Team's <c>models.py</c>. A test without what planning needs
/// is left out with a finding; what else breaks the rules is a finding, and the test is used.
/// </summary>
internal sealed class AtomicFile(LibraryFile file, List<Diagnostic> diagnostics)
{
    private static readonly ImmutableArray<string> Keys =
        ["name", "auto_generated_guid", "description", "supported_platforms", "input_arguments", "dependency_executor_name", "dependencies", "executor", "test_number"];

    private static readonly ImmutableArray<string> Executors = ["powershell", "command_prompt", "sh", "bash", "manual"];

    public IEnumerable<EmulationTest> Read(byte[] bytes)
    {
        var yaml = LibraryYaml.Parse(file, bytes);
        diagnostics.AddRange(yaml.Diagnostics);
        return yaml.Documents.SelectMany(document => ReadTechnique(document.Root)).ToArray();
    }

    private IEnumerable<EmulationTest> ReadTechnique(YamlNode root)
    {
        if (root is not YamlMapping mapping || mapping.Find("attack_technique") is not YamlScalar written)
            LeaveOut(root.Span, "'attack_technique' is missing, so the tests of this file are left out");
        else if (!TechniqueId.TryParse(written.Value, out var technique))
            LeaveOut(written.Span, $"'{written.Value}' is no technique id of the form T1003.001, so the tests of this file are left out");
        else if (mapping.Find("atomic_tests") is not YamlSequence { Items.IsEmpty: false } tests)
            LeaveOut(root.Span, "'atomic_tests' is no list of tests, so this file has none");
        else
        {
            if (mapping.Text("display_name") is not { Length: >= 5 })
                Note(mapping.FindEntry("display_name")?.Value.Span ?? written.Span, "'display_name' has fewer than 5 characters");
            foreach (var item in tests.Items)
                if (ReadTest(item, technique, written.Span) is { } test)
                    yield return test;
        }
    }

    private EmulationTest? ReadTest(YamlNode item, TechniqueId technique, SourceSpan techniqueSpan)
    {
        if (item is not YamlMapping test || test.Text("name") is not { } name)
            return LeaveOut(item.Span, "this test has no 'name', so it is left out");
        foreach (var (key, _) in test.Entries.Where(entry => !Keys.Contains(entry.Key.Value)))
            Note(key.Span, $"'{key.Value}' is not a key of a test{Spelling.Hint(key.Value, Keys)}");
        if (test.Text("description") is null)
            Note(name.Span, "'description' is missing");
        if (ReadExecutor(test, name) is not { } executor)
            return null;
        var words = ReadPlatforms(test, name);
        AtomicParts parts = new(test, executor.Map, this);
        parts.CheckDependencies();
        if (parts.MissingArgument() is { } missing)
            return LeaveOut(executor.Map.Span, $"'{missing}' stands in a command and not in 'input_arguments', so '{name.Value}' is left out");
        var usesSudo = words.Any(word => word is "linux" or "macos") && parts.UsesSudo;
        var isElevated = executor.Map.Text("elevation_required")?.AsBoolean ?? false;
        if (usesSudo && !isElevated)
            Note(executor.Map.Span, $"'{name.Value}' uses sudo and does not say 'elevation_required: true'; it is planned as if it did");
        if (ReadGuid(test, name) is not { } guid)
            return null;
        return new()
        {
            Library = LibraryKind.AtomicRedTeam,
            Id = guid.ToString("D"),
            Technique = technique,
            Name = name.Value,
            PlatformWords = words,
            Platforms = LibraryPlatforms.NamesOf(words),
            Executors = [executor.Name],
            IsManual = executor.Name == "manual",
            NeedsElevation = isElevated || usesSudo,
            NeedsDownload = parts.NeedsDownload,
            HasCleanup = executor.Map.Text("cleanup_command") is not null,
            Inputs = parts.Inputs,
            File = file.Relative,
            Span = name.Span,
            TechniqueSpan = techniqueSpan,
        };
    }

    private (string Name, YamlMapping Map)? ReadExecutor(YamlMapping test, YamlScalar name)
    {
        if (test.Map("executor") is not { } map || map.Text("name") is not { } executor)
            LeaveOut(test.Find("executor")?.Span ?? name.Span, $"'executor' has no 'name', so '{name.Value}' is left out");
        else if (!Executors.Contains(executor.Value))
            LeaveOut(executor.Span, $"'{executor.Value}' is no executor; {Spelling.OneOf(Executors)} are, so '{name.Value}' is left out");
        else if (map.Text(executor.Value == "manual" ? "steps" : "command") is null)
            LeaveOut(executor.Span, $"'{name.Value}' says nothing to do in '{(executor.Value == "manual" ? "steps" : "command")}', so it is left out");
        else
            return (executor.Value, map);
        return null;
    }

    private ImmutableArray<string> ReadPlatforms(YamlMapping test, YamlScalar name)
    {
        var words = test.Find("supported_platforms") is YamlSequence list ? list.Items.OfType<YamlScalar>().ToArray() : [];
        foreach (var word in words.Where(word => !LibraryPlatforms.IsKnown(word.Value) || word.Value == "darwin"))
            Note(word.Span, $"'{word.Value}' is no platform of Atomic Red Team");
        if (words.Length == 0)
            Note(name.Span, $"'{name.Value}' has no 'supported_platforms', so it runs on none");
        return [.. words.Select(word => word.Value).Where(word => LibraryPlatforms.IsKnown(word)).Distinct()];
    }

    private Guid? ReadGuid(YamlMapping test, YamlScalar name)
    {
        if (test.Text("auto_generated_guid") is not { } text)
            LeaveOut(test.FindEntry("auto_generated_guid")?.Key.Span ?? name.Span, $"'{name.Value}' has no GUID, by which tests are run and results are matched, so it is left out");
        else if (!Guid.TryParseExact(text.Value.Trim(), "D", out var guid))
            LeaveOut(text.Span, $"'{text.Value}' is no GUID of the form 2536dee2-12fb-459a-8c37-971844fa73be, so '{name.Value}' is left out");
        else
            return guid;
        return null;
    }

    public void Note(SourceSpan span, string message) => diagnostics.Add(EmulationDiagnostics.Unusual.At(span, message));

    private EmulationTest? LeaveOut(SourceSpan span, string message)
    {
        diagnostics.Add(EmulationDiagnostics.LeftOut.At(span, message));
        return null;
    }
}
