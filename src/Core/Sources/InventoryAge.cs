using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources;

/// <summary>Finds inventories that are older than their entry allows, or of no known age.</summary>
internal static class InventoryAge
{
    /// <param name="date">The UTC day on which they are read.</param>
    public static IEnumerable<Diagnostic> Check(RuleSet rules, DateOnly date)
    {
        foreach (var file in rules.Read)
            if (file.Source is { MaxAgeDays: { } days, Span: { } span } source)
                if ((source.Exported ?? file.Exported) is not { } exported)
                    yield return InventoryDiagnostics.Stale.At(span, $"nobody knows how old {file.Path} is: it does not say when it was exported; write 'exported: 2026-11-01' beside its path, or take it from 'merlon rules import'");
                else if (exported.AddDays(days) < date)
                    yield return InventoryDiagnostics.Stale.At(span, FormattableString.Invariant($"{file.Path} was exported on {exported:yyyy-MM-dd}, and maxAge is {days}d; export it again"));
                else if (exported > date)
                    yield return InventoryDiagnostics.Stale.At(span, FormattableString.Invariant($"{file.Path} says that it was exported on {exported:yyyy-MM-dd}, a day to come; correct the day"));
    }
}
