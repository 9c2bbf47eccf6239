using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources;

/// <summary>Findings of reading rules of other formats than Sigma, and of holding them against Sigma's.</summary>
internal static class InventoryDiagnostics
{
    public static DiagnosticInfo Unreadable { get; } = new()
    {
        Id = "MRL1101",
        Title = "File is not of its format",
        Severity = Severity.Error,
        Rationale = """
            The entry of `rules` in merlon.yml says how the file is to be read, and from this place on it can't be read so. What
            comes before counts; what is lost is counted by nobody, so the gate fails.
            """,
    };

    public static DiagnosticInfo BadRecord { get; } = new()
    {
        Id = "MRL1102",
        Title = "Rule cannot be read",
        Severity = Severity.Error,
        Rationale = """
            One record of the file lacks what makes it a rule, or has it in a form that says nothing. The rule counts for nothing;
            all others of the file are read.
            """,
    };

    public static DiagnosticInfo BadField { get; } = new()
    {
        Id = "MRL1103",
        Title = "Value of a rule cannot be used",
        Severity = Severity.Warning,
        Rationale = """
            The value is none that the format has, so the rule is read as if it said nothing there: it may count for more or for
            less than its writer thinks.
            """,
    };

    public static DiagnosticInfo DuplicateRecord { get; } = new()
    {
        Id = "MRL1104",
        Title = "Rule is in its source twice",
        Severity = Severity.Warning,
        Rationale = """
            Two records of one entry have the same identity, as after an export whose pages overlap. The first counts.
            """,
    };

    public static DiagnosticInfo NoRule { get; } = new()
    {
        Id = "MRL1105",
        Title = "Source has no rule",
        Severity = Severity.Error,
        Rationale = """
            The files of the entry were read, and nothing in them is a rule by what the entry says: its `names`, its `searches` or
            its `map` fits nothing. It would measure less than its writer thinks.
            """,
    };

    public static DiagnosticInfo AmbiguousPlace { get; } = new()
    {
        Id = "MRL1106",
        Title = "Search may come from several Sigma rules",
        Severity = Severity.Warning,
        Rationale = """
            An inventory with `deploys: sigma` shows which Sigma rules run. Its searches are found by the Sigma id that they
            mention, else by title, and here several rules have it. The search counts by itself.
            """,
    };

    public static DiagnosticInfo Stale { get; } = new()
    {
        Id = "MRL1107",
        Title = "Inventory is stale",
        Severity = Severity.Error,
        Rationale = """
            What ran when the inventory was exported need not run today. Its entry in merlon.yml says with `maxAge` how old it may
            be; the day is the one in the file, or `exported` in the entry.
            """,
    };

    public static DiagnosticInfo Unmapped { get; } = new()
    {
        Id = "MRL1108",
        Title = "Technique cannot be brought to the program's release",
        Severity = Severity.Warning,
        Rationale = """
            The entry, or the rule, names another release of ATT&CK than `attack.release`. Its ids are brought there by what the
            releases say of revoked techniques; this one is gone without a replacement, or stands for several.
            """,
        Source = "https://attack.mitre.org/resources/updates/",
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } =
        [Unreadable, BadRecord, BadField, DuplicateRecord, NoRule, AmbiguousPlace, Stale, Unmapped];
}
