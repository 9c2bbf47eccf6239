using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class MisspeltField : FieldLintRule
{
    // In shorter names one letter makes another word.
    private const int Shortest = 5;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2511",
        Title = "Field name is misspelt",
        Severity = Severity.Warning,
        Rationale = """
            A misspelt field has no value in any event, so the selection never matches, or the filter never filters. Only names that
            differ by one letter, by two swapped letters or by case are reported, and only for log sources whose fields are known.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-taxonomy.md",
    };

    // The manners of SigmaHQ report every unknown field, with the same hint.
    public override Preset Presets => Preset.Recommended | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(DetectionField field, LogSource source)
    {
        if (field.Name.Length >= Shortest && Taxonomy.Find(source) is { } known && !known.Fields.Contains(field.Name)
            && known.Fields.Where(name => IsTypingError(field.Name, name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } meant)
            yield return Report(field.Span, $"'{field.Name}' is not a field of '{known}'; write '{meant}'", Rename(field, meant));
    }

    private static bool IsTypingError(string written, string meant)
    {
        var (longer, shorter) = written.Length >= meant.Length ? (written, meant) : (meant, written);
        if (longer.Length - shorter.Length > 1 || shorter.Length < Shortest - 1)
            return false;
        var start = 0;
        while (start < shorter.Length && IsSame(longer[start], shorter[start]))
            start++;
        var end = 0;
        while (end < shorter.Length - start && IsSame(longer[^(end + 1)], shorter[^(end + 1)]))
            end++;
        var (more, fewer) = (longer[start..^end], shorter[start..^end]);
        // Numbered fields are different ones: 'param1' is not 'param2'.
        return !more.Any(char.IsAsciiDigit) && !fewer.Any(char.IsAsciiDigit)
            && (more.Length <= 1 || more.Length == 2 && fewer.Length == 2 && IsSame(more[0], fewer[1]) && IsSame(more[1], fewer[0]));
    }

    private static bool IsSame(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
