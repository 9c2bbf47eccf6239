using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Attack;

/// <summary>A release as three text files: <c>x.tsv</c>, <c>x.groups.tsv</c> and <c>x.detection.tsv</c>. The format is described in docs/attack.md.</summary>
internal static class AttackTable
{
    /// <summary>The three files of the table <c>x.tsv</c>.</summary>
    public static (string Techniques, string Groups, string Detection) PathsOf(string path)
    {
        var stem = path.EndsWith(".tsv", StringComparison.Ordinal) ? path[..^".tsv".Length] : path;
        return (path, $"{stem}.groups.tsv", $"{stem}.detection.tsv");
    }

    /// <summary>Reads a user's table, all of it at once: a damaged part is found now or never.</summary>
    /// <param name="fullPath">Of <c>x.tsv</c>; the other parts lie beside it.</param>
    /// <param name="displayPath">The same file from the repository root, for diagnostics.</param>
    /// <returns>The release, or null and what is wrong.</returns>
    public static (AttackRelease? Release, ImmutableArray<Diagnostic> Diagnostics) Read(string fullPath, string displayPath)
    {
        var (files, names) = (PathsOf(fullPath), PathsOf(displayPath));
        return Read(part => File.OpenRead(part == names.Techniques ? files.Techniques : part == names.Groups ? files.Groups : files.Detection), displayPath);
    }

    /// <param name="open">Opens a part by its path.</param>
    /// <param name="path">Of <c>x.tsv</c>, from the repository root; the other parts lie beside it.</param>
    public static (AttackRelease? Release, ImmutableArray<Diagnostic> Diagnostics) Read(Func<string, Stream> open, string path)
    {
        var names = PathsOf(path);
        var (header, techniques, errors) = Read(open, names.Techniques, TechniqueTable.Read);
        var (groupsHeader, groups, groupsErrors) = Read(open, names.Groups, GroupTable.Read);
        var (detectionHeader, detection, detectionErrors) = Read(open, names.Detection, DetectionTable.Read);
        ImmutableArray<Diagnostic> diagnostics =
            [.. errors, .. groupsErrors, .. detectionErrors, .. Compare(header, groupsHeader, names.Groups), .. Compare(header, detectionHeader, names.Detection)];
        if (header is null || techniques is null || groups is null || detection is null || !diagnostics.IsEmpty)
            return (null, diagnostics);
        diagnostics =
        [
            .. TableRelations.CheckGroups(techniques, groups).Select(problem => Unreadable(names.Groups, problem)),
            .. TableRelations.CheckDetection(techniques, detection).Select(problem => Unreadable(names.Detection, problem)),
        ];
        return diagnostics.IsEmpty
            ? (new(header.Domain, header.Version, new(techniques), new(groups), new(detection)) { IsRebuilt = header.IsRebuilt }, [])
            : (null, diagnostics);
    }

    /// <summary>Writes the three parts: the same release, the same bytes.</summary>
    public static void Write(AttackRelease release, TextWriter techniques, TextWriter groups, TextWriter detection)
    {
        TechniqueTable.Write(release, techniques);
        GroupTable.Write(release, groups);
        DetectionTable.Write(release, detection);
    }

    private static (TableHeader? Header, T? Part, ImmutableArray<Diagnostic> Diagnostics) Read<T>(Func<string, Stream> open, string path, Func<TableReader, T> read)
        where T : class
    {
        try
        {
            using var file = open(path);
            TableReader reader = new(file, path);
            return (reader.Header, read(reader), reader.Diagnostics);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var reason = error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "the file cannot be opened";
            return (null, null, [Unreadable(path, reason)]);
        }
    }

    private static IEnumerable<Diagnostic> Compare(TableHeader? header, TableHeader? other, string path)
    {
        if (header is not null && other is not null && (header.Domain, header.Version) != (other.Domain, other.Version))
            yield return Unreadable(path, $"this part is of {other.Domain.Name} {other.Version} and the first one of {header.Domain.Name} {header.Version}");
    }

    private static Diagnostic Unreadable(string path, string problem) =>
        AttackDiagnostics.UnreadableTable.At(SourceSpan.StartOf(path), $"ATT&CK table cannot be read: {problem}");
}
