using System.Globalization;

namespace Merlon.Core.Attack;

/// <summary>Names a technique, <c>T1059</c>, or a sub-technique, <c>T1059.001</c>. Which domain has it can't be told from the number.</summary>
/// <param name="Number">0 to 9999.</param>
/// <param name="Sub">1 to 999 for a sub-technique; 0 for a technique.</param>
internal readonly record struct TechniqueId(ushort Number, ushort Sub = 0) : IComparable<TechniqueId>
{
    private const int NumberDigits = 4, SubDigits = 3;

    public bool IsSubTechnique => Sub != 0;

    /// <summary>The technique that a sub-technique belongs to; a technique is its own.</summary>
    public TechniqueId Parent => new(Number);

    public int CompareTo(TechniqueId other) => Number != other.Number ? Number - other.Number : Sub - other.Sub;

    public override string ToString() => IsSubTechnique ? $"T{Digits(Number, "D4")}.{Digits(Sub, "D3")}" : $"T{Digits(Number, "D4")}";

    /// <summary>Reads an id in upper or lower case. Allocates nothing: it runs for every tag of every rule.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TechniqueId id)
    {
        const int technique = 1 + NumberDigits, subTechnique = technique + 1 + SubDigits;
        id = default;
        if (text.Length is not (technique or subTechnique) || text[0] is not ('T' or 't') || Value(text[1..technique]) is not { } number)
            return false;
        if (text.Length == technique)
        {
            id = new(number);
            return true;
        }
        if (text[technique] != '.' || Value(text[(technique + 1)..]) is not (> 0 and { } sub))
            return false;
        id = new(number, sub);
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
