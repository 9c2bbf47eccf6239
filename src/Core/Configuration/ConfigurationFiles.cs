using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Opens the YAML files of a configuration, remembers which they were, and resolves the paths in them.</summary>
internal sealed class ConfigurationFiles(ISourceTree tree, List<Diagnostic> diagnostics)
{
    private readonly SortedSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>Everything read so far, from the root.</summary>
    public ImmutableArray<string> Read => [.. _read];

    public ISourceTree Tree => tree;

    public List<Diagnostic> Diagnostics => diagnostics;

    public void Add(string path) => _read.Add(path);

    /// <summary>The map that a file holds; null, with a finding, for anything else. An empty file is an empty map.</summary>
    public YamlMapping? Open(string path)
    {
        _read.Add(path);
        if (tree.TryRead(path, YamlFile.MaxBytes, out var error) is not { } bytes)
        {
            diagnostics.Add(error!); // TryRead gives bytes or an error.
            return null;
        }
        var file = YamlFile.Parse(path, bytes);
        if (file.Diagnostics is [{ Info.Id: "MRL1004" }])
            return new(SourceSpan.StartOf(path), []);
        diagnostics.AddRange(file.Diagnostics);
        if (file is { Diagnostics: [], Documents: [{ Root: YamlMapping mapping }] })
            return mapping;
        if (file.Diagnostics.IsEmpty)
            diagnostics.Add(ConfigurationDiagnostics.UnreadableFile.At(SourceSpan.StartOf(path), "file holds something else than one map; write keys and values"));
        return null;
    }

    /// <summary>A path as written in a file, from the root; null, with a finding, when it leads out.</summary>
    public string? Resolve(YamlScalar written) => Pattern(written) is { } pattern ? pattern.Path : null;

    /// <summary>A pattern as written in a file.</summary>
    public PathPattern? Pattern(YamlScalar written)
    {
        var pattern = PathPattern.TryParse(written.Value, FolderOf(written.Span.Path));
        if (pattern is null)
            diagnostics.Add(ConfigurationDiagnostics.BadValue.At(written.Span, $"'{written.Value}' is not a path below the repository's root; write one with '/', relative to this file"));
        return pattern;
    }

    public static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";
}
