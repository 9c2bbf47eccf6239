using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Plan;

/// <summary>What people wrote of one gap into a plan.</summary>
/// <param name="Own">The keys that they wrote, in their order: <c>owner</c>, <c>status</c>, <c>note</c> and any that Merlon does not know.</param>
/// <param name="Written">All keys of the entry.</param>
/// <param name="Closed">The day on which it was closed, as written; null for one that is not.</param>
internal sealed record KeptGap(TechniqueId Technique, ImmutableArray<YamlEntry> Own, ImmutableArray<YamlEntry> Written, string? Closed);

/// <summary>A plan that was written before, and in which people may have worked since.</summary>
/// <param name="Gaps">By technique.</param>
/// <param name="Own">Keys of the plan itself that Merlon does not know.</param>
/// <param name="IsJson">Whether it was written for programs, so that nobody has worked in it.</param>
internal sealed record KeptPlan(ImmutableDictionary<TechniqueId, KeptGap> Gaps, ImmutableArray<YamlEntry> Own, bool IsPublished, bool IsJson)
{
    public const string Root = "threat_model_remediation_plan";

    /// <summary>What people fill in.</summary>
    public static ImmutableArray<string> PeoplesKeys { get; } = ["owner", "status", "note"];

    /// <summary>The lists of gaps, in the order of the file: those of the periods first.</summary>
    public static ImmutableArray<string> Lists { get; } = ["priority_1_gaps", "priority_2_gaps", "priority_3_gaps", "later", "accepted", "closed", "out_of_scope"];

    private static readonly ImmutableHashSet<string> PlanKeys = ["assessed_date", "program", "attack", "definition", "form", "telemetry", "primary_threats", "current_coverage", "target_coverage", "coverage", "assumptions", "investment", "smallest_set", "log_sources", .. Lists];

    private static readonly ImmutableHashSet<string> GapKeys =
        ["technique", "name", "priority", "required", "weight", "criticality", "collected", "actors", "data_source", "effort", "person_days", "tasks", "detection_approach", "reason", "until", "closed", "last_closed"];

    /// <returns>Null, with a finding, for anything but a plan that can be read to its end.</returns>
    public static KeptPlan? TryRead(string path, ReadOnlySpan<byte> bytes, out Diagnostic? error)
    {
        var file = YamlFile.Parse(path, bytes);
        error = file.Diagnostics.FirstOrDefault();
        if (error is not null)
            return null;
        if (file.Documents is not [{ Root: YamlMapping root }] || root.Find(Root) is not YamlMapping plan)
        {
            error = PlanDiagnostics.NoPlan.At(SourceSpan.StartOf(path), $"file has no '{Root}', so it is no plan that could be written again; name another file");
            return null;
        }
        var gaps = ImmutableDictionary.CreateBuilder<TechniqueId, KeptGap>();
        foreach (var list in Lists)
            if (!ReadList(plan, list, gaps, out error))
                return null;
        return new(gaps.ToImmutable(), [.. plan.Entries.Where(entry => !PlanKeys.Contains(entry.Key.Value))], plan.Find("form") is YamlScalar { Value: "published" }, root.Find("schemaVersion") is not null);
    }

    private static bool ReadList(YamlMapping plan, string list, ImmutableDictionary<TechniqueId, KeptGap>.Builder gaps, out Diagnostic? error)
    {
        error = null;
        if (plan.Find(list) is not { } node || node is YamlScalar { IsNull: true })
            return true;
        if (node is not YamlSequence entries)
            error = PlanDiagnostics.NoPlan.At(node.Span, $"{list} is {node.Kind}; make it a list of gaps again, or name another file");
        else
            foreach (var entry in entries.Items)
                if (entry is not YamlMapping gap || gap.Find("technique") is not YamlScalar { Value: var text } || !TechniqueId.TryParse(text, out var id))
                    return Refuse(entry, "entry has no technique id, so nobody knows what was written of which gap; give it one, or name another file", out error);
                else if (!gaps.TryAdd(id, Of(id, gap)))
                    return Refuse(entry, $"{id} is in the plan twice; make one entry of the two, or name another file", out error);
        return error is null;
    }

    private static bool Refuse(YamlNode entry, string message, out Diagnostic? error)
    {
        error = PlanDiagnostics.NoPlan.At(entry.Span, message);
        return false;
    }

    private static KeptGap Of(TechniqueId id, YamlMapping gap) => new(id, [.. gap.Entries.Where(entry => !GapKeys.Contains(entry.Key.Value))], gap.Entries,
        (gap.Find("closed") as YamlScalar)?.Value ?? (gap.Find("last_closed") as YamlScalar)?.Value);
}
