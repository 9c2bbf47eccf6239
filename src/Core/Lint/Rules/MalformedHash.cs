using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class MalformedHash : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2313",
        Title = "Hash is not in the form that Sysmon writes",
        Severity = Severity.Warning,
        Rationale = """
            Sysmon writes `Hashes` as `MD5=...,SHA256=...,IMPHASH=...`, each with its full number of hexadecimal digits. A value in
            another form never matches.
            """,
        Source = "https://learn.microsoft.com/sysinternals/downloads/sysmon",
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.Field is not ("Hashes" or "Hash"))
            yield break;
        foreach (var (value, written) in item.Values.Zip(item.Written))
            if (value is not SigmaString text)
                yield return Report(written.Span, $"'{written.Value}' is not a single text; write a hash such as 'MD5=' and 32 hexadecimal digits");
            else
                foreach (var part in text.Parts)
                    if (part.Kind == StringPartKind.Text && Defect(part.Text) is { } defect)
                        yield return Report(written.Span, defect);
    }

    private static string? Defect(string text)
    {
        if (text.Split('=') is not [var name, var digits])
            return $"'{text}' is not a name and a hash; write it as 'SHA256=' and the digits";
        var length = name switch { "MD5" or "IMPHASH" => 32, "SHA1" => 40, "SHA256" => 64, _ => 0 };
        if (length == 0)
            return $"'{name}' is not a hash that Sysmon writes; use MD5, SHA1, SHA256 or IMPHASH";
        // One line end may follow.
        var written = digits.EndsWith('\n') ? digits[..^1] : digits;
        return written.Length == length && written.All(char.IsAsciiHexDigit) ? null : $"'{digits}' is no {name} hash; write {length} hexadecimal digits";
    }
}
