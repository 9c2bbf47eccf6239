using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;

namespace Merlon.Core.Report;

/// <summary>
/// A verdict as a comment on a pull request or a summary of a step. It is published: actors whose TLP is amber or red stand in it under their
/// alias or number, without what their profiles say, unless it is given names that are private.
/// </summary>
internal sealed class GateMarkdown
{
    /// <summary>The first line, by which a comment is found again.</summary>
    public const string Marker = "<!-- merlon -->";

    /// <summary>
    /// GitHub takes 65,536 characters, or 262,144 bytes, of a comment, depending on what is asked. This many UTF-16 units are fewer than either,
    /// and leave room for what a workflow adds.
    /// </summary>
    public const int Longest = 60_000;

    // Of the rules, and of the actors, of one loss so many are named.
    private const int ShownChanges = 5;
    private const int ShownActors = 8;

    private readonly Verdict _verdict;
    private readonly PublishedNames _names;
    private readonly PublishedFindings _findings;

    private GateMarkdown(Verdict verdict, PublishedNames names) => (_verdict, _names, _findings) = (verdict, names, new(names, verdict, null));

    /// <param name="program">The program's name.</param>
    public static string Write(Verdict verdict, string program, PublishedNames names)
    {
        GateMarkdown page = new(verdict, names);
        var compared = verdict.HasBase ? $"Base {MarkdownText.Code(verdict.Base.ShortName)} ({verdict.Base.How.Name})" : "No base to compare with";
        var nothing = verdict.ChangesNothing ? "\nNo change in coverage.\n" : "";
        var head = $"{Marker}\n## Merlon, {Plain(program)}: {verdict.Outcome}\n\n{compared} → {MarkdownText.Code(verdict.Head.ShortName)}\n{nothing}";
        return MarkdownPage.Write(head, [.. page.Sections().Where(section => !section.Rows.IsEmpty)], Longest);
    }

    private IEnumerable<MarkdownSection> Sections() =>
    [
        Actors(),
        Section("Policy weakened", "line", "lines", _verdict.Weakened.Select(Policy), 1),
        Section("Lost", "loss", "losses", Losses(_verdict.Lost), 2),
        Section("Lowered", "lowered proof", "lowered proofs", Losses(_verdict.Lowered), 5),
        Folded("Gained", "gain", "gains", Gains(_verdict.Gained.Where(gain => !gain.IsByTagOnly)), 9),
        Folded("Gained by tag only", "gain by tag only", "gains by tag only", Gains(_verdict.Gained.Where(gain => gain.IsByTagOnly)), 10),
        Section("Left with one rule", "technique", "techniques", _verdict.LastRules.Select(LastRule), 6),
        Section("Other changes", "change", "changes", _verdict.Others.Select(Other), 7),
        Section("Other lines of policy", "line", "lines", _verdict.Policy.Where(change => change.Effect != PolicyEffect.Weaker).Select(Policy), 8),
        Section("Below target", "floor", "floors", _verdict.Broken.Select(floor => new MarkdownRow($"- {floor.Severity.Name}: {VerdictParts.Of(floor, _names.Of(floor.Floor.Actor), Made)}\n")), 3),
        Section("Other findings", "finding", "findings", _verdict.Apart.Select(Finding), 4),
    ];

    private MarkdownSection Actors() => new(
        _verdict.HasBase ? "\n| Actor | Base | Head | Change | Target |\n|---|---|---|---|---|\n" : "\n| Actor | Coverage | Target |\n|---|---|---|\n", "actor", "actors",
        [.. _verdict.Actors.Select(actor => new MarkdownRow(Actor(actor)))])
    {
        Rank = 0,
    };

    private string Actor(ActorChange actor)
    {
        var name = Plain(VerdictParts.In(_names.Of(actor.Name), actor.Domain));
        var head = actor.Head?.Covered.WithPercent ?? "–";
        var target = actor.Target is { } set ? $"{set.Percent}%{(actor.IsBelow ? " **below**" : "")}" : "";
        return _verdict.HasBase ? $"| {name} | {actor.Base?.Covered.WithPercent ?? "–"} | {head} | {actor.Change} | {target} |\n" : $"| {name} | {head} | {target} |\n";
    }

    private MarkdownRow Policy(PolicyChange change)
    {
        var isHidden = _names.IsHidden(change.Span);
        string Value(string? value) => _names.ValueOf(change, value) switch { null => "(none)", PublishedNames.KeptBack => PublishedNames.KeptBack, var told => MarkdownText.Code(told) };
        var finding = _verdict.HiddenBy(change);
        if (finding is not null && !isHidden)
            return new($"- {finding.Severity.Name}: {Made(finding.Message)} ({Place(change.Span)})\n");
        var severity = finding is null ? "" : $"{finding.Severity.Name}: ";
        return new($"- {severity}{MarkdownText.Code(_names.In(change.Key))}: {Value(change.Base)} → {Value(change.Head)}{(isHidden ? "" : $" ({Place(change.Span)})")}\n");
    }

