using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Emulation.Plan;
using Merlon.Core.Gate;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A plan as a page. It is published: actors whose TLP is amber or red stand in it under their alias or number, unless it is given names that are private.</summary>
internal static class EmulationPlanMarkdown
{
    public static string Write(EmulationPlan plan, Snapshot snapshot, PublishedNames names)
    {
        StringBuilder head = new();
        head.Append($"## Emulation plan of {MarkdownText.Text(snapshot.Config.Name)}\n\n");
        head.Append($"{EmulationPlanText.Summary(plan)}. ATT&CK {MarkdownText.Text(snapshot.Config.Releases[0].Version)}.\n");
        var actors = plan.Tests.SelectMany(test => test.For).SelectMany(one => one.Actors).Concat(plan.NotPlanned.SelectMany(one => one.Actors)).Distinct().Order(StringComparer.Ordinal).ToArray();
        head.Append($"For {string.Join(", ", actors.Select(actor => MarkdownText.Text(names.Of(actor))))}.\n");
        head.Append($"\nATT&CK®: {snapshot.Config.Releases[0].Copyright}\n");
        ImmutableArray<MarkdownSection> sections =
        [
            new("\n| | technique | test | needs | for | should alert |\n|---|---|---|---|---|---|\n", "test", "tests", [.. plan.Tests.Select(test => new MarkdownRow(Row(test)))]) { Rank = 0 },
            .. plan.NotPlanned.IsEmpty ? [] : new[]
            {
                new MarkdownSection("\n### Without a test\n\n", "technique", "techniques", [.. plan.NotPlanned.Select(one => new MarkdownRow($"- {one.Technique.Id} {MarkdownText.Text(one.Technique.Name)}: {EmulationPlanText.Why(one, plan.Options)}\n"))]) { Rank = 1 },
            },
        ];
        return MarkdownPage.Write(head.ToString(), sections, GateMarkdown.Longest);
    }

    /// <summary>The names of a plan's actors as others may read them.</summary>
    public static PublishedNames NamesOf(ImmutableArray<ProgramCoverage> coverage, Snapshot snapshot) =>
        new([.. coverage.SelectMany(one => one.Actors.Select(actor => new ActorChange(actor.Name, one.Release.Domain, null, actor, null)))], snapshot.KeptBack);

    private static string Row(PlannedTest test) => string.Create(CultureInfo.InvariantCulture,
        $"| {test.Order} | {test.Technique?.Id ?? test.Test.Technique} | {MarkdownText.Text(test.Test.Name)} {MarkdownText.Code(test.Test.Id)} | {MarkdownText.Text(EmulationPlanText.Needs(test.Test))} | {string.Join("<br>", test.For.Select(EmulationPlanText.For))} | {MarkdownText.Text(EmulationPlanText.Expected(test))} |\n");
}
