using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Merlon.Core.Git;

/// <summary>Git's name for a file's content.</summary>
internal static class BlobId
{
    /// <returns>Lower-case hexadecimal digits: 40, or 64 for SHA-256.</returns>
    public static string Of(ReadOnlySpan<byte> content, bool isSha256)
    {
        using var hash = IncrementalHash.CreateHash(isSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0")));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <param name="content">Read from its beginning to its end.</param>
    public static string Of(Stream content, bool isSha256)
    {
        using var hash = IncrementalHash.CreateHash(isSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0")));
        var buffer = new byte[1 << 16];
        for (int read; (read = content.Read(buffer)) > 0;)
            hash.AppendData(buffer.AsSpan(0, read));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
