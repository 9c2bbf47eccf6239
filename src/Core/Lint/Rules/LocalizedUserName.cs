using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class LocalizedUserName : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2314",
        Title = "Account name in one language only",
        Severity = Severity.Warning,
        Rationale = """
            `NT AUTHORITY\SYSTEM` has another name on Windows in other languages, such as `AUTORITE NT` or `NT-AUTORITAT`. Write
            `contains` with `AUTHORI` and `AUTORI`, which together cover most of them.
            """,
        Source = Specification,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.Field?.Contains("user", StringComparison.OrdinalIgnoreCase) == true && item.Values is [var value] && HasName(value))
            yield return Report(item.Written[0].Span, $"'{item.Written[0].Value}' is the account's name in one language; write '{item.Field}|contains' with 'AUTHORI' and 'AUTORI'");
    }

    private static bool HasName(SigmaValue value) => value switch
    {
        SigmaString text => text.Parts.Any(part => HasName(part.Text)),
        SigmaExpansion expansion => expansion.Forms.Any(HasName),
        SigmaRegex regex => HasName(regex.Pattern),
        SigmaFieldReference reference => HasName(reference.Field),
        _ => false,
    };

    private static bool HasName(string text) => text.Contains("AUTORI", StringComparison.Ordinal) || text.Contains("AUTHORI", StringComparison.Ordinal);
}
