using Merlon.Core.Attack;

namespace Merlon.Core.Emulation.Library;

/// <summary>Atomic Red Team: a checkout, its <c>atomics</c> or <c>Indexes-CSV</c> folder, one technique's file, or one index.</summary>
internal static class AtomicLibrary
{
    private const string Atomics = "atomics", Indexes = "Indexes-CSV";

    /// <param name="path">Full path.</param>
    /// <param name="label">As the user named it.</param>
    public static EmulationLibrary Read(string path, string label)
    {
        LibraryFiles files = new(path, label);
        return EmulationLibrary.Of(LibraryKind.AtomicRedTeam, files, Read(files), "test of Atomic Red Team", "no T1003/T1003.yaml and no index.csv");
    }

    private static IEnumerable<EmulationTest> Read(LibraryFiles files)
    {
        if (files.IsFile)
            return IsIndex(files.Single.Relative) ? AtomicIndex.Read(files, [files.Single]) : ReadTechnique(files, files.Single);
        var techniques = files.Find(files.HasFolder(Atomics) ? Atomics : "", [".yaml", ".yml"], name => TechniqueId.TryParse(Path.GetFileNameWithoutExtension(name), out _)).ToArray();
        if (techniques.Length > 0)
            return techniques.SelectMany(file => ReadTechnique(files, file));
        var folder = files.HasFolder(Indexes) ? Indexes : "";
        return AtomicIndex.Read(files, [.. files.Find(folder, [".csv"], name => name.EndsWith("index.csv", StringComparison.OrdinalIgnoreCase))]);
    }

    private static bool IsIndex(string name) => name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<EmulationTest> ReadTechnique(LibraryFiles files, LibraryFile file) =>
        files.Read(file) is { } bytes ? new AtomicFile(file, files.Diagnostics).Read(bytes) : [];
}
