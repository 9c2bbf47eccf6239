using System.Globalization;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Plan;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>What the forms of an assessment for people have in common: plain text, which each makes safe for itself.</summary>
internal static class AssessParts
{
    /// <summary>So many of the gaps that come first are shown to people.</summary>
    public const int ShownGaps = 10;

    // Of the users of one gap so many are named.
    private const int ShownActors = 8;

    public const string Apart = "PRE, apart";

    extension(Tally tally)
    {
        /// <summary><c>+3</c>, <c>-2</c>, <c>±0</c>; empty where nothing is compared.</summary>
        public string Signed => tally.Change?.ToString("+0;-0;±0", CultureInfo.InvariantCulture) ?? "";

        /// <summary><c>12 (+2)</c>.</summary>
        public string WithChange => tally.Change is null ? Number(tally.Now) : $"{tally.Now} ({tally.Signed})";
    }

    extension(AssessedTactic tactic)
    {
        /// <summary><c>78%</c>, rounded down, or <c>n/a</c>.</summary>
        public string Percent => tactic.Covered.PerMille is { } tenths ? $"{tenths / 10}%" : "n/a";

        /// <summary><c>7/9 (+1)</c>.</summary>
        public string Counted => $"{tactic.Covered}{(tactic.Before is null ? "" : $" ({tactic.Count.Signed})")}";
    }

    extension(Assessment assessment)
    {
        /// <summary>What "covered" means in it: <c>19.1 (enterprise), deployable, roll-up strict</c>.</summary>
        public string Attack
        {
            get
            {
                var (config, definition) = (assessment.Snapshot.Config, assessment.Snapshot.Config.Definition);
                var unknown = config.Inventory is null && definition.Level != Level.Claimed ? ", telemetry unknown" : "";
                return $"{config.Releases[0].Name} ({string.Join(", ", config.Releases.Select(release => release.Domain.ShortName))}), {definition.Level.Name}, roll-up {definition.RollUp}{unknown}";
            }
        }

        /// <summary>Empty for all.</summary>
        public string Platforms => string.Join(", ", assessment.Snapshot.Config.Definition.Platforms);

        /// <summary>Platforms that are out of scope because no asset group has them; empty for none.</summary>
        public string Unowned => string.Join(", ", assessment.Domains.SelectMany(domain => domain.Union.Unowned).Distinct().Order(StringComparer.Ordinal));

        public string SinceText => assessment.Since is not { } since ? ""
            : $"{since.Name} ({since.Commit.ShortId}): its rules, tests and records, measured by today's merlon.yml, profiles, log sources and ATT&CK release{(since.Unreadable == 0 ? "" : $"; {VerdictParts.Count(since.Unreadable, "file", "files")} of it could not be read and cover nothing")}";

        /// <summary>A heading, with the domain where there are several.</summary>
        public string Heading(string text, AssessedDomain domain) => assessment.Domains.Length > 1 ? $"{text} ({domain.Release.Domain.ShortName})" : text;

        /// <summary><c>88/141 (62.4%, +3 since v1.2)</c>.</summary>
        public string Covered(AssessedDomain domain) => Share(domain.Count(union => union.Covered.Covered), domain.Union.Techniques.Length, assessment.Since?.Name);

        public string Gaps(AssessedDomain domain) => Share(domain.Count(union => union.Gaps.Count()), domain.Union.Techniques.Length, assessment.Since?.Name);
    }

    extension(AssessedActor actor)
    {
        /// <summary><c>51/56 (91.0%, +1)</c>.</summary>
        public string Share => Share(actor.Covered, actor.Coverage.Covered.Total, null);
    }

    extension(AssessedDomain domain)
    {
        /// <summary><c>141 unique techniques across all actors (PRE 21 apart)</c>, with everything that was left out.</summary>
        public string Total
        {
            get
            {
                (string What, int Number, string Apart)[] rest = [("PRE", domain.Union.Pre.Length, " apart"), ("excluded", domain.Union.Excluded.Length, ""), ("software", domain.Union.Software.Length, " apart"), ("out of scope", domain.Union.OutOfScope.Length, "")];
                var left = string.Join(", ", rest.Where(one => one.Number > 0).Select(one => $"{one.What} {one.Number}{one.Apart}"));
                return $"{VerdictParts.Count(domain.Union.Techniques.Length, "unique technique", "unique techniques")} across all actors{(left.Length == 0 ? "" : $" ({left})")}";
            }
        }

        /// <summary>Each further proof with the number of techniques for which it holds.</summary>
        public IEnumerable<(string Name, Tally Number)> Proofs => Levels.Proofs
            .Where(level => level != domain.Union.Definition.Level && level != Level.Claimed).OrderBy(level => level == Level.Deployed)
            .Select(level => (level.Name, domain.Count(union => union.CountAt(level))));

