using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Sources;

namespace Merlon.Core.Plan;

/// <summary>How much a task takes, or the hardest one of a gap.</summary>
internal enum Effort
{
    /// <summary>To adopt a rule that exists, on a log source that is collected.</summary>
    Low,
    /// <summary>To write one, on a log source that is collected.</summary>
    Medium,
    /// <summary>To collect a log source.</summary>
    High,
    /// <summary>Nothing of one's own: it happens outside, or no analytic and no rule says what to read.</summary>
    Blocked,
}

internal enum TaskKind
{
    Collect,
    Adopt,
    Write,
}

/// <summary>A piece of work. Two are one when they are equal: a log source is collected once, whatever it opens.</summary>
/// <param name="LogSource">What is collected, or what a rule is written against; Sigma's words, or ATT&amp;CK's name where Sigma has none. Null when a rule is adopted, and when nothing says what to read.</param>
/// <param name="Technique">What a rule is written for; null otherwise.</param>
/// <param name="Rule">What is adopted, with all that it reads; null otherwise.</param>
internal sealed record GapTask(TaskKind Kind, string? LogSource, TechniqueId? Technique, DetectionRule? Rule)
{
    public Effort Effort => Kind switch { TaskKind.Adopt => Effort.Low, TaskKind.Write => Effort.Medium, _ => Effort.High };

    /// <summary>How many rules it is: a correlation comes with those that it reads.</summary>
    public int Rules => Kind == TaskKind.Collect ? 0 : Rule is null ? 1 : 1 + ReadBy(Rule).Count;

    public int DaysIn(PlanOptions options) => options.DaysOf(Effort) * (Kind == TaskKind.Collect ? 1 : Rules);

    public static GapTask Collect(string logSource) => new(TaskKind.Collect, logSource, null, null);

    public static GapTask Adopt(DetectionRule rule) => new(TaskKind.Adopt, null, null, rule);

    public static GapTask Write(TechniqueId technique, string? logSource) => new(TaskKind.Write, logSource, technique, null);

    // Rules can read each other in a circle.
    private static HashSet<DetectionRule> ReadBy(DetectionRule rule)
    {
        HashSet<DetectionRule> seen = [];
        Queue<DetectionRule> rest = new(rule.Reads);
        while (rest.TryDequeue(out var read))
            if (read != rule && seen.Add(read))
                foreach (var further in read.Reads)
                    rest.Enqueue(further);
        return seen;
    }
}

/// <summary>One way to close a gap: at most one rule, and what has to be collected for it.</summary>
/// <param name="Rule">Null where a rule that the program has needs its log source and nothing else.</param>
/// <param name="Missing">Log sources that are not collected, sorted.</param>
/// <param name="Closes">Every technique that the way closes, by id: a rule may have several tags.</param>
internal sealed record GapWay(GapTask? Rule, ImmutableArray<string> Missing, ImmutableArray<TechniqueId> Closes)
{
    public IEnumerable<GapTask> Tasks => [.. Missing.Select(GapTask.Collect), .. Rule is null ? Array.Empty<GapTask>() : [Rule]];

    public Effort Effort => Missing.IsEmpty ? Rule?.Effort ?? Effort.Low : Effort.High;
}
