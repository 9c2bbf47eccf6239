using System.Buffers;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class MalformedTag : TagLintRule
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2412",
        Title = "Tag has characters that Sigma does not allow",
        Severity = Severity.Warning,
        Rationale = """
            A tag is a namespace, a dot and a name, made of lower-case letters, digits, hyphens and underscores; a name may have
            dots too. Tools that compare tags as text take `Attack.T1059` for another tag.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.SigmaHq | Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        IsWord(tag.Namespace!, mayHaveDots: false) && IsWord(tag.Name, mayHaveDots: true) ? null // the tag has a namespace
        : Meant(tag) is { } meant ? Report(tag.Span, $"'{tag}' has characters that Sigma does not allow in a tag; write '{meant}'", TextFix.Replace(tag.Item.Scalar, meant, isSafe: false))
        : Report(tag.Span, $"'{tag}' is not a tag; write a namespace, a dot and a name of lower-case letters, digits, '-', '_' and '.'");

    private static bool IsWord(string text, bool mayHaveDots) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Characters) && (mayHaveDots || !text.Contains('.', StringComparison.Ordinal));

    private static string? Meant(SigmaTag tag)
    {
        var text = tag.ToString().Trim().ToLowerInvariant().Replace(' ', '-');
        return tag is { Namespace.Length: > 0, Name.Length: > 0 } && !text.AsSpan().ContainsAnyExcept(Characters) ? text : null;
    }
}
