using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class RunawayRegex : RegexLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2309",
        Title = "Regular expression that can run away",
        Severity = Severity.Warning,
        Rationale = """
            One text can be matched in two ways by each round of a loop, so a back end that tries one way after another (PCRE, Java, .NET
            and Python do) needs twice the time for each further round before it gives up. An attacker who writes thirty of them into a
            command line stalls the search. Let only one of two nested quantifiers repeat, or make what they match disjoint: `(\w+\s)*`
            instead of `(\w+\s?)*`.
            """,
        Source = "https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS",
    };

    public override Preset Presets => Preset.Recommended | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(RegexSyntax syntax, YamlScalar written)
    {
        if (syntax.Root is { } root && RegexRunaway.Find(root) is var (loop, text))
            yield return Report(written.SpanOf(loop.Index, loop.Length),
                $"'{written.Value.Substring(loop.Index, loop.Length)}' matches each further '{text}' in two ways, so time doubles with each; make what its parts match disjoint");
    }
}
