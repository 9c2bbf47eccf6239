using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation;
using Merlon.Core.Evidence;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Matching;
using Merlon.Core.Plan;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Sources.Splunk;
using Merlon.Core.Sources.Tables;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Every id that Merlon reports.</summary>
internal static class DiagnosticCatalog
{
    /// <summary>By id.</summary>
    public static ImmutableArray<DiagnosticInfo> All { get; } =
    [
        .. YamlDiagnostics.All.Concat(TreeDiagnostics.All).Concat(SigmaDiagnostics.All).Concat(SourceDiagnostics.All).Concat(InventoryDiagnostics.All).Concat(SplunkDiagnostics.All).Concat(TableDiagnostics.All)
            .Concat(LintRules.All.Select(rule => rule.Info)).Concat(ActorDiagnostics.All).Concat(GateDiagnostics.All)
            .Concat(ConfigurationDiagnostics.All).Concat(DettectDiagnostics.All).Concat(AttackDiagnostics.All)
            .Concat(LintDiagnostics.All).Concat(RevisionDiagnostics.All)
            .Concat(EmulationDiagnostics.All).Concat(PlanDiagnostics.All)
            .Concat(TestDiagnostics.All).Concat(MatchingDiagnostics.All).Concat(RecordDiagnostics.All).Concat(ExerciseDiagnostics.All)
            .OrderBy(info => info.Id, StringComparer.Ordinal),
    ];

    /// <summary>Whether an id (<c>MRL3002</c>) exists, or an area (<c>MRL30xx</c>) has one.</summary>
    public static bool Has(string idOrArea) =>
        All.Any(info => info.Id == idOrArea || (idOrArea.EndsWith("xx", StringComparison.Ordinal) && info.Id.Length == idOrArea.Length && info.Id.StartsWith(idOrArea[..^2], StringComparison.Ordinal)));
}
