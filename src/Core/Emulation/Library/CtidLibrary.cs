using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Emulation.Library;

/// <summary>Emulation plans of the Center for Threat-Informed Defense: one file, or a folder with plans among other files.</summary>
internal static class CtidLibrary
{
    private const string Details = "emulation_plan_details";

    /// <param name="path">Full path.</param>
    /// <param name="label">As the user named it.</param>
    public static EmulationLibrary Read(string path, string label)
    {
        LibraryFiles files = new(path, label);
        var found = files.IsFile ? [files.Single] : files.Find("", [".yaml", ".yml"], _ => true);
        var plans = 0;
        List<EmulationTest> tests = [];
        foreach (var file in found)
            if (Read(files, file) is { } plan)
            {
                plans++;
                tests.AddRange(plan);
            }
        var library = EmulationLibrary.Of(LibraryKind.Ctid, files, tests, "emulation plan: no YAML file");
        return plans > 0 || !library.IsUsable ? library : library with
        {
            IsUsable = false,
            Diagnostics = library.Diagnostics.Add(EmulationDiagnostics.UnusableLibrary.At(SourceSpan.StartOf(files.Label), $"'{files.Label}' holds no emulation plan: no YAML list with '{Details}'")),
        };
    }

    // Null for another file of the checkout, which is none of ours, broken or not.
    private static EmulationTest[]? Read(LibraryFiles files, LibraryFile file)
    {
        if (files.Read(file) is not { } bytes || bytes.AsSpan().IndexOf("emulation_plan_details"u8) < 0)
            return null;
        var yaml = LibraryYaml.Parse(file, bytes);
        files.Diagnostics.AddRange(yaml.Diagnostics);
        AbilityReader reader = new(LibraryKind.Ctid, file, files.Diagnostics);
        return
        [
            .. yaml.Documents.Select(document => document.Root).OfType<YamlSequence>().SelectMany(list => list.Items.OfType<YamlMapping>())
                .Where(item => item.Find(Details) is null).Select(reader.Read).OfType<EmulationTest>(),
        ];
    }
}
