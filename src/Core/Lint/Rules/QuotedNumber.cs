using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class QuotedNumber : ItemLintRule
{
    private const int MostDigits = 4300;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2303",
        Title = "Number is written as a string",
        Severity = Severity.Info,
        Rationale = """
            Tools with typed fields compare a string with a numeric field, or the other way round, and find nothing. Write numbers
            without quotes. Where the field holds text, or the number has leading zeros, the quotes are right: suppress the finding
            there.
            """,
        Source = Specification,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        foreach (var (text, written) in Texts(item))
            if (text is { IsPlain: true, Parts: [{ Text: var number }] } && Yaml11.TypeOf(written) == Yaml11Type.Text && IsNumber(number))
                yield return Report(written.Span, written.IsPlain ? $"'{number}' is a number in a form that YAML reads as a string; write it in another form, or quote it to show that a string is meant"
                    : $"'{number}' is a number in quotes; remove them", Unquote(item, written));
    }

    // Only what is a number in the same digits. A modifier other than these two takes a text.
    private static Fix? Unquote(DetectionItem item, YamlScalar written) =>
        !written.IsPlain && written.IsAsWritten && IsCanonical(written.Value) && item.Modifiers.All(use => use.Modifier is Modifier.All or Modifier.Neq)
            ? new($"Write {written.Value}", IsSafe: true, new Edit(written.Span, written.Value)) : null;

    private static bool IsCanonical(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text;

    // What Python's int() takes, but for spaces: digits of any script, single underscores between them.
    private static bool IsNumber(string text)
    {
        var digits = text.AsSpan();
        if (digits.Contains(' '))
            return false;
        digits = digits.Trim();
        digits = digits is ['-' or '+', ..] ? digits[1..] : digits;
        if (digits.IsEmpty || digits.Length > MostDigits)
            return false;
        for (var i = 0; i < digits.Length; i++)
            if (!char.IsDigit(digits[i]) && !(digits[i] == '_' && i > 0 && i < digits.Length - 1 && digits[i - 1] != '_'))
                return false;
        return true;
    }
}
