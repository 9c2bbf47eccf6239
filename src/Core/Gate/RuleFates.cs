using System.Collections.Frozen;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Gate;

/// <summary>What became of a rule between two sides, as far as one technique is concerned.</summary>
internal sealed class RuleFates
{
    private readonly Side _base;
    private readonly Side _head;
    private readonly RulePairs _toHead;
    private readonly RulePairs _toBase;
    private readonly FrozenSet<string> _unreadable;
    private readonly FrozenSet<string> _headFiles;
    private readonly ILookup<string, DetectionRule> _successors;
    private readonly FrozenSet<DetectionRule> _ofBase;

    public RuleFates(Side from, Side to)
    {
        (_base, _head, _toHead, _toBase) = (from, to, new(from.Rules, to.Rules), new(to.Rules, from.Rules));
        _unreadable = to.Rules.Unreadable.ToFrozenSet(StringComparer.Ordinal);
        _headFiles = to.Rules.Read.Select(file => file.Path).ToFrozenSet(StringComparer.Ordinal);
        _successors = Successors.Of(to.Rules);
        _ofBase = from.Rules.Rules.ToFrozenSet();
    }

    /// <summary>The same rule on the other side; null where that does not have it.</summary>
    public DetectionRule? FindElsewhere(DetectionRule rule) => _ofBase.Contains(rule) ? _toHead.Find(rule) : _toBase.Find(rule);

    /// <summary>What head did to a claim of the base.</summary>
    /// <param name="claim">It held at the base.</param>
    /// <param name="ofHead">Head's claims, in the same terms.</param>
    public RuleChange Lost(Claim claim, Claims ofHead)
    {
        var (rule, technique) = (claim.Rule, claim.Technique);
        if (_toHead.Find(rule) is not { } now)
            return Gone(claim);
        if (ofHead.On(technique.Id).FirstOrDefault(other => other.Rule == now) is not { } then)
            return now.Defect is { } defect && !now.Techniques.Any() ? new(ChangeCause.Invalid, now, now.Span, defect, $"mend '{now.Title}' in {now.Span.Path}")
                : new(ChangeCause.Retagged, now, now.Span, $"no longer tagged {claim.Tag.Name}", $"tag '{now.Title}' with {technique.Id} again");
        var span = then.Tag.Span;
        return then.Lacks?.Kind switch
        {
            LackKind.Invalid when _unreadable.Contains(now.Span.Path) => Unreadable(now.Span.Path, now),
            LackKind.Invalid => new(ChangeCause.Invalid, now, span, then.Lacks.Text, $"mend '{now.Title}' in {now.Span.Path}"),
            LackKind.Filter => new(ChangeCause.Filtered, now, span, then.Lacks.Text, $"narrow or mend the filter of '{now.Title}'"),
            LackKind.Silenced => new(ChangeCause.Silenced, now, span, then.Lacks.Text, $"set generate: true in the correlation that reads '{now.Title}'"),
            LackKind.Telemetry => new(ChangeCause.TelemetryGone, now, span, then.Lacks.Text, $"collect what '{now.Title}' reads again"),
            LackKind.FailedTest => new(ChangeCause.TestFailed, now, span, then.Lacks.Text, $"mend '{now.Title}', or the test"),
            LackKind.MissedTest => new(ChangeCause.TestMissed, now, span, then.Lacks.Text, $"mend '{now.Title}' and import a record of a newer exercise"),
            LackKind.Untested => new(ChangeCause.TestGone, now, span, then.Lacks.Text, $"give '{now.Title}' a test again, with an event that it matches"),
            LackKind.Unvalidated => new(ChangeCause.RecordGone, now, span, then.Lacks.Text, $"run the tests of '{now.Title}' again and import their record"),
            LackKind.Disabled => new(ChangeCause.Disabled, now, span, then.Lacks.Text, $"turn '{now.Title}' on again"),
            LackKind.Undeployed => new(ChangeCause.Disabled, now, now.Places is [var place, ..] ? place.Span : span, then.Lacks.Text, $"let the SIEM run '{now.Title}' again, and export its inventory"),
            LackKind.Retired => new(ChangeCause.Demoted, now, span, $"status {rule.Status} -> {now.Status}", Successor(now, technique, $"set the status of '{now.Title}' to {rule.Status} again")),
            LackKind.Status => new(ChangeCause.Demoted, now, span, rule.Status == now.Status ? then.Lacks.Text : $"status {Word(rule.Status)} -> {Word(now.Status)}", rule.Status is null ? $"take the status of '{now.Title}' away again" : $"set the status of '{now.Title}' to {rule.Status} again"),
            LackKind.SigmaLevel => new(ChangeCause.Demoted, now, span, rule.SigmaLevel == now.SigmaLevel ? then.Lacks.Text : $"level {Word(rule.SigmaLevel)} -> {Word(now.SigmaLevel)}", $"set the level of '{now.Title}' to {Word(rule.SigmaLevel)} again"),
            LackKind.Tag => new(ChangeCause.Demoted, now, span, then.Lacks.Text, $"take the tag away from '{now.Title}' again"),
            _ => new(ChangeCause.LogSourceChanged, now, span, then.Lacks?.Text ?? $"log source {rule.LogSource} -> {now.LogSource}", $"let '{now.Title}' read {(rule.LogSource is { } source ? $"log source {source}" : "what it read")} again"),
        };
    }

