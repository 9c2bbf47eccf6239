using Merlon.Core.Sigma;

namespace Merlon.Core.Matching;

/// <summary>An address in a network. An IPv4 address that is written as an IPv6 one counts as what it is, too.</summary>
/// <param name="network">A valid one, as written: an address alone, with a prefix length or with a mask.</param>
internal sealed class NetworkMatcher(string network) : SingleValueMatcher
{
    // The longest IPv6 address has 45 characters, and the name of a zone may follow it.
    private const int MaxLength = 100;

    private readonly (byte[] Address, int Length) _network = IpNetwork.Read(network);

    public override string Wanted => $"is in the network {network}";

    public override MatchOutcome Match(EventValue value)
    {
        if (value.Kind != EventValueKind.Text || value.Text.Length > MaxLength || IpNetwork.AddressOf(WithoutZone(value.Text)) is not { } address)
            return MatchOutcome.NotMatched;
        return MatchOutcomes.Of(Contains(address) || (IpNetwork.MappedV4(address) is { } own && Contains(own)));
    }

    private bool Contains(byte[] address)
    {
        var (own, length) = _network;
        var whole = length / 8;
        return address.Length == own.Length && address.AsSpan(0, whole).SequenceEqual(own.AsSpan(0, whole))
            && (length % 8 == 0 || (address[whole] ^ own[whole]) >> (8 - (length % 8)) == 0);
    }

    // Only IPv6 addresses have zones.
    private static string WithoutZone(string text) => text.Contains(':') && text.IndexOf('%') is > 0 and var zone ? text[..zone] : text;
}
