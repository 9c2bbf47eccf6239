using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TextBeyondItsLimit : DocumentLintRule
{
    private static readonly ImmutableArray<(string Key, int Limit)> Longest = [("name", 256), ("taxonomy", 256), ("description", 65_535)];

    private const int Shortest = 2;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2408",
        Title = "Value is outside the limits of the specification",
        Severity = Severity.Info,
        Rationale = """
            The specification limits `name` and `taxonomy` to 256 characters and `description` to 65,535, asks for at least 2 in
            each item of `falsepositives` and `scope`, and allows each item of `fields` and `falsepositives` only once.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        foreach (var (key, limit) in Longest)
            if (rule.FindText(key) is { } text && text.Length > limit)
                yield return Report(text.Span, $"{key} has {text.Length} characters; use at most {limit}");
        foreach (var item in rule.FindTexts("falsepositives").Concat(rule.FindTexts("scope")))
            if (item.Scalar.Length < Shortest)
                yield return Report(item.Span, $"'{item.Value}' says nothing; write {Shortest} characters or more");
        foreach (var key in (string[])["fields", "falsepositives"])
            foreach (var item in ListText.Repeated(rule.FindTexts(key)))
                yield return Report(item.Span, $"'{item.Value}' is already in {key}; remove it", TextFix.RemoveItem(item.List, item.Index, isSafe: true));
    }
}
