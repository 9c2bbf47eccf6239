using System.Globalization;

namespace Merlon.Core.Attack;

/// <summary>ATT&amp;CK id of a technique, <c>T1059</c>, or sub-technique, <c>T1059.001</c>. The domain can't be told from the number.</summary>
/// <param name="Number">The four digits: 0 to 9999.</param>
/// <param name="Sub">The three digits after the dot: 1 to 999, or 0 for a technique.</param>
internal readonly record struct TechniqueId(ushort Number, ushort Sub = 0) : IComparable<TechniqueId>
{
    public bool IsSubTechnique => Sub != 0;

    /// <summary>The technique that a sub-technique belongs to; a technique is its own.</summary>
    public TechniqueId Parent => new(Number);

    public int CompareTo(TechniqueId other) => Number != other.Number ? Number - other.Number : Sub - other.Sub;

    public override string ToString() => IsSubTechnique ? $"T{Digits(Number, "D4")}.{Digits(Sub, "D3")}" : $"T{Digits(Number, "D4")}";

    /// <summary>Reads either case (Sigma tags are lower-case). Runs once a tag, so it allocates nothing.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TechniqueId id)
    {
        ushort number = 0, sub = 0;
        var valid = text switch
        {
            ['T' or 't', _, _, _, _] => true,
            ['T' or 't', _, _, _, _, '.', .. { Length: 3 } digits] => Digits(digits, out sub) && sub != 0,
            _ => false,
        } && Digits(text[1..5], out number);
        id = valid ? new(number, sub) : default;
        return valid;
    }

    // As text before interpolation, which ReadyToRun precompiles for text only: ids are printed in every run.
    private static string Digits(ushort value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    // ushort.TryParse alone lets trailing NULs through.
    private static bool Digits(ReadOnlySpan<char> text, out ushort value) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && !text.ContainsAnyExceptInRange('0', '9');
}
