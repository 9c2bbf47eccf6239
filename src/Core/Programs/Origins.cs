using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Lint;

namespace Merlon.Core.Programs;

/// <summary>Tells the findings that a change brings from those that the base has too.</summary>
internal static class Origins
{
    /// <param name="found">Of head, as reported.</param>
    public static ImmutableArray<Diagnostic> Mark(ImmutableArray<Diagnostic> found, Comparison comparison, Snapshot head)
    {
        if (comparison.Base is not { } from || found.IsEmpty)
            return found;
        var isSame = from.Rules == head.Rules && from.Config == head.Config && from.Profiles == head.Profiles;
        var atBase = isSame ? [] : AtBase(from);
        var known = atBase.Select(Key).ToHashSet();
        var rules = isSame ? null : Baseline.Of("", atBase.Where(Triage.IsOfRule).Select(diagnostic => FindingKey.Of(diagnostic, from.Rules)));
        var marked = found.Where(Triage.IsOfRule).ToArray();
        var ofRules = rules?.Mark([.. marked], head.Rules, out _).Select(diagnostic => diagnostic.Origin == Origin.Existing).ToArray() ?? [.. marked.Select(_ => true)];
        var next = 0;
        return
        [
            .. found.Select(diagnostic =>
            {
                var isKnown = Triage.IsOfRule(diagnostic) ? ofRules[next++] : !IsOfChange(diagnostic) && (isSame || known.Contains(Key(diagnostic)) || IsFloorAsBefore(diagnostic, comparison.Verdict));
                return diagnostic.IsAccepted ? diagnostic : diagnostic with { Origin = isKnown ? Origin.Existing : Origin.New };
            }),
        ];
    }

    private static bool IsOfChange(Diagnostic diagnostic) =>
        diagnostic.Info == GateDiagnostics.ClaimLost || diagnostic.Info == GateDiagnostics.LastRule || diagnostic.Info == GateDiagnostics.WeakenedPolicy || diagnostic.Info == GateDiagnostics.NoBase;

    // A floor that was not reached before and of which nothing was lost.
    private static bool IsFloorAsBefore(Diagnostic diagnostic, Verdict verdict) => diagnostic.Info == GateDiagnostics.BelowTarget
        && verdict.Floors.FirstOrDefault(judged => judged.Floor.Target.Span == diagnostic.Span && diagnostic.Message.StartsWith($"{judged.Floor.What}: ", StringComparison.Ordinal)) is { BelowAtBase: true, Floor: var floor }
        && !verdict.Lost.Any(loss => floor.Counts(loss.Technique, loss.Actor, loss.Domain, loss.Platforms));

    private static Diagnostic[] AtBase(Snapshot from)
    {
        var lint = from.Config.Lint;
        var found = lint.Apply(from.Diagnostics.Concat(Check.Uncounted(from)).Concat(Comparison.Alone(from, new("", null, BaseKind.None)).Diagnostics))
            .Concat(Linter.Check(from.Rules, new(from.Config.Releases) { Date = from.Date }, lint));
        return [.. Suppressions.Read(from.Rules, DiagnosticCatalog.All).Apply(found, isPartial: true)];
    }

    private static (string, string, string) Key(Diagnostic diagnostic) => (diagnostic.Info.Id, diagnostic.Span.Path, diagnostic.Message);
}
