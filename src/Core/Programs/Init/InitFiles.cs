using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Git;

namespace Merlon.Core.Programs.Init;

/// <summary>The files beside merlon.yml and profiles, and how any of them is written.</summary>
internal static class InitFiles
{
    public const string Project = "detections.proj";

    private const int MaxBytes = 1 << 20;

    private static readonly string[] Manifests = [".config/dotnet-tools.json", "dotnet-tools.json"];

    /// <summary>A rule to begin with, and its tests: paths from the program's folder, and names of templates.</summary>
    public static ImmutableArray<(string Path, string Template)> Example { get; } =
    [
        ("rules/windows/proc_creation_win_powershell_encoded_command.yml", "example.yml"),
        ("rules/windows/tests/proc_creation_win_powershell_encoded_command.match.json", "example.match.json"),
        ("rules/windows/tests/proc_creation_win_powershell_encoded_command.nomatch.json", "example.nomatch.json"),
    ];

    public static string ProjectText(string version) => $"<!-- 'dotnet build' checks the rules as 'merlon check' does. -->\n<Project Sdk=\"Merlon.Tasks/{version}\" />\n";

    public static InitFile Of(WorkingTree tree, string path, string text, bool overwrites)
    {
        if (tree.FullPathWithoutLinks(path) is not { } full)
            return new(path, text, InitState.Kept, "it, or a folder on its way, is a link, and links are not followed");
        if (Directory.Exists(full))
            return new(path, text, InitState.Kept, "it is a folder");
        if (!File.Exists(full))
            return new(path, text, InitState.New);
        var isSame = tree.TryReadFile(path, MaxBytes, out _) is { } bytes && bytes.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text));
        return new(path, text, overwrites && !isSame ? InitState.Overwritten : InitState.Kept);
    }

    /// <summary>The build keeps its last report in <c>obj</c>, which git must not have.</summary>
    public static InitFile GitIgnore(WorkingTree tree, string path)
    {
        const string line = "obj/";
        var file = Of(tree, path, line + "\n", overwrites: false);
        return file is not { State: InitState.Kept, Remark: null } || Ignores(tree, path) ? file : file with { Remark = $"add the line {line}: a build keeps its last report there" };
    }

    private static bool Ignores(WorkingTree tree, string path) => tree.TryReadFile(path, MaxBytes, out _) is { } bytes
        && Encoding.UTF8.GetString(bytes).Split('\n').Any(line => line.Trim().TrimStart('/').Replace("**/", "", StringComparison.Ordinal).TrimEnd('/') is "obj" or "[Oo]bj");

    /// <summary>The manifest of tools with this one in it.</summary>
    public static InitFile Manifest(WorkingTree tree, string version)
    {
        var path = Manifests.FirstOrDefault(tree.Exists) ?? Manifests[0];
        var kept = Of(tree, path, ToolManifest.New(version), overwrites: false);
        if (kept is not { State: InitState.Kept, Remark: null })
            return kept;
        var before = tree.TryReadFile(path, MaxBytes, out _);
        var after = before is null || before.Length > MaxBytes ? null : ToolManifest.With(version, before);
        return after is null ? kept with { Remark = $"it cannot be read as a manifest of tools; add to \"tools\": {ToolManifest.Entry(version)}" }
            : before.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(after)) ? kept : new(path, after, InitState.Changed);
    }

    /// <summary>Whole or not at all. What came into being meanwhile stays.</summary>
    public static void Write(WorkingTree tree, InitFile file)
    {
        if (tree.FullPathWithoutLinks(file.Path) is not { } full)
            throw new IOException($"'{file.Path}' became a link meanwhile and was left alone");
        var bytes = Encoding.UTF8.GetBytes(file.Text);
        if (file.State != InitState.New)
        {
            tree.Replace(file.Path, tree.TryReadFile(file.Path, MaxBytes, out _) ?? throw new IOException($"'{file.Path}' cannot be read any more and was left alone"), bytes);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(full)!); // a full path of a file has a folder
        NewFile.Put(full, bytes, overwrite: false);
    }
}
