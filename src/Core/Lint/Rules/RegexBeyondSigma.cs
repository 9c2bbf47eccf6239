using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class RegexBeyondSigma : RegexLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2311",
        Title = "Regular expression goes beyond Sigma's subset",
        Severity = Severity.Info,
        Rationale = """
            The specification counts on `. ^ $ * + ? {n,m} [...] | ( )` only; what else an expression uses is missing from some back end.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(RegexSyntax syntax, YamlScalar written)
    {
        foreach (var construct in syntax.Constructs.DistinctBy(construct => construct.Name))
            yield return Report(written.SpanOf(construct.Index, construct.Length),
                $"'{written.Value.Substring(construct.Index, construct.Length)}' is {construct.Name}, which some back ends lack; {WayOut(construct)}");
    }

    private static string WayOut(RegexConstruct construct) => construct.Name switch
    {
        RegexParser.Option => "write the modifier 're|i', 're|m' or 're|s'",
        "a named group" => "write '(' without a name",
        "a lazy quantifier" or "a possessive quantifier" => "write the quantifier alone",
        _ => "write it in plain syntax or split the selection",
    };
}
