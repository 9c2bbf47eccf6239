using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Plan;
using Merlon.Core.Gate;
using Merlon.Core.Plan;

namespace Merlon.Core.Programs;

/// <summary>What a plan is made of.</summary>
internal sealed record PlanRequest
{
    public required CheckRequest Check { get; init; }

    /// <summary>Instead of the targets that are written; 1 to 100.</summary>
    public int? Target { get; init; }

    /// <summary>Full path of a folder of community rules instead of the configured one, and the name that the user has for it.</summary>
    public (string FullPath, string Label)? Library { get; init; }

    /// <summary>Of emulation tests.</summary>
    public (string FullPath, string Label)? Atomics { get; init; }

    /// <summary>The file that the output replaces, as read; null where there is none.</summary>
    public (string Path, byte[] Bytes)? Existing { get; init; }

    /// <summary>Whether the output is the file that people work in, so that what they wrote is kept.</summary>
    public bool IsYaml { get; init; } = true;

    /// <summary>Whether it is for others to read.</summary>
    public bool IsPublished { get; init; }
}

/// <param name="Tests">Of a technique: what would prove its detection; by path.</param>
internal sealed record PlanResult(
    Snapshot Snapshot, Backlog Backlog, RuleLibrary? Library, ImmutableArray<PlanGoal> Goals, Optimum Optimum, Roadmap Roadmap, KeptPlan? Kept, Func<TechniqueId, ImmutableArray<EmulationTest>> Tests, bool IsPublished)
{
    /// <summary>The domains that it leaves out.</summary>
    public ImmutableArray<AttackDomain> OtherDomains => [.. Snapshot.Coverage.Skip(1).Select(coverage => coverage.Release.Domain)];
}

/// <summary>Plans the closing of gaps.</summary>
internal static class PlanRun
{
    /// <returns>Null, with findings, when no plan can be made.</returns>
    public static PlanResult? Run(PlanRequest request, out ImmutableArray<Diagnostic> errors)
    {
        if (Snapshot.Load(request.Check, ProgramFiles.Find(request.Check), out errors) is not { } snapshot)
            return null;
        var kept = ReadExisting(request, out var error);
        var library = error is not null ? null : request.Library is var (full, label) ? RuleLibrary.TryRead(full, label, SourceSpan.StartOf(label), snapshot.Rules, request.Check.Progress, out error)
            : snapshot.ConfiguredLibrary(request.Check.Progress, out error);
        var atomics = error is null && request.Atomics is var (folder, name) ? AtomicLibrary.Read(folder, name) : null;
        if (error is not null || atomics is { IsUsable: false })
        {
            errors = error is not null ? [error] : [.. atomics!.Diagnostics]; // one of the two
            return null;
        }
        // Domains are never summed: a plan is of one.
        var backlog = snapshot.BacklogsWith(library)[0];
        var goals = GoalsOf(backlog.Coverage, snapshot.Config.Targets, request.Target);
        return new(snapshot, backlog, library, goals, Optimum.Of(backlog, goals), Roadmap.Of(backlog), kept, TestsOf(atomics, backlog), request.IsPublished);
    }

    // Only the file that people work in takes their work over; any other output would lose it.
    private static KeptPlan? ReadExisting(PlanRequest request, out Diagnostic? error)
    {
        error = null;
        if (request.Existing is not var (path, bytes))
            return null;
        var kept = KeptPlan.TryRead(path, bytes, out var unreadable);
        if (request is { IsYaml: true, IsPublished: false })
        {
            error = unreadable;
            return kept;
        }
        var isAnothers = kept is null ? request.IsYaml || bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(KeptPlan.Root)) >= 0 : !kept.IsPublished && !kept.IsJson;
        if (isAnothers)
            error = PlanDiagnostics.NoPlan.At(SourceSpan.StartOf(path), "file holds what people wrote, or cannot be read; name another file for this form");
        return null;
    }

    /// <summary>The floors that are written, but for those of platforms; or one height for each actor and all together.</summary>
    private static ImmutableArray<PlanGoal> GoalsOf(ProgramCoverage coverage, Targets targets, int? target)
    {
        if (coverage.Union is not { } union)
            return [];
        if (target is { } percent)
            return [.. (coverage.Actors.Length == 1 ? [] : coverage.Actors.AsEnumerable()).Append(union).Select(actor => new PlanGoal(actor, null, percent))];
        return
        [
            .. Floors.Of(coverage, targets).Where(floor => !floor.IsOfPlatform)
                .Select(floor => new PlanGoal(floor.IsOfUnion ? union : coverage.Actors.First(actor => actor.Name == floor.Actor), floor.Part, floor.Target.Percent)),
        ];
    }

    private static Func<TechniqueId, ImmutableArray<EmulationTest>> TestsOf(EmulationLibrary? atomics, Backlog backlog)
    {
        if (atomics is null)
            return _ => [];
        TestTechniques tests = new(atomics.Tests, [backlog.Coverage.Release]);
        var platforms = backlog.Gaps.ToDictionary(gap => gap.Technique.Id, gap => gap.Technique.Scoped.Platforms);
        return id => [.. tests.On(id, backlog.Coverage.Release).Where(test => test.Platforms is not { } own || own.Any(platforms[id].Contains))];
    }
}
