using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class RunawayRegex : RegexLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2309",
        Title = "Regular expression can backtrack exponentially",
        Severity = Severity.Warning,
        Rationale = """
            Each round of a loop can match the same text in two ways, so an engine that backtracks (PCRE, Java, .NET, Python) takes
            twice as long for each further round before it gives up. An attacker who writes thirty of them into a command line
            stalls the search. Repeat only one of two nested quantifiers, or keep their parts from matching the same text:
            `(\w+\s)*` instead of `(\w+\s?)*`.
            """,
        Source = "https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS",
    };

    public override Preset Presets => Preset.Recommended | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(RegexSyntax syntax, YamlScalar written)
    {
        if (syntax.Root is { } root && RegexRunaway.Find(root) is var (loop, text))
            yield return Report(written.SpanOf(loop.Index, loop.Length),
                $"'{written.Value.Substring(loop.Index, loop.Length)}' can match each further '{text}' in two ways, so the time doubles with each; keep its parts from matching the same text");
    }
}
