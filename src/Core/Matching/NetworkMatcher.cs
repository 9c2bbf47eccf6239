using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Merlon.Core.Matching;

/// <summary>An address in a network. An IPv4 address that is written as an IPv6 one counts as what it is.</summary>
/// <param name="network">A valid one, as written: an address alone, with a prefix length or with a mask.</param>
internal sealed class NetworkMatcher(string network) : SingleValueMatcher
{
    private readonly byte[] _address = AddressOf(network.Split('/')[0])!; // it is valid
    private readonly int _length = LengthOf(network);

    public override string Wanted => $"is in the network {network}";

    public override MatchOutcome Match(EventValue value)
    {
        if (value.Kind != EventValueKind.Text || AddressOf(value.Text) is not { } address || address.Length != _address.Length)
            return MatchOutcome.NotMatched;
        var whole = _length / 8;
        return MatchOutcomes.Of(address.AsSpan(0, whole).SequenceEqual(_address.AsSpan(0, whole))
            && (_length % 8 == 0 || (address[whole] ^ _address[whole]) >> (8 - (_length % 8)) == 0));
    }

    private static byte[]? AddressOf(string text)
    {
        // The framework takes much more than addresses.
        if (text.Length is < 2 or > 60 || !(text.Contains(':') ? char.IsAsciiHexDigit(text[0]) || text[0] == ':' : IsDotted(text)) || !IPAddress.TryParse(text, out var address))
            return null;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6 && !text.Contains(':') ? null : address.GetAddressBytes();
    }

    // Four numbers that do not begin with a zero, which would be octal to some.
    private static bool IsDotted(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(part => part.Length is > 0 and < 4 && !part.AsSpan().ContainsAnyExceptInRange('0', '9') && (part.Length == 1 || part[0] != '0'));
    }

    private static int LengthOf(string network)
    {
        var bits = network.Contains(':') ? 128 : 32;
        if (network.Split('/') is not [_, var prefix])
            return bits;
        if (int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return length;
        // 255.255.0.0, or the other way round.
        var ones = IPAddress.Parse(prefix).GetAddressBytes().Sum(part => int.PopCount(part));
        return prefix.StartsWith('0') && ones > 0 ? bits - ones : ones;
    }
}
