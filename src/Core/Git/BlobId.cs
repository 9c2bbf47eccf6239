using System.Security.Cryptography;
using System.Text;

namespace Merlon.Core.Git;

/// <summary>Git's ids of contents.</summary>
internal static class BlobId
{
    /// <summary>The id that git gives a file of this content, in lower-case hexadecimal.</summary>
    public static string Of(ReadOnlySpan<byte> content, bool isSha256)
    {
        using var hash = IncrementalHash.CreateHash(isSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {content.Length}\0"));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
