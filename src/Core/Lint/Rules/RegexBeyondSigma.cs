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
            The specification relies on `. ^ $ * + ? {n,m} [...] | ( )` only. Whatever else an expression uses, some back end does
            not support. Rewrite it with these, or split the selection.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(RegexSyntax syntax, YamlScalar written)
    {
        foreach (var construct in syntax.Constructs.DistinctBy(construct => construct.Name))
            yield return Report(written.SpanOf(construct.Index, construct.Length),
                $"'{written.Value.Substring(construct.Index, construct.Length)}' is {construct.Name}, which some back ends do not support; {WayOut(construct)}");
    }

    private static string WayOut(RegexConstruct construct) => construct.Name switch
    {
        RegexParser.Option => "write the modifier 're|i', 're|m' or 're|s'",
        "a named group" => "write '(' without a name",
        "a lazy quantifier" or "a possessive quantifier" => "write the quantifier alone",
        _ => "write it in plain syntax or split the selection",
    };
}
