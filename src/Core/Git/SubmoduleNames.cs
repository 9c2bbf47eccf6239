using System.Text;

namespace Merlon.Core.Git;

/// <summary>The names of submodules by their paths, as <c>.gitmodules</c> has them.</summary>
internal sealed class SubmoduleNames
{
    public const string File = ".gitmodules";
    public const int MaxBytes = 1 << 20;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>A path's own text where no name is known: git takes it for the name too.</summary>
    public string Of(string path) => _names.GetValueOrDefault(path, path);

    /// <summary>The paths that have a name.</summary>
    public IEnumerable<string> Paths => _names.Keys;

    /// <param name="bytes">Null where there is no such file.</param>
    public static SubmoduleNames Read(byte[]? bytes)
    {
        SubmoduleNames names = new();
        string? name = null;
        foreach (var line in Encoding.UTF8.GetString(bytes ?? []).Split('\n').Select(line => line.Trim()))
            if (line.StartsWith('['))
                name = line.StartsWith("[submodule \"", StringComparison.Ordinal) && line.EndsWith("\"]", StringComparison.Ordinal) && line.Length >= "[submodule \"\"]".Length ? Unescape(line["[submodule \"".Length..^2]) : null;
            else if (name is not null && IsName(name) && line.Split('=', 2) is [var key, var value] && string.Equals(key.Trim(), "path", StringComparison.OrdinalIgnoreCase))
                names._names.TryAdd(Unescape(value.Trim().Trim('"')).TrimEnd('/'), name);
        return names;
    }

    private static string Unescape(string text) => text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    // Git keeps a submodule's store in a folder of its name: it must not lead out.
    private static bool IsName(string name) => name.Split('/', '\\').All(part => part is not ("" or "." or "..")) && !name.Contains(':', StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal);
}
