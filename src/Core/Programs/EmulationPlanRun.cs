using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Plan;

namespace Merlon.Core.Programs;

/// <summary>A library as the user named it.</summary>
/// <param name="FullPath">Of a file or folder that exists. It may lie outside the repository.</param>
internal sealed record NamedLibrary(LibraryKind Kind, string FullPath, string Label);

/// <param name="Coverage">What the plan was made for: without profiles that is every technique.</param>
/// <param name="Plan">Null, with findings, when none can be made.</param>
internal sealed record EmulationPlanResult(Snapshot? Snapshot, ImmutableArray<ProgramCoverage> Coverage, EmulationPlan? Plan, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>Plans an exercise for a program's actors.</summary>
internal static class EmulationPlanRun
{
    /// <param name="options">Its platforms as the user wrote them.</param>
    public static EmulationPlanResult Run(CheckRequest request, ImmutableArray<NamedLibrary> libraries, PlanOptions options)
    {
        request = request with { NeedsRules = options.Scope == PlanScope.Claimed };
        if (Snapshot.Load(request, ProgramFiles.Find(request), out var errors) is not { } snapshot)
            return Failed(errors);
        ImmutableArray<string> known = [.. snapshot.Config.Releases.SelectMany(release => release.Techniques).SelectMany(technique => technique.Platforms).Distinct().Order(StringComparer.Ordinal), "cloud"];
        if (options.Platforms.FirstOrDefault(platform => !known.Contains(platform)) is { } unknown)
            return Failed([ConfigurationDiagnostics.BadValue.At(SourceSpan.StartOf(""), $"'{unknown}' is not allowed for platform{Spelling.Hint(unknown, known)}")]);
        var read = libraries.Select(Read).ToImmutableArray();
        if (read.Any(library => !library.IsUsable))
            return Failed([.. read.SelectMany(library => library.Diagnostics)]);
        var coverage = snapshot.Profiles.IsEmpty ? [.. snapshot.Config.Releases.Select(release => Everything(release, snapshot))] : snapshot.Coverage;
        var plan = EmulationPlan.Of(coverage, snapshot.Rules.Rules, read, options with { Platforms = ConfigurationReader.Expand(options.Platforms), Window = snapshot.Config.Definition.Validation.Window });
        return new(snapshot, coverage, plan, plan.Diagnostics.InReportOrder());
    }

    private static EmulationLibrary Read(NamedLibrary library) => library.Kind switch
    {
        LibraryKind.AtomicRedTeam => AtomicLibrary.Read(library.FullPath, library.Label),
        LibraryKind.Caldera => StockpileLibrary.Read(library.FullPath, library.Label),
        _ => CtidLibrary.Read(library.FullPath, library.Label),
    };

    // A program that tracks nobody.
    private static ProgramCoverage Everything(AttackRelease release, Snapshot snapshot) => ProgramCoverage.Of(release, snapshot.Rules,
        [new ActorResolver(release, []).Resolve(ActorChoice.EveryTechnique(snapshot.Config.Releases))], snapshot.Config.Definition, snapshot.Config.Inventory, snapshot.Evidence, snapshot.Date);

    private static EmulationPlanResult Failed(ImmutableArray<Diagnostic> findings) => new(null, [], null, findings.InReportOrder());
}
