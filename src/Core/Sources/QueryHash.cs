using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Merlon.Core.Sources;

/// <summary>What stands for the text of a search.</summary>
internal static class QueryHash
{
    /// <summary>SHA-256 in lower-case hexadecimal, the same whatever ends the lines; null for no text.</summary>
    [return: NotNullIfNotNull(nameof(query))]
    public static string? Of(string? query) => query is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query.ReplaceLineEndings("\n"))));
}
