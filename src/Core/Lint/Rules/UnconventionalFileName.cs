using System.Buffers;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnconventionalFileName : SetLintRule
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2605",
        Title = "File name is not in the form that SigmaHQ uses",
        Severity = Severity.Warning,
        Rationale = """
            SigmaHQ names files with 10 to 90 lower-case letters, digits and underscores, with at least one underscore, and `.yml`.
            Such a name works on every system and can be searched by its parts.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/tree/v2.1.0/sigmahq",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        foreach (var path in FileNames.Of(rules).Select(file => file.Key))
            if (FileNames.NameOf(path) is var name && !IsConventional(name))
                yield return Report(SourceSpan.StartOf(path), $"'{name}' is not of the form 'proc_creation_win_whoami.yml'; use 10 to 90 lower-case letters, digits and underscores, with an underscore between words");
    }

    // What follows the extension is not looked at.
    private static bool IsConventional(string name) =>
        name.AsSpan().IndexOfAnyExcept(Letters) is >= 10 and <= 90 and var length && name.AsSpan(length).StartsWith(".yml") && name.Contains('_');
}
