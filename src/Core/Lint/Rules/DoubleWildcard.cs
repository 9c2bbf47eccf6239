using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class DoubleWildcard : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2302",
        Title = "Adjacent wildcards",
        Severity = Severity.Info,
        Rationale = """
            A single `*` already matches any number of characters. Remove the others, or write `\*` for a literal asterisk.
            """,
        Source = Specification,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        foreach (var (text, written) in Texts(item))
            if (text.Parts.Zip(text.Parts.Skip(1)).Any(pair => pair is ({ Kind: StringPartKind.Any }, { Kind: StringPartKind.Any })))
                yield return Doubled(written);
    }

    private Diagnostic Doubled(YamlScalar written)
    {
        var asterisks = Wildcards.In(written.Value).Where(wildcard => !wildcard.IsEscaped && written.Value[wildcard.Index] == '*').Select(wildcard => wildcard.Index).ToHashSet();
        int[] doubles = [.. asterisks.Where(index => asterisks.Contains(index - 1)).Order()];
        var fix = !written.IsAsWritten || doubles.Length == 0 ? null : new Fix("Write one '*'", IsSafe: true, [.. doubles.Select(index => new Edit(written.SpanOf(index, 1), ""))]);
        return Report(doubles.Length == 0 ? written.Span : written.SpanOf(doubles[0] - 1, 2), "two '*' in a row match the same as one; remove one", fix);
    }
}
