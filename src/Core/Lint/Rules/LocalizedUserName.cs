using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class LocalizedUserName : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2314",
        Title = "Name of a user in one language",
        Severity = Severity.Warning,
        Rationale = """
            The account `NT AUTHORITY\SYSTEM` has another name on a Windows in another language: `AUTORITE NT`, `NT-AUTORITAT`. Write
            `contains` with `AUTHORI` and `AUTORI`, which between them find all.
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