    /// <summary>What head did to bring a claim.</summary>
    /// <param name="claim">It holds at head.</param>
    /// <param name="ofBase">The base's claims, in the same terms.</param>
    public RuleChange Gained(Claim claim, Claims ofBase)
    {
        var (rule, technique, span) = (claim.Rule, claim.Technique, claim.Tag.Span);
        if (_toBase.Find(rule) is not { } before)
            return new(ChangeCause.NewRule, rule, span, _base.Rules.Unreadable.Contains(rule.Span.Path) ? "its file could not be read" : "new rule", null);
        if (ofBase.On(technique.Id).FirstOrDefault(other => other.Rule == before) is not { } then)
            return SameDetection(before, rule) ? new(ChangeCause.Retagged, rule, span, $"tagged {claim.Tag.Name}", null) : new(ChangeCause.Rewritten, rule, span, $"tagged {claim.Tag.Name}, and its detection changed", null);
        return then.Lacks?.Kind switch
        {
            LackKind.Invalid or LackKind.Filter => new(ChangeCause.Repaired, rule, span, then.Lacks.Text, null),
            LackKind.Telemetry => new(ChangeCause.TelemetryCame, rule, span, $"log source {rule.LogSource} is collected", null),
            LackKind.FailedTest => new(ChangeCause.TestAdded, rule, span, "no test of it fails any more", null),
            LackKind.Untested => new(ChangeCause.TestAdded, rule, span, "a test proves it", null),
            LackKind.Unvalidated or LackKind.MissedTest => new(ChangeCause.RecordAdded, rule, span, "a record of an exercise proves it", null),
            LackKind.Undeployed => new(ChangeCause.Deployed, rule, span, "an inventory says that it runs", null),
            LackKind.Disabled => new(ChangeCause.Deployed, rule, span, "its source no longer says that it is turned off", null),
            LackKind.Status or LackKind.Retired when before.Status != rule.Status => new(ChangeCause.Promoted, rule, span, $"status {Word(before.Status)} -> {Word(rule.Status)}", null),
            LackKind.SigmaLevel when before.SigmaLevel != rule.SigmaLevel => new(ChangeCause.Promoted, rule, span, $"level {Word(before.SigmaLevel)} -> {Word(rule.SigmaLevel)}", null),
            LackKind.Status or LackKind.Retired or LackKind.SigmaLevel or LackKind.Tag or LackKind.Silenced => new(ChangeCause.Promoted, rule, span, then.Lacks.Text, null),
            _ => new(ChangeCause.LogSourceChanged, rule, span, $"log source {before.LogSource} -> {rule.LogSource}", null),
        };
    }

    private RuleChange Gone(Claim claim)
    {
        var (rule, path) = (claim.Rule, claim.Rule.Span.Path);
        if (_unreadable.Contains(path))
            return Unreadable(path, rule);
        if (rule.Id is { } id && _successors[id.ToLowerInvariant()].FirstOrDefault() is { } successor)
            return new(ChangeCause.Replaced, rule, claim.Tag.Span, $"replaced by '{successor.Title}', which does not prove {claim.Technique.Id}", $"tag '{successor.Title}' with {claim.Technique.Id}, if it detects that");
        if (!_headFiles.Contains(path) && _head.HasFile(path))
            return new(ChangeCause.Unlisted, rule, claim.Tag.Span, $"'rules' no longer matches {path}", $"let 'rules' match {path} again");
        return new(ChangeCause.Removed, rule, claim.Tag.Span, _headFiles.Contains(path) ? "gone from its file" : "its file is gone", $"put '{rule.Title}' back into {path}");
    }

    private RuleChange Unreadable(string path, DetectionRule rule)
    {
        var cause = _head.Rules.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Span.Path == path && diagnostic.Severity == Severity.Error);
        return new(ChangeCause.Unreadable, rule, cause?.Span ?? SourceSpan.StartOf(path), cause?.Message ?? $"{path} cannot be read in whole", $"mend {path}");
    }

    private string Successor(DetectionRule now, Technique technique, string otherwise) =>
        now.Id is { } id && _successors[id.ToLowerInvariant()].FirstOrDefault() is { } successor ? $"tag its successor '{successor.Title}' with {technique.Id}, if it detects that" : otherwise;

    private static bool SameDetection(DetectionRule one, DetectionRule other) =>
        ReferenceEquals(one.Sigma, other.Sigma) ? one.Sigma is not null || one.QueryHash == other.QueryHash
        : one.Sigma is { HasDetection: true, IsValid: true } before && other.Sigma is { HasDetection: true, IsValid: true } after ? DetectionFingerprint.Of(before) == DetectionFingerprint.Of(after)
        : one.Sigma is not { HasDetection: true } && other.Sigma is not { HasDetection: true } && one.QueryHash == other.QueryHash;

    private static string Word(string? value) => value ?? "none";
}
