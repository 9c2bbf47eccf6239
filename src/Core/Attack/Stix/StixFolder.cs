using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Attack.Stix;

/// <summary>A folder of STIX files, as mitre/cti has one: each with one object or with many. Together they are one bundle.</summary>
internal static class StixFolder
{
    // The per-object files of MITRE's largest domain are 25,000 and have 37 MB.
    public const int MaxFiles = 100_000;
    private const long MaxBytes = 512L << 20;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        // What a link leads to is no part of the folder.
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
        MatchType = MatchType.Simple,
        MatchCasing = MatchCasing.CaseInsensitive,
    };

    /// <summary>Reads a file or a folder.</summary>
    public static (StixBundle? Bundle, ImmutableArray<Diagnostic> Diagnostics) ReadAny(string fullPath, string displayPath)
    {
        if (Directory.Exists(fullPath))
            return Read(fullPath, displayPath);
        using var stream = File.OpenRead(fullPath);
        return StixBundle.Read(stream, displayPath);
    }

    /// <summary>Reads every <c>.json</c> file below a folder, in the order of their paths.</summary>
    /// <param name="displayPath">The folder as it was named, for diagnostics.</param>
    /// <returns>The bundle with warnings, or null with the errors of every file.</returns>
    public static (StixBundle? Bundle, ImmutableArray<Diagnostic> Diagnostics) Read(string fullPath, string displayPath)
    {
        var files = new DirectoryInfo(fullPath).EnumerateFiles("*.json", Everything).Take(MaxFiles + 1)
            .Select(file => (Path: Path.GetRelativePath(fullPath, file.FullName).Replace('\\', '/'), File: file))
            .OrderBy(one => one.Path, StringComparer.Ordinal).ToArray();
        var problem = files.Length == 0 ? "the folder holds no .json file"
            : files.Length > MaxFiles ? $"the folder holds more than {MaxFiles} .json files"
            : files.Sum(one => one.File.Length) > MaxBytes ? $"the .json files of the folder are longer than {MaxBytes >> 20} MiB" : null;
        if (problem is not null)
            return (null, [AttackDiagnostics.UnreadableBundle.At(SourceSpan.StartOf(displayPath), $"STIX bundle cannot be read: {problem}")]);
        List<StixBundle> bundles = [];
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var (path, file) in files)
        {
            using var stream = file.OpenRead();
            var (bundle, found) = StixBundle.Read(stream, $"{displayPath.TrimEnd('/', '\\')}/{path}");
            diagnostics.AddRange(found);
            if (bundle is not null)
                bundles.Add(bundle);
        }
        return (bundles.Count < files.Length ? null : StixBundle.Join(displayPath, bundles), diagnostics.ToImmutable());
    }
}
