using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ExpandWithoutPlaceholder : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2217",
        Title = "'expand' without a placeholder",
        Severity = Severity.Warning,
        Rationale = """
            `expand` replaces `%name%` with values from the configuration of the converter. Without a name between two percent signs
            it replaces nothing, and the string is searched for as it is. Write `\%` for a literal percent sign.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => FromRecommended;

    protected override bool IncludesFilters => true;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.Modifiers.FirstOrDefault(use => use.Modifier == Modifier.Expand) is not { } expand)
            yield break;
        var values = item.Written.Select(written => (Written: written, SigmaString.OfText(written.Value).WithPlaceholders().Parts)).ToArray();
        foreach (var (written, parts) in values)
            if (OpenPercent(parts) is { } rest)
                yield return Report(written.Span, $"'{rest}' begins a placeholder that is not closed; write '{rest}%' or escape the percent sign as '\\%'");
        if (values.Length > 0 && values.All(value => value.Parts.All(part => part.Kind == StringPartKind.Text) && OpenPercent(value.Parts) is null))
            yield return Report(expand.Span, "'expand' has no placeholder to expand; write one such as '%Administrators%' or remove the modifier");
    }

    // A percent sign that is left in the text, with the name behind it.
    private static string? OpenPercent(IEnumerable<StringPart> parts)
    {
        foreach (var part in parts)
            if (part.Kind == StringPartKind.Text && part.Text.IndexOf('%') is >= 0 and var start)
            {
                var end = start + 1;
                while (end < part.Text.Length && (char.IsLetterOrDigit(part.Text[end]) || part.Text[end] == '_'))
                    end++;
                if (end > start + 1 && char.IsLetter(part.Text[start + 1]))
                    return part.Text[start..end];
            }
        return null;
    }
}
