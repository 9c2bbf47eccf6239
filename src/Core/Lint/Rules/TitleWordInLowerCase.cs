using System.Collections.Frozen;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TitleWordInLowerCase : AlertingLintRule
{
    // Each fix writes the whole title. A longer one is a finding of its own.
    private const int Longest = 1000;

    // Words that begin with a small letter.
    private static readonly FrozenSet<string> Small = FrozenSet.Create(StringComparer.Ordinal,
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "new", "of", "on", "or", "over", "the", "through", "to", "via", "with", "without");

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2440",
        Title = "Word in a title is not capitalized",
        Severity = Severity.Warning,
        Rationale = """
            SigmaHQ writes titles in title case: each word begins with a capital letter, except for articles, prepositions and the
            like, and for names of files, paths and fields.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-title-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.FindText("title") is not { Value.Length: <= Longest } title)
            yield break;
        var start = 0;
        foreach (var word in title.Value.Split(' '))
        {
            if (IsWrong(word))
            {
                var meant = $"{char.ToUpperInvariant(word[0])}{word[1..]}";
                yield return Report(title.SpanOf(start, word.Length), $"'{word}' is not capitalized; write '{meant}'",
                    TextFix.Replace(title, $"{title.Value[..start]}{meant}{title.Value[(start + word.Length)..]}", isSafe: false));
            }
            start += word.Length + 1;
        }
    }

    // A name of a file, path or field has a dot, slash or underscore, and is written as it is.
    private static bool IsWrong(string word) =>
        word.Any(char.IsLower) && !word.Any(char.IsUpper) && !char.IsDigit(word[0]) && !word.AsSpan().ContainsAny("./_") && !Small.Contains(word);
}
