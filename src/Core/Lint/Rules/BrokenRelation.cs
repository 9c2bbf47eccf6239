using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class BrokenRelation : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2423",
        Title = "Malformed entry of related",
        Severity = Severity.Warning,
        Rationale = """
            An entry of `related` has the `id` of another rule, a UUID, and the `type` of the relation: `derived`, `obsolete`,
            `merged`, `renamed`, `similar` or `correlation`. Converters refuse a rule whose entries differ.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context) => rule.Root.Find("related") switch
    {
        null or YamlScalar { IsNull: true } => [],
        YamlSequence list => list.Items.SelectMany(Check),
        var other => [Report(other.Span, $"related is {other.Kind}; write a list of ids and types")],
    };

    private IEnumerable<Diagnostic> Check(YamlNode entry)
    {
        if (entry is not YamlMapping relation)
        {
            yield return Report(entry.Span, $"related rule is {entry.Kind}; write a map of id and type");
            yield break;
        }
        var id = relation.Find("id");
        if (id is not YamlScalar { IsNull: false } text)
            yield return Report(id?.Span ?? relation.Span, "related rule has no id; add the UUID of a rule");
        else if (!Guid.TryParseExact(text.Value, "D", out _))
            yield return Report(text.Span, $"'{text.Value}' is not a UUID; write the id of a rule");
        var type = relation.Find("type");
        if (type is not YamlScalar { IsNull: false } word)
            yield return Report(type?.Span ?? relation.Span, $"related rule has no type; add {Spelling.OneOf(SigmaWords.Relations)}");
        else if (!SigmaWords.Relations.Contains(word.Value))
            yield return Report(word.Span, $"'{word.Value}' is not a type of relation{Spelling.Hint(word.Value, SigmaWords.Relations)}",
                SigmaWords.Relations.FirstOrDefault(known => known.Equals(word.Value, StringComparison.OrdinalIgnoreCase)) is { } meant ? TextFix.Replace(word, meant, isSafe: true) : null);
    }
}
