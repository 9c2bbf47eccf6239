using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>Reads the content of a selection whose shape is right: fields, modifiers, values.</summary>
internal sealed class SelectionReader(ICollection<Diagnostic> diagnostics)
{
    public SelectionNode Read(YamlNode content) => content switch
    {
        YamlMapping map => new SelectionFields([.. map.Entries.Select(ReadEntry)]),
        YamlSequence list when list.Items.All(item => item is YamlScalar) => Keywords([.. list.Items.Cast<YamlScalar>()], list),
        YamlSequence list => new SelectionList([.. list.Items.Select(Read)]),
        _ => Keywords([(YamlScalar)content], list: null), // the third kind of node
    };

    private static DetectionItem Keywords(ImmutableArray<YamlScalar> written, YamlSequence? list) =>
        new() { Span = written[0].Span, Written = written, List = list, Values = [.. written.Select(ValueOf)] };

    private DetectionItem ReadEntry(YamlEntry entry)
    {
        var (key, value) = (entry.Key, entry.Value);
        var bar = key.Value.IndexOf('|', StringComparison.Ordinal);
        var field = bar < 0 ? key.Value : key.Value[..bar];
        ImmutableArray<YamlScalar> written = value is YamlSequence list ? [.. list.Items.OfType<YamlScalar>()] : [(YamlScalar)value]; // the shape is right
        var before = diagnostics.Count;
        var modifiers = ReadModifiers(key, bar);
        DetectionItem item = new()
        {
            Key = key,
            Field = field.Length == 0 ? null : field,
            Span = field.Length == 0 ? key.Span : key.SpanOf(0, field.Length),
            Modifiers = modifiers,
            Written = written,
            List = value as YamlSequence,
        };
        if (diagnostics.Count == before)
            CheckPlaces(item);
        var values = diagnostics.Count > before ? [] : written.Select(one => Apply(one, modifiers)).ToImmutableArray();
        return item with { Values = diagnostics.Count > before ? [] : [.. values.OfType<SigmaValue>()] };
    }

    private ImmutableArray<ModifierUse> ReadModifiers(YamlScalar key, int bar)
    {
        if (bar < 0)
            return [];
        var uses = ImmutableArray.CreateBuilder<ModifierUse>();
        for (var start = bar + 1; start <= key.Value.Length;)
        {
            var end = key.Value.IndexOf('|', start);
            end = end < 0 ? key.Value.Length : end;
            SigmaText word = new(key.Value[start..end], key.SpanOf(start, end - start));
            if (Modifiers.ByName.TryGetValue(word.Value, out var modifier))
                uses.Add(new(modifier, word));
            else
                diagnostics.Add(SigmaDiagnostics.UnknownModifier.At(word.Span, word.Value.Length == 0 ? "a modifier is missing after '|'; write one or remove the '|'"
                    : $"'{word}' is not a modifier{Spelling.Hint(word.Value, Modifiers.ByName.Keys)}"));
            start = end + 1;
        }
        return uses.DrainToImmutable();
    }

    // What a modifier asks of those around it, whatever the value.
    private void CheckPlaces(DetectionItem item)
    {
        foreach (var use in item.Modifiers)
            if (use.Modifier == Modifier.Exists && item.Modifiers.Length > 1)
                Misplaced(use, "'exists' stands beside another modifier, but asks only whether the field is there; write it alone");
            else if (item.Field is null && use.Modifier is Modifier.Exists or Modifier.FieldRef)
                Misplaced(use, $"'{use.Text}' is about a field, and keywords have none; write the field's name before it");
    }

    private void Misplaced(ModifierUse use, string message) => diagnostics.Add(SigmaDiagnostics.MisplacedModifier.At(use.Span, message));

    private SigmaValue? Apply(YamlScalar written, ImmutableArray<ModifierUse> modifiers)
    {
        var isRegex = modifiers is [{ Modifier: Modifier.Re }, ..];
        if (isRegex && written.IsNull)
        {
            diagnostics.Add(SigmaDiagnostics.MisfitModifier.At(written.Span, "'re' takes a regular expression, and null is the absence of a value; drop the modifier"));
            return null;
        }
        SigmaValue value = isRegex ? new SigmaRegex(written.Value, "") : ValueOf(written);
        foreach (var (index, use) in modifiers.Index().Skip(isRegex ? 1 : 0))
        {
            var (next, defect) = ModifierChain.Apply(value, use, index == 0);
            if (next is null)
            {
                var isPlace = (use.Modifier is Modifier.Re or Modifier.Cidr && index > 0) || use.Modifier == Modifier.RegexFlag;
                diagnostics.Add(isPlace ? SigmaDiagnostics.MisplacedModifier.At(use.Span, defect!) : SigmaDiagnostics.MisfitModifier.At(written.Span, defect!)); // no value: a defect
                return null;
            }
            value = next;
        }
        return value;
    }

    /// <summary>A value as written, before any modifier.</summary>
    public static SigmaValue ValueOf(YamlScalar written)
    {
        if (written.IsNull)
            return new SigmaNull();
        if (written.AsBoolean is { } truth)
            return new SigmaBoolean(truth);
        return written.IsPlain && AsNumber(written.Value) is { } number ? new SigmaNumber(number) : SigmaString.Parse(written.Value);
    }

    // YAML 1.2.2, section 10.3.2: decimal, octal and hexadecimal integers, and floats. Infinity and what is too large stay text, and so does
    // what begins with zeros: YAML 1.1 reads 0777 as 511 and 0429 as text, and whoever writes 00000429 means all eight digits.
    private static decimal? AsNumber(string text)
    {
        if (text is not ([>= '0' and <= '9', ..] or ['-' or '+' or '.', _, ..]) or ['0', >= '0' and <= '9', ..])
            return null;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return text.Length is > 2 and < 23 && !text.AsSpan(2).ContainsAnyExceptInRange('0', '7') ? text.AsSpan(2).ToString().Aggregate(0m, (sum, digit) => (sum * 8) + digit - '0') : null;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
