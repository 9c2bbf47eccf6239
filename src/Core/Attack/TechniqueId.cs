using System.Globalization;

namespace Merlon.Core.Attack;

/// <summary>
/// Names a technique, <c>T1059</c>, or a sub-technique, <c>T1059.001</c>; with a prefix one of an organisation's own, <c>ACME-T4000.001</c>.
/// Which domain has it can't be told from the number.
/// </summary>
/// <param name="Number">0 to 9999.</param>
/// <param name="Sub">1 to 999 for a sub-technique; 0 for a technique.</param>
internal readonly record struct TechniqueId(ushort Number, ushort Sub = 0) : IComparable<TechniqueId>
{
    private const int NumberDigits = 4, SubDigits = 3;

    /// <summary>Of an organisation, in upper case with the hyphen that ends it: <c>ACME-</c>. Null for ATT&amp;CK's own.</summary>
    public string? Prefix { get; init; }

    public bool IsSubTechnique => Sub != 0;

    /// <summary>The technique that the id puts a sub-technique under, which <see cref="AttackRelease.ParentOf"/> may know better; a technique is its own.</summary>
    public TechniqueId Parent => new(Number) { Prefix = Prefix };

    /// <summary>ATT&amp;CK's own first, by number; then those of organisations, by prefix.</summary>
    public int CompareTo(TechniqueId other) =>
        !ReferenceEquals(Prefix, other.Prefix) && string.CompareOrdinal(Prefix, other.Prefix) is not 0 and var order ? order
        : Number != other.Number ? Number - other.Number : Sub - other.Sub;

    public bool Equals(TechniqueId other) => Number == other.Number && Sub == other.Sub && string.Equals(Prefix, other.Prefix, StringComparison.Ordinal);

    // The same in every run: what is kept in a hash set may be listed in its order.
    public override int GetHashCode()
    {
        var hash = (Number << 10) | Sub;
        foreach (var character in Prefix ?? "")
            hash = (hash * 31) + character;
        return hash;
    }

    public override string ToString() => IsSubTechnique ? $"{Prefix}T{Digits(Number, "D4")}.{Digits(Sub, "D3")}" : $"{Prefix}T{Digits(Number, "D4")}";

    /// <summary>Reads an id in upper or lower case. Allocates nothing for ATT&amp;CK's own: it runs for every tag of every rule.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TechniqueId id)
    {
        const int technique = 1 + NumberDigits, subTechnique = technique + 1 + SubDigits;
        id = default;
        if (text.Length > subTechnique || (text.Length > technique && text[technique] != '.'))
            return TryParseOwn(text, out id);
        if (text.Length is not (technique or subTechnique) || text[0] is not ('T' or 't') || Value(text[1..technique]) is not { } number)
            return false;
        if (text.Length == technique)
        {
            id = new(number);
            return true;
        }
        if (Value(text[(technique + 1)..]) is not (> 0 and { } sub))
            return false;
        id = new(number, sub);
        return true;
    }

    private static bool TryParseOwn(ReadOnlySpan<char> text, out TechniqueId id)
    {
        id = default;
        if (OrganisationPrefix.LengthIn(text) is not (> 0 and var length) || !TryParse(text[length..], out var plain))
            return false;
        id = plain with { Prefix = text[..length].ToString().ToUpperInvariant() };
        return true;
    }

    // As text before interpolation, which ReadyToRun precompiles for text only: ids are printed in every run.
    private static string Digits(ushort value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    // Null for anything but the digits 0 to 9. Not ushort.TryParse: it takes a NUL after the digits for their end.
    private static ushort? Value(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
                return null;
            value = (value * 10) + digit - '0';
        }
        return (ushort)value;
    }
}