    private IEnumerable<MarkdownRow> Losses(ImmutableArray<Loss> losses)
    {
        var technique = "";
        foreach (var group in VerdictParts.Together(losses))
        {
            var loss = group[0];
            StringBuilder row = new();
            AppendTechnique(row, ref technique, VerdictParts.NameOf(loss.Technique, loss.Domain));
            row.Append($"  - {loss.Severity.Name}: {Names(group.Select(one => one.Actor))}{Plain(VerdictParts.On(loss.Platforms))}: {loss.From.Name} → {loss.To.Name}{VerdictParts.Notes(loss)}\n");
            AppendChanges(row, loss.Changes, 4);
            if (loss.Restore.Length > 0)
                row.Append($"    - restore: {Made(loss.Restore)}\n");
            yield return new(row.ToString(), group.Length);
        }
    }

    private IEnumerable<MarkdownRow> Gains(IEnumerable<Gain> gains)
    {
        var technique = "";
        foreach (var group in VerdictParts.Together(gains))
        {
            var gain = group[0];
            StringBuilder row = new();
            AppendTechnique(row, ref technique, VerdictParts.NameOf(gain.Technique, gain.Domain));
            row.Append($"  - {Names(group.Select(one => one.Actor))}{Plain(VerdictParts.On(gain.Platforms))}: {gain.From.Name} → {gain.To.Name}\n");
            AppendChanges(row, gain.Changes, 4);
            yield return new(row.ToString(), group.Length);
        }
    }

    private MarkdownRow LastRule(LastRule last)
    {
        StringBuilder row = new($"- {Plain($"{VerdictParts.NameOf(last.Technique)}{VerdictParts.On(last.Platforms)}")}: {Rule(RuleName.Of(last.Rule), last.Span)}; used by {Names(last.Actors)}\n");
        AppendChanges(row, last.Changes, 2);
        return new(row.ToString());
    }

    private MarkdownRow Other(OtherChange change) =>
        new($"- {string.Join(", ", new[] { change.Kind.Name, change.Actor is { } actor ? Plain(_names.Of(actor)) : null, change.Technique?.ToString() }.OfType<string>())}: {Made(change.Detail)}\n");

    private MarkdownRow Finding(Diagnostic diagnostic) =>
        new($"- {diagnostic.Severity.Name}: {diagnostic.Info.Id}, {Plain(_findings.MessageOf(diagnostic))}{(diagnostic.Span.Path.Length == 0 || _names.IsHidden(diagnostic.Span) ? "" : $" ({Place(diagnostic.Span)})")}\n");

    private void AppendChanges(StringBuilder row, ImmutableArray<RuleChange> changes, int indent)
    {
        foreach (var change in changes.Take(ShownChanges))
            row.Append(' ', indent).Append(change.Rule is { } rule ? $"- {Rule(RuleName.Of(rule), change.Span)}: {change.Cause.Name}, {Made(change.Detail)}\n" : $"- {Made(change.Detail)}\n");
        if (changes.Length > ShownChanges)
            row.Append(' ', indent).Append($"- and {VerdictParts.Count(changes.Length - ShownChanges, "other rule", "other rules")}\n");
    }

    private static void AppendTechnique(StringBuilder row, ref string last, string technique)
    {
        if (last != technique)
            row.Append($"- **{Plain(technique)}**\n");
        last = technique;
    }

    // A rule without a title is called by its path.
    private string Rule(string title, SourceSpan span) => _names.IsHidden(span) ? Plain(title) : title == span.Path ? Place(span) : $"{Plain(title)}, {Place(span)}";

    private string Names(IEnumerable<string> actors)
    {
        string[] names = [.. actors.Select(_names.Of).Distinct()];
        return string.Join(", ", names.Take(ShownActors).Select(Plain)) + (names.Length > ShownActors ? $" and {names.Length - ShownActors} more" : "");
    }

    // Merlon's own sentences name actors.
    private string Made(string text) => Plain(_names.In(text));

    private static MarkdownSection Section(string heading, string one, string many, IEnumerable<MarkdownRow> rows, int rank)
    {
        ImmutableArray<MarkdownRow> all = [.. rows];
        return new($"\n### {heading}: {all.Sum(row => row.Number)}\n\n", one, many, all) { Rank = rank };
    }

    private static MarkdownSection Folded(string heading, string one, string many, IEnumerable<MarkdownRow> rows, int rank)
    {
        ImmutableArray<MarkdownRow> all = [.. rows];
        return new($"\n<details><summary>{heading}: {all.Sum(row => row.Number)}</summary>\n\n", one, many, all) { Rank = rank, Foot = "\n</details>\n" };
    }

    private static string Plain(string text) => MarkdownText.Text(text);

    private static string Place(SourceSpan span) => MarkdownText.Code($"{span.Path}:{span.Line}");
}
