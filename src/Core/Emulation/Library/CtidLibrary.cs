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
        var found = files.IsFile ? [files.Single] : files.Find("", [".yaml", ".yml"], _ => true).ToArray();
        // A checkout has its plans there, and elsewhere a description of their form that looks like one.
        if (found.Any(IsPlan))
            found = [.. found.Where(IsPlan)];
        var plans = 0;
        List<EmulationTest> tests = [];
        foreach (var file in found)
            if (Read(files, file) is { } plan)
            {
                plans++;
                tests.AddRange(plan);
            }
        return EmulationLibrary.Of(LibraryKind.Ctid, files, tests, "emulation plan", "no YAML file", plans == 0 ? $"no YAML list with '{Details}'" : "no procedure in it can be used");
    }

    private static bool IsPlan(LibraryFile file) => $"/{file.Relative}".Contains("/Emulation_Plan/", StringComparison.Ordinal);

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
