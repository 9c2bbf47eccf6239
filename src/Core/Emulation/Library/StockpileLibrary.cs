using Merlon.Core.Yaml;

namespace Merlon.Core.Emulation.Library;

/// <summary>The abilities of Caldera's stockpile, or of another plugin of its shape: a checkout, or its folder of abilities.</summary>
internal static class StockpileLibrary
{
    /// <param name="path">Full path.</param>
    /// <param name="label">As the user named it.</param>
    public static EmulationLibrary Read(string path, string label)
    {
        LibraryFiles files = new(path, label);
        return EmulationLibrary.Of(LibraryKind.Caldera, files, Find(files).SelectMany(file => Read(files, file)), "ability", "no .yml file in data/abilities");
    }

    private static IEnumerable<LibraryFile> Find(LibraryFiles files) => files.IsFile ? [files.Single]
        : files.Find(files.HasFolder("data/abilities") ? "data/abilities" : "", [".yml", ".yaml"], _ => true);

    private static EmulationTest[] Read(LibraryFiles files, LibraryFile file)
    {
        if (files.Read(file) is not { } bytes)
            return [];
        var yaml = LibraryYaml.Parse(file, bytes);
        files.Diagnostics.AddRange(yaml.Diagnostics);
        AbilityReader reader = new(LibraryKind.Caldera, file, files.Diagnostics);
        return [.. yaml.Documents.SelectMany(document => document.Root switch
        {
            YamlSequence list => list.Items.OfType<YamlMapping>().Where(item => !IsAdversary(item)),
            YamlMapping one when !IsAdversary(one) => [one],
            _ => [],
        }).Select(reader.Read).OfType<EmulationTest>()];
    }

    // A folder that the user names may have adversaries beside the abilities.
    private static bool IsAdversary(YamlMapping map) => map.Find("atomic_ordering") is not null || map.Find("phases") is not null;
}
