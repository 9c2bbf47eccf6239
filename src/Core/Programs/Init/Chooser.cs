using Merlon.Core.Sources;

namespace Merlon.Core.Programs.Init;

/// <summary>Finds the patterns of one format and extension: few, wide enough for rules to come, and none that means another file that is there.</summary>
/// <param name="own">Files that init writes beside the rules, in the program's folder.</param>
/// <param name="patterns">Gets them.</param>
internal sealed class Chooser(FoundFiles found, string extension, IRuleSource format, IReadOnlyCollection<string> own, List<RulePattern> patterns)
{
    // Only patterns of Sigma rules can leave files out.
    private readonly bool _mayExclude = format is SigmaSource;

    // One of these files is known by its name.
    private readonly string _name = extension == ".conf" ? "savedsearches.conf" : $"*{extension}";

    public void Choose(FolderNode folder)
    {
        if (folder.AllWanted == 0)
            return;
        // The folder itself has much beside rules, and more to come: what lies in it is never meant as a whole.
        if (folder.Path.Length == 0)
            ChooseApart(folder, files => AddFiles(folder, files));
        else if (folder.AllOthers == 0)
            Add(folder, "**/", folder.AllWanted, below: true);
        else if (folder.Wanted.Count == 0 && (folder.Folders.Count(below => below.AllWanted > 0) == 1 || !_mayExclude))
            ChooseApart(folder, _ => { });
        else if (_mayExclude)
        {
            Add(folder, "**/", folder.AllWanted, below: true);
            Exclude(folder);
        }
        else
            ChooseApart(folder, files => AddFiles(folder, files));
    }

    private void ChooseApart(FolderNode folder, Action<IReadOnlyList<string>> chooseFiles)
    {
        if (folder.Wanted.Count > 0)
            chooseFiles(folder.Wanted);
        foreach (var below in folder.Folders)
            Choose(below);
    }

    private void AddFiles(FolderNode folder, IReadOnlyList<string> files)
    {
        if (!_mayExclude && folder.Others.Count > 0)
        {
            foreach (var file in files)
                patterns.Add(new(Written(file), format, 1, RulesIn([file])));
            return;
        }
        Add(folder, "", files.Count, below: false);
        foreach (var other in folder.Others.Concat(folder.Path.Length == 0 ? own.Where(name => name.EndsWith(extension, StringComparison.Ordinal)) : []).Distinct().Order(StringComparer.Ordinal))
            patterns.Add(new($"!{Written(other)}", format, 0, 0));
    }

    private void Exclude(FolderNode folder)
    {
        foreach (var file in folder.Others)
            patterns.Add(new($"!{Written(file)}", format, 0, 0));
        foreach (var below in folder.Folders.Where(below => below.AllOthers > 0))
            if (below.AllWanted == 0)
                patterns.Add(new($"!{Written(below.Path)}**", format, 0, 0));
            else
                Exclude(below);
    }

    private void Add(FolderNode folder, string depth, int files, bool below) =>
        patterns.Add(new($"{Written(folder.Path)}{depth}{_name}", format, files, RulesIn(found.Files.Where(file => file.Format == format && file.Extension == extension
            && file.Path.StartsWith(folder.Path, StringComparison.Ordinal) && (below || file.Path.IndexOf('/', folder.Path.Length) < 0)).Select(file => file.Path))));

    private int RulesIn(IEnumerable<string> files)
    {
        var wanted = files.ToHashSet(StringComparer.Ordinal);
        return found.Files.Where(file => file.Format == format && wanted.Contains(file.Path)).Sum(file => file.Rules);
    }

    /// <summary>A path as the start of a pattern: '!' begins an exclusion, a second ':' a drive, and '\' has no place in one, so '?' stands for it.</summary>
    public static string Written(string path)
    {
        var safe = path.Replace('\\', '?');
        return safe is ['!', ..] or [_, ':', ..] ? $"./{safe}" : safe;
    }

    /// <summary>The path that <see cref="Written"/> was given, but for '\'.</summary>
    public static string Place(string written) => written.StartsWith("./", StringComparison.Ordinal) ? written[2..] : written;
}
