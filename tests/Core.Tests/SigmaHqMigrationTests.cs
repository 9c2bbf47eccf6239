using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>
/// SigmaHQ's own move from ATT&amp;CK 18 to 19, against what the fixes make of the same files. The files of before are rebuilt: what SigmaHQ added is
/// taken out of its rules of today, and what it removed is put in.
/// </summary>
public class SigmaHqMigrationTests
{
    private sealed record Move(string Path, string Before, string[] Tags, string[] Wanted);

    [Fact]
    public void What_the_fixes_make_of_SigmaHQs_files_is_what_SigmaHQ_made_of_them_but_for_known_classes()
    {
        var moves = Moves().ToArray();
        var classes = moves.Select(move => ClassOf(move, TagsOf(MigrationTests.Fix(move.Before)))).CountBy(name => name).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"| {pair.Key} | {pair.Value} |")).ToArray();
        var page = File.ReadAllText(Repository.PathOf("docs/migration.md")).ReplaceLineEndings("\n");
        Assert.Contains(string.Join('\n', classes) + "\n", page, StringComparison.Ordinal);
        Assert.Contains($"{moves.Length.ToString("N0", CultureInfo.InvariantCulture)} files", page, StringComparison.Ordinal);
    }

    private static string ClassOf(Move move, string[] tags)
    {
        if (tags.ToHashSet(StringComparer.Ordinal).SetEquals(move.Wanted))
            return "the same tags";
        var missing = move.Wanted.Except(tags).ToArray();
        var more = tags.Except(move.Wanted).ToArray();
        Assert.True(more.All(move.Tags.Contains), $"{move.Path}: {string.Join(' ', more)}");
        return more is ["attack.t1562.004"] && missing is [var one] && one.StartsWith("attack.t1686", StringComparison.Ordinal) ? "T1562.004 is left to a person"
            : more is ["attack.defense-evasion"] && missing is [] ? "the tactic is left to a person; SigmaHQ removed it"
            : more is ["attack.defense-evasion"] ? "the tactic is left to a person; SigmaHQ chose one"
            : $"{string.Join(' ', missing)} missing, {string.Join(' ', more)} more";
    }

    private static IEnumerable<Move> Moves()
    {
        var rules = Repository.SharedData("sigmahq/rules");
        var oracle = File.ReadAllLines(Repository.SharedData("oracles/sigmahq_v18_to_v19_migration.tsv")).Skip(1).Select(line => line.Split('\t'));
        foreach (var (path, removed, added) in oracle.Where(row => row[0].StartsWith("rules/", StringComparison.Ordinal)).Select(row => (row[0]["rules/".Length..], Split(row[1]), Split(row[2]))))
        {
            if (!File.Exists(Path.Combine(rules, path)))
                continue;
            var now = File.ReadAllText(Path.Combine(rules, path));
            var wanted = TagsOf(now);
            // Tags that were changed again since say nothing about the move.
            if (added.Except(wanted).Any())
                continue;
            string[] before = [.. removed, .. wanted.Except(added)];
            var list = Regex.Match(now, @"^tags:[ ]*\n(?<item>[ ]*- .*\n)+", RegexOptions.Multiline);
            yield return new(path, now[..list.Index] + $"tags:\n{string.Concat(before.Select(tag => $"    - {tag}\n"))}" + now[(list.Index + list.Length)..], before, wanted);
        }
    }

    private static string[] Split(string tags) => tags.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static string[] TagsOf(string text) => [.. RuleSet.Of([Merlon.Core.Sigma.SigmaFile.Parse("r.yml", Encoding.UTF8.GetBytes(text))]).Rules.Single().Tags];
}
