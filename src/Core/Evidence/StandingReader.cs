using Merlon.Core.Attack;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>Holds records against rules, a release and a day.</summary>
internal sealed class StandingReader(RuleSet rules, AttackRelease release, ValidationOptions options, DateOnly date)
{
    private readonly RuleContent _content = new();
    private readonly ILookup<string, DetectionRule> _byId = rules.Rules.Where(rule => rule.Id is not null).ToLookup(rule => rule.Id!, StringComparer.OrdinalIgnoreCase); // filtered

    public RecordStanding Read(ValidationRecord record)
    {
        var (rule, content) = record.RuleId is { } id ? FindRule(id, record.Content) : default;
        var technique = release.Find(record.Technique) is { IsRevoked: true } ? release.FinalReplacement(record.Technique) : release.Find(record.Technique);
        var (standing, why) = Judge(record, rule, content, technique);
        return new(record, standing, rule, technique is { IsLive: true } ? technique.Id : null)
        {
            IsOfThisContent = content is not null && content == record.Content,
            Why = why is null ? null : $"record of {record.Date:yyyy-MM-dd} {why}",
        };
    }

    /// <summary>The last day on which a record counts.</summary>
    public static DateOnly LastDay(ValidationRecord record, ValidationOptions options) => record.Date.AddDays(options.MaxAgeDays);

    private (Standing, string?) Judge(ValidationRecord record, DetectionRule? rule, string? content, Technique? technique)
    {
        if (record.IsByHand && !options.AllowsHand)
            return (Standing.ByHand, "was written by hand, which validation.hand does not allow");
        if (record.Date > date)
            return (Standing.Future, "is of a day to come");
        if (record.RuleId is not null && content is null)
            return (Standing.UnknownRule, rule is null ? $"names rule {record.RuleId}, which is not here" : $"names rule {record.RuleId}, which is not valid, or of a source that does not tell what it searches for");
        if (record.RuleId is not null && content != record.Content)
            return (Standing.Void, record.Content is null ? $"has no content; that of the rule is {content}" : "is void: the rule changed");
        if (technique is not { IsLive: true })
            return (Standing.UnknownTechnique, $"names {record.Technique}, which is not a technique of ATT&CK {release.Version}");
        var last = LastDay(record, options);
        return date > last ? (Standing.Expired, $"expired on {last:yyyy-MM-dd}") : (Standing.Current, null);
    }

    // Of rules that share an id, which is a finding of its own, that one which was exercised.
    private (DetectionRule?, string?) FindRule(string id, string? recorded)
    {
        var found = _byId[id].Select(rule => (Rule: rule, Content: _content.Find(rule))).ToArray();
        return found.FirstOrDefault(one => one.Content is not null && one.Content == recorded) is { Rule: not null } same ? same
            : found.OrderByDescending(one => one.Content is not null).FirstOrDefault();
    }
}
