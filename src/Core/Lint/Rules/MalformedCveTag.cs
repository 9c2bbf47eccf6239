using System.Text.RegularExpressions;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed partial class MalformedCveTag : TagLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2415",
        Title = "Malformed CVE tag",
        Severity = Severity.Warning,
        Rationale = """
            A CVE tag is the year and the number of the CVE id with a hyphen between them: `cve.2021-44228`. Sigma 1 rules had a dot
            there, so a search for the id does not find them.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.SigmaHq | Preset.Strict;

    protected override Diagnostic? Check(SigmaTag tag) =>
        tag.Namespace != "cve" || Form().IsMatch(tag.Name) ? null
        : Report(tag.Span, $"'{tag}' is not a CVE tag; write {(Meant(tag.Name) is { } known ? $"'{known}'" : "one such as 'cve.2021-44228'")}",
            Meant(tag.Name) is { } meant ? TextFix.Replace(tag.Item.Scalar, meant, isSafe: true) : null);

    // 'cve.2021.44228', 'cve.2021_44228' and 'cve.cve-2021-44228' leave no doubt.
    private static string? Meant(string name) => Parts().Match(name) is { Success: true, Groups: var parts } ? $"cve.{parts[1].Value}-{parts[2].Value}" : null;

    [GeneratedRegex(@"^[0-9]+-[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^(?:cve[._-]?)?([0-9]{4})[._-]([0-9]+)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Parts();
}
