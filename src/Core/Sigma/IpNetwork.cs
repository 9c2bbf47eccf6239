using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Merlon.Core.Sigma;

/// <summary>An IPv4 or IPv6 network as Sigma's <c>cidr</c> takes it: an address with a prefix length or, for IPv4, a mask; an address alone is itself.</summary>
internal static class IpNetwork
{
    private const int BitsOfV4 = 32;

    /// <summary>The bytes of an address, of which the first bits count; those of an IPv4 network that is written as an IPv6 one are its own four.</summary>
    /// <param name="text">A network without a defect.</param>
    public static (byte[] Address, int Length) Read(string text)
    {
        var slash = text.IndexOf('/');
        var bytes = AddressOf(slash < 0 ? text : text[..slash])!; // without a defect it is one
        var bits = bytes.Length * 8;
        var length = slash < 0 ? bits : LengthOf(text[(slash + 1)..], bits)!.Value; // as above
        return MappedV4(bytes) is { } own && length >= bits - BitsOfV4 ? (own, length - bits + BitsOfV4) : (bytes, length);
    }

    /// <summary>The last four bytes of an IPv6 address that stands for an IPv4 one; null for every other address.</summary>
    public static byte[]? MappedV4(byte[] address) =>
        address is [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, .. var own] ? own : null;

    /// <summary>Why a text is no network, or null; and the network that is probably meant, where only its last bits are wrong.</summary>
    public static (string Defect, string? Meant)? DefectOf(string text)
    {
        var slash = text.IndexOf('/');
        var address = slash < 0 ? text : text[..slash];
        if (AddressOf(address) is not { } bytes)
            return ($"'{address}' is not an IPv4 or IPv6 address; write one such as 10.0.0.0 or 2001:db8::", null);
        var bits = bytes.Length * 8;
        if (slash < 0)
            return null;
        var prefix = text[(slash + 1)..];
        if (LengthOf(prefix, bits) is not { } length)
            return ($"'{prefix}' is not a prefix length of an {(bits == BitsOfV4 ? "IPv4" : "IPv6")} network; write a number from 0 to {bits}", null);
        var network = bytes.Select((value, index) => (byte)(value & (0xFF00 >> Math.Clamp(length - (index * 8), 0, 8)))).ToArray();
        if (network.AsSpan().SequenceEqual(bytes))
            return null;
        var meant = $"{new IPAddress(network)}/{prefix}";
        return ($"'{text}' has host bits set, so tools refuse it; write '{meant}', or '{address}/{bits}' for the one address", meant);
    }

    /// <summary>The four or sixteen bytes of an address alone; null for every other text.</summary>
    public static byte[]? AddressOf(string address)
    {
        if (!address.Contains(':'))
            return BytesOfV4(address);
        // The framework also takes brackets, ports and zones.
        return address.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.') && IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6
            ? parsed.GetAddressBytes() : null;
    }

    // Four decimal numbers, which do not begin with a zero: that would be octal to some.
    private static byte[]? BytesOfV4(string address)
    {
        var bytes = address.Split('.').Select(ByteOf).ToArray();
        return bytes.Length == 4 && bytes.All(value => value is not null) ? [.. bytes.Select(value => value!.Value)] : null; // just told
    }

    private static byte? ByteOf(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange('0', '9') && (text.Length == 1 || !text.StartsWith('0')) && byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int? LengthOf(string prefix, int bits)
    {
        if (prefix.Length > 0 && !prefix.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= bits ? length : null;
        if (bits != BitsOfV4 || BytesOfV4(prefix) is not [var a, var b, var c, var d])
            return null;
        // 255.255.0.0, or the other way round.
        var mask = (uint)(a << 24 | b << 16 | c << 8 | d);
        mask = a == 0 && mask != 0 ? ~mask : mask;
        var ones = int.CreateChecked(uint.LeadingZeroCount(~mask));
        return ones == int.CreateChecked(uint.PopCount(mask)) ? ones : null;
    }
}