        public IEnumerable<(string Name, Tally Number)> KindsOfGaps => [("accepted", domain.Count(union => union.Accepted)), ("partial", domain.Count(union => union.Partial))];

        /// <summary>Which floors there are, and what makes a tactic a priority gap.</summary>
        public string Floors
        {
            get
            {
                string[] keys = [.. domain.Tactics.Select(tactic => tactic.Floor?.Key).OfType<string>().Distinct().OrderByDescending(key => key == AssessedFloor.OfTactic)];
                return keys is [] ? "No floor: gate.targets has neither tactics nor union nor default, so no tactic is a priority gap."
                    : $"Floor of a tactic: {string.Join(", else ", keys)}. A priority gap is below its floor and holds a top priority gap.";
            }
        }
    }

    extension(AssessedDomain domain)
    {
        /// <summary><c>Closing top 10 gaps requires: 2 detection engineer FTEs, 60 days (7 rules to write, 3 to adopt, 2 log sources; 41 person-days; plan.days 1/3/15)</c>.</summary>
        public string Required
        {
            get
            {
                var (work, plan) = (domain.Investment, domain.Backlog.Options);
                if (work.Gaps + work.Blocked == 0)
                    return "No gap is open.";
                return string.Create(CultureInfo.InvariantCulture, $"Closing top {VerdictParts.Count(work.Gaps + work.Blocked, "gap", "gaps")} requires: {VerdictParts.Count(plan.Engineers, "detection engineer FTE", "detection engineer FTEs")}, {VerdictParts.Count(work.CalendarDays, "day", "days")} ({VerdictParts.Count(work.RulesToWrite, "rule", "rules")} to write, {work.RulesToAdopt} to adopt, {VerdictParts.Count(work.LogSources.Length, "log source", "log sources")}; {VerdictParts.Count(work.PersonDays, "person-day", "person-days")}; plan.days {plan.LowDays}/{plan.MediumDays}/{plan.HighDays})")
                    + (work.Blocked == 0 ? "" : $"; nothing that is known closes {work.Blocked} of them");
            }
        }

        /// <summary><c>Expected coverage improvement: 64.0% -> 76.1% (90/141 -> 107/141)</c>.</summary>
        public string Improvement => $"Expected coverage improvement: {domain.Union.Covered.Percent} -> {domain.Expected.Percent} ({domain.Union.Covered} -> {domain.Expected})";
    }

    extension(AttackDomain domain)
    {
        /// <summary><c>enterprise</c>.</summary>
        public string ShortName => domain.Name[..domain.Name.IndexOf('-', StringComparison.Ordinal)];
    }

    /// <summary>What actors are called in what is published.</summary>
    public static PublishedNames NamesOf(Assessment assessment) => EmulationPlanMarkdown.NamesOf(assessment.Snapshot.Coverage, assessment.Snapshot);

    /// <summary><c>used by all 3 actors, 0 detections</c>.</summary>
    public static string UsersOf(Gap gap, AssessedDomain domain, PublishedNames names)
    {
        var count = gap.Actors.Length;
        var named = gap.Actors.Take(ShownActors).Select(names.Of).Concat(count > ShownActors ? [$"{count - ShownActors} more"] : Array.Empty<string>());
        var users = count == domain.Actors.Length && count > 1 ? count == 2 ? "both actors" : $"all {count} actors"
            : count == 1 ? names.Of(gap.Actors[0]) : $"{count} of {domain.Actors.Length} actors ({string.Join(", ", named)})";
        var claims = gap.Technique.Claims.Length;
        return $"used by {users}, 0 detections{(claims == 0 ? "" : $", {VerdictParts.Count(claims, "rule claims", "rules claim")} it")}";
    }

    /// <summary>What puts a gap in its place, and what closing it takes: <c>HIGH; not required; weight 3; criticality high; log source collected; effort low</c>.</summary>
    public static string DetailOf(Gap gap, AssessedDomain domain)
    {
        var partial = gap.Technique.Partial is { } part ? $"; {part.Covered} of {part.Of} sub-techniques are covered" : "";
        return $"{gap.Priority.ToString().ToUpperInvariant()}; {GapsText.ValuesOf(gap)}; effort {domain.Backlog.EffortOf(gap).Name}{partial}";
    }

    /// <summary><c>exposes 1,240 workstations (high)</c>; empty for nobody.</summary>
    public static string ExposureOf(Gap gap, AssessedDomain domain) =>
        Exposure.TextOf(Exposure.Of(gap.Technique, domain.Backlog.Assets)) is { Length: > 0 } exposed ? $"exposes {exposed}" : "";

    private static string Share(Tally tally, int total, string? since) =>
        $"{tally.Now}/{total} ({new Ratio(tally.Now, total).Percent}{(tally.Change is null ? "" : $", {tally.Signed}{(since is null ? "" : $" since {since}")}")})";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
