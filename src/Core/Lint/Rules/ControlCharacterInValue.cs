using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ControlCharacterInValue : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2301",
        Title = "Control character in a value",
        Severity = Severity.Warning,
        Rationale = """
            In double quotes YAML reads `\t` as a tab and `\n` as a line break, so `"C:\temp"` holds a tab. Write paths in single
            quotes. A multi-line string holds line breaks too, and `wide` without base64 produces zero bytes.
            """,
        Source = Specification,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        foreach (var (text, written) in Texts(item))
            if (ControlCharacter(text) is { } found)
            {
                var index = written.Value.IndexOf(found);
                yield return Report(index < 0 ? written.Span : written.SpanOf(index, 1), $"the value holds the control character U+{(int)found:X4}; {(index < 0 ? "encode what the modifiers make of it as base64" : "write it in single quotes if a backslash is meant")}");
            }
    }

    private static char? ControlCharacter(SigmaString text)
    {
        foreach (var part in text.Parts)
            foreach (var c in part.Kind == StringPartKind.Text ? part.Text : "")
                if (c < '\u001F')
                    return c;
        return null;
    }
}
