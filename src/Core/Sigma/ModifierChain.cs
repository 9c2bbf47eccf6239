using System.Collections.Immutable;
using System.Text;

namespace Merlon.Core.Sigma;

/// <summary>Applies modifiers to a value, from the left to the right, each to what the one before left.</summary>
internal static class ModifierChain
{
    private const string Text = "a string";

    /// <summary>The value after one modifier, or why it cannot be applied.</summary>
    /// <param name="isFirst">Whether no other modifier stands before it.</param>
    public static (SigmaValue? Value, string? Defect) Apply(SigmaValue value, ModifierUse use, bool isFirst)
    {
        if (value is SigmaExpansion expansion)
            return ApplyToEach(expansion, use, isFirst);
        var word = use.Text.Value;
        return (use.Modifier, value) switch
        {
            // These two are of the whole item.
            (Modifier.All or Modifier.Neq, _) => (value, null),
            (Modifier.Contains or Modifier.StartsWith or Modifier.EndsWith, _) => Open(value, use),
            (Modifier.Exists, SigmaBoolean truth) => (new SigmaExists(truth.Truth), null),
            (Modifier.Exists, _) => Misfit(use, value, "true or false"),
            (Modifier.Cased, SigmaString text) => (text with { IsCased = true }, null),
            (Modifier.Re, _) when !isFirst => (null, "'re' stands after another modifier; a regular expression takes the value as written, so put it first"),
            (Modifier.RegexFlag, SigmaRegex regex) => (regex with { Flags = string.Concat("ims".Where(flag => regex.Flags.Contains(flag) || flag == FlagOf(word))) }, null),
            (Modifier.RegexFlag, _) => (null, $"'{word}' is an option of a regular expression; write it after 're'"),
            (Modifier.Cidr, _) when !isFirst => (null, "'cidr' stands after another modifier; a network takes the value as written, so put it first"),
            (Modifier.Cidr, SigmaString { IsPlain: true } network) => (new SigmaCidr(network.PlainText), null),
            (Modifier.Cidr, _) => Misfit(use, value, "a network such as 10.0.0.0/8"),
            (Modifier.Compare, SigmaNumber number) => (new SigmaComparison(word, number.Number, null), null),
            (Modifier.Compare, SigmaTimestampPart part) => (new SigmaComparison(word, part.Number, part.Part), null),
            (Modifier.Compare, _) => Misfit(use, value, "a number without quotes"),
            (Modifier.TimestampPart, SigmaNumber number) when number.Number == decimal.Truncate(number.Number) => (new SigmaTimestampPart(word, number.Number), null),
            (Modifier.TimestampPart, _) => Misfit(use, value, "a whole number without quotes"),
            (Modifier.FieldRef, SigmaString { IsPlain: true } field) => (new SigmaFieldReference(field.PlainText, false, false), null),
            (Modifier.FieldRef, _) => Misfit(use, value, "the name of a field, without wildcards"),
            (Modifier.Expand, SigmaString text) => (text.WithPlaceholders(), null),
            (Modifier.Expand, SigmaRegex) => (value, null),
            (Modifier.Windash, SigmaString text) => Windash.Expand(text) is { } forms ? (new SigmaExpansion(forms), null)
                : (null, $"'windash' makes five forms for each dash, and this value has more than {Windash.MaxDashes}; split it"),
            (Modifier.Base64 or Modifier.Base64Offset or Modifier.Wide or Modifier.Utf16 or Modifier.Utf16Be, SigmaString { IsPlain: false }) =>
                (null, $"'{word}' encodes a string, and a wildcard or placeholder has no encoding; escape it or split the value"),
            (Modifier.Base64, SigmaString text) => (Encoded(Convert.ToBase64String(BytesOf(text)), text), null),
            (Modifier.Base64Offset, SigmaString text) => (new SigmaExpansion(Offsets(text)), null),
            (Modifier.Wide, SigmaString text) => (Bytes(Encoding.Unicode.GetBytes(text.PlainText), text), null),
            (Modifier.Utf16, SigmaString text) => (Bytes([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text.PlainText)], text), null),
            (Modifier.Utf16Be, SigmaString text) => (Bytes(Encoding.BigEndianUnicode.GetBytes(text.PlainText), text), null),
            _ => Misfit(use, value, Text),
        };
    }

    private static (SigmaValue?, string?) ApplyToEach(SigmaExpansion expansion, ModifierUse use, bool isFirst)
    {
        var forms = ImmutableArray.CreateBuilder<SigmaValue>(expansion.Forms.Length);
        foreach (var form in expansion.Forms)
        {
            var (value, defect) = Apply(form, use, isFirst);
            if (value is null)
                return (null, defect);
            // Forms of forms are forms: base64offset after windash.
            if (value is SigmaExpansion inner)
                forms.AddRange(inner.Forms);
            else
                forms.Add(value);
        }
        return (new SigmaExpansion(forms.DrainToImmutable()), null);
    }

    private static (SigmaValue?, string?) Open(SigmaValue value, ModifierUse use)
    {
        var (atStart, atEnd) = (use.Modifier is Modifier.Contains or Modifier.EndsWith, use.Modifier is Modifier.Contains or Modifier.StartsWith);
        return value switch
        {
            SigmaString text => (text.Open(atStart, atEnd), null),
            SigmaRegex regex => (regex with { Pattern = Open(regex.Pattern, atStart, atEnd) }, null),
            SigmaFieldReference field => (field with { StartsWith = field.StartsWith || atEnd, EndsWith = field.EndsWith || atStart }, null),
            _ => Misfit(use, value, Text),
        };
    }

    private static string Open(string pattern, bool atStart, bool atEnd)
    {
        if (atStart && !pattern.StartsWith(".*", StringComparison.Ordinal) && !pattern.StartsWith('^'))
            pattern = ".*" + pattern;
        return atEnd && !pattern.EndsWith(".*", StringComparison.Ordinal) && !pattern.EndsWith('$') ? pattern + ".*" : pattern;
    }

    private static char FlagOf(string word) => word switch { "ignorecase" => 'i', "multiline" => 'm', "dotall" => 's', _ => word[0] };

    private static byte[] BytesOf(SigmaString text) => text.IsBytes ? Encoding.Latin1.GetBytes(text.PlainText) : Encoding.UTF8.GetBytes(text.PlainText);

    private static SigmaString Bytes(byte[] bytes, SigmaString of) => Encoded(Encoding.Latin1.GetString(bytes), of) with { IsBytes = true };

    // What 'cased' says before an encoding is about what comes out of it.
    private static SigmaString Encoded(string text, SigmaString of) => SigmaString.OfText(text) with { IsCased = of.IsCased };

    // What base64 makes of the bytes at each of the three places that they can have within it, less the characters that depend on what stands around them.
    private static ImmutableArray<SigmaValue> Offsets(SigmaString text) =>
    [
        .. Enumerable.Range(0, 3).Select(offset =>
        {
            var bytes = BytesOf(text);
            var encoded = Convert.ToBase64String([.. Enumerable.Repeat((byte)' ', offset), .. bytes]);
            var (start, end) = (offset switch { 0 => 0, 1 => 2, _ => 3 }, ((bytes.Length + offset) % 3) switch { 0 => 0, 1 => 3, _ => 2 });
            return Encoded(start < encoded.Length - end ? encoded[start..^end] : "", text);
        }),
    ];

    private static (SigmaValue?, string?) Misfit(ModifierUse use, SigmaValue value, string wanted) =>
        (null, $"'{use.Text}' takes {wanted}, and {Describe(value)}");

    private static string Describe(SigmaValue value) => value switch
    {
        SigmaString { Parts: [] } => "this value is empty",
        SigmaString { IsPlain: true } text => $"'{text.PlainText}' is a string",
        SigmaString => "this is a string with wildcards",
        SigmaNumber number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number.Number} is a number; quote it or drop the modifier"),
        SigmaBoolean truth => $"{(truth.Truth ? "true" : "false")} is a truth value; quote it or drop the modifier",
        SigmaNull => "null is the absence of a value; drop the modifier",
        SigmaRegex => "what stands before it makes a regular expression",
        SigmaCidr => "what stands before it makes a network",
        SigmaFieldReference => "what stands before it makes the name of a field",
        _ => "what stands before it makes something else; remove one of the modifiers",
    };
}
