using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Merlon.Core.Programs;

namespace Merlon.Tasks;

/// <summary>What a check's answer depends on, as one hash. Equal keys mean an equal answer.</summary>
internal static class CheckKey
{
    // A deterministic compiler derives a module's id from its content.
    private static readonly Type[] Tool = [typeof(CheckKey), typeof(Check), typeof(YamlDotNet.Core.Parser)];

    /// <summary>Upper-case hexadecimal digits of SHA-256.</summary>
    public static string Of(CheckRequest request, Watched watched)
    {
        StringBuilder text = new();
        foreach (var type in Tool)
            Part(text, type.Module.ModuleVersionId.ToString());
        Part(text, request.Date.ToString("O", CultureInfo.InvariantCulture));
        foreach (var parameter in (string?[])[request.Directory, request.Config, request.Overrides.Release, request.Overrides.Level, request.Overrides.RollUp, request.Base?.ToString(), .. request.Overrides.Platforms])
            Part(text, parameter);
        foreach (var path in watched.Inputs())
        {
            FileInfo file = new(path);
            Part(text, path);
            Part(text, file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}") : "missing");
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.Unicode.GetBytes(text.ToString())));
    }

    // With its length before it, so that no two lists of parts make one text.
    private static void Part(StringBuilder text, string? part) => text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part};");
}
