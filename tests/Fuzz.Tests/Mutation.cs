using System.Text;
using CsCheck;

namespace Merlon.Fuzz.Tests;

/// <summary>Changes seeds as a hostile or a careless author would.</summary>
internal static class Mutation
{
    private const int MostSteps = 6;

    // What breaks readers of any format.
    private static readonly byte[][] Common =
    [
        [0], [0x1B, (byte)'[', (byte)'3', (byte)'1', (byte)'m'], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0x1F, 0x8B],
        .. Texts("\r\n", "\r", "\u0085", "\u2028", "\u202E", "\uD83D\uDE00", "\\ud800", "::error::x", "<script>", "=cmd", "|", "`", "..", "/", "\t", "\"", "'", "\\", "{", "}", "[", "]", "(", ")", ":", ",", "#", "---\n", "%",
            "-1", "2147483648", "9223372036854775808", "1e999", "0", "null", "true", "NaN", new string('[', 300), new string('(', 300), new string('{', 300), new string('9', 400)),
    ];

    /// <summary>Bytes near to one of the seeds.</summary>
    /// <param name="words">What the format knows.</param>
    public static Gen<byte[]> Of(byte[][] seeds, params string[] words)
    {
        byte[][] tokens = [.. Common, .. Texts(words)];
        var step = Gen.Select(Gen.Int[0, 7], Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue], Gen.Int[0, tokens.Length - 1], Gen.Int[0, seeds.Length - 1]);
        return Gen.Select(Gen.Int[0, seeds.Length - 1], step.Array[1, MostSteps]).Select((seed, steps) => steps.Aggregate(seeds[seed], (bytes, one) => Apply(bytes, one.Item1, one.Item2, one.Item3, tokens[one.Item4], seeds[one.Item5])));
    }

    private static byte[][] Texts(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    private static byte[] Apply(byte[] bytes, int kind, int first, int second, byte[] token, byte[] other)
    {
        var at = first % (bytes.Length + 1);
        var end = at + (second % (Math.Min(bytes.Length - at, 64) + 1));
        return kind switch
        {
            0 when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (second % 8))), .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[end..]],
            2 => [.. bytes[..end], .. bytes[at..]],
            3 => [.. bytes[..at], .. other[(second % (other.Length + 1))..]],
            4 => bytes[..at],
            5 => WithNumber(bytes, at, token),
            _ => [.. bytes[..at], .. token, .. bytes[at..]],
        };
    }

    // The next number becomes the token.
    private static byte[] WithNumber(byte[] bytes, int at, byte[] token)
    {
        var start = Array.FindIndex(bytes, at, one => char.IsAsciiDigit((char)one));
        if (start < 0)
            return bytes;
        var end = start;
        while (end < bytes.Length && char.IsAsciiDigit((char)bytes[end]))
            end++;
        return [.. bytes[..start], .. token, .. bytes[end..]];
    }
}
