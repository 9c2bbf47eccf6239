using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class EscapedWildcard : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2304",
        Title = "Escaped wildcard",
        Severity = Severity.Info,
        Rationale = """
            `\*` and `\?` are literal characters, not wildcards. They are easily written by accident after a path: `C:\Temp\*`
            searches for an asterisk, `C:\Temp\\*` for anything in the folder. Suppress the finding where the character is meant.
            """,
        Source = Specification,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        foreach (var (text, written) in Texts(item))
            if (text.Parts.Any(part => part.Kind == StringPartKind.Text && part.Text.AsSpan().ContainsAny('*', '?')))
                yield return Escaped(written);
    }

    private Diagnostic Escaped(YamlScalar written)
    {
        foreach (var (index, isEscaped) in Wildcards.In(written.Value))
            if (isEscaped)
                return Report(written.SpanOf(index - 1, 2), $"'\\{written.Value[index]}' is a literal character, not a wildcard; write '\\\\{written.Value[index]}' for a backslash and a wildcard");
        return Report(written.Span, "the value holds '*' or '?' as a character after its modifiers; make sure that no wildcard is meant");
    }
}
