using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Evidence;

namespace Merlon.Core.Report;

/// <summary>An exercise as a page of a forge: what it validated by technique, what became of each test, and from which files. Hosts have their aliases.</summary>
internal static class ExerciseMarkdown
{
    /// <param name="nameOf">What a technique is called.</param>
    public static string Write(Exercise exercise, Func<TechniqueId, string> nameOf)
    {
        var techniques = exercise.Techniques;
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"## Exercise {MarkdownText.Text(exercise.Name)}, {exercise.Date:yyyy-MM-dd}\n\n{Summary(exercise)}\n\n");
        head.Append(CultureInfo.InvariantCulture, $"Alerts count up to {exercise.Window.TotalMinutes:0.##} minutes after a test; clocks may differ by {exercise.Skew.TotalSeconds:0.##} seconds. ATT&CK® {MarkdownText.Text(exercise.Release.Version)}: {exercise.Release.Copyright}\n\n");
        foreach (var file in exercise.Sources.Append(exercise.Alerts))
            head.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Code(file.Name)} SHA-256 `{file.Sha256}`\n");
        ImmutableArray<MarkdownSection> sections =
        [
            new("\n### Techniques\n\n| technique | validated on | missed | by rules |\n|---|---|---|---|\n", "technique", "techniques", [.. techniques.Select(technique => new MarkdownRow(Row(technique, nameOf)))]) { Rank = 0 },
            new("\n### Tests\n\n| test | technique | host | outcome | rules |\n|---|---|---|---|---|\n", "test", "tests", [.. exercise.Tests.OrderByDescending(test => test.Outcome == ValidationOutcome.Missed).Select(test => new MarkdownRow(Row(test)))]) { Rank = 1 },
        ];
        return MarkdownPage.Write(head.ToString(), [.. sections.Where(section => !section.Rows.IsEmpty)], GateMarkdown.Longest);
    }

    /// <summary><c>5 tests: 2 alerted, 3 missed</c>.</summary>
    public static string Summary(Exercise exercise) => $"{VerdictParts.Count(exercise.Tests.Length, "test", "tests")}: {string.Join(", ", exercise.Tests.GroupBy(test => test.Outcome).OrderBy(tests => tests.Key)
        .Select(tests => string.Create(CultureInfo.InvariantCulture, $"{tests.Count()} {tests.Key.Name}")))}; {VerdictParts.Count(exercise.Techniques.Count(technique => !technique.Rules.IsEmpty), "technique", "techniques")} validated";

    /// <summary><c>T1685 validated by 2 of 77 tests, 5 missed</c>.</summary>
    public static string Procedures(ExercisedTechnique technique) =>
        $"{technique.Technique} validated by {technique.Validated} of {VerdictParts.Count(technique.Tests, "test", "tests")}, {technique.Missed} missed{(technique is { Validated: 0, Rules.IsEmpty: false } ? "; an alert cannot be told to be of one of them" : "")}";

    private static string Row(ExercisedTechnique technique, Func<TechniqueId, string> nameOf) => string.Create(CultureInfo.InvariantCulture,
        $"| {technique.Technique} {MarkdownText.Text(nameOf(technique.Technique))} | {technique.Validated} of {VerdictParts.Count(technique.Tests, "test", "tests")} | {technique.Missed} | {Titles(technique.Rules)} |\n");

    private static string Row(ExercisedTest test) =>
        $"| {MarkdownText.Text(test.Name)} | {test.Technique} | {MarkdownText.Code(test.Host ?? "")} | {test.Outcome.Name}{(test.Reason is { } reason ? $": {MarkdownText.Text(reason)}" : "")} | {string.Join("; ", Rules(test))} |\n";

    private static IEnumerable<string> Rules(ExercisedTest test)
    {
        if (!test.Alerted.IsEmpty)
            yield return Titles(test.Alerted);
        if (!test.Silent.IsEmpty)
            yield return $"silent: {Titles(test.Silent)}";
        if (!test.Related.IsEmpty)
            yield return $"related: {Titles(test.Related)}";
    }

    private static string Titles(ImmutableArray<ExercisedRule> rules) => string.Join(", ", rules.Select(rule => MarkdownText.Text(rule.Rule.Title)));
}
