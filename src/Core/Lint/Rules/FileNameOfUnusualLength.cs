using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class FileNameOfUnusualLength : SetLintRule
{
    private const int Least = 10;

    private const int Most = 90;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2604",
        Title = "File name is too short or too long",
        Severity = Severity.Warning,
        Rationale = """
            The name of a rule's file has 10 to 90 characters, extension included: enough to say what the rule detects, and short
            enough for any file system or archive.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/tree/v2.1.0/sigmahq",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        foreach (var path in FileNames.Of(rules).Select(file => file.Key))
            if (FileNames.NameOf(path).EnumerateRunes().Count() is var length and not (>= Least and <= Most))
                yield return Report(SourceSpan.StartOf(path), $"'{FileNames.NameOf(path)}' has {length} characters; give the file a name of {Least} to {Most}");
    }
}
