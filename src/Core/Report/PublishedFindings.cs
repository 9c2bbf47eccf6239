using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>
/// Findings as published forms have them: what a profile that is kept back says, and where, is in none of them. They stand at the
/// configuration instead.
/// </summary>
internal sealed class PublishedFindings
{
    private readonly PublishedNames _names;
    // Null where nothing was measured, so that nothing is known of profiles.
    private readonly Verdict? _verdict;
    private readonly SourceSpan _configuration;

    public PublishedFindings(PublishedNames names, Verdict? verdict, string? configPath) =>
        (_names, _verdict, _configuration) = (names, verdict, SourceSpan.StartOf(configPath ?? ""));

    /// <summary>What a check reports.</summary>
    public static IEnumerable<Diagnostic> Of(CheckResult result)
    {
        var names = result is { Verdict: { } verdict, Snapshot: { } head } ? new PublishedNames(verdict, head.KeptBack) : PublishedNames.Private;
        PublishedFindings published = new(names, result.Verdict, result.Snapshot?.Files.ConfigPath);
        return result.Reported.Select(published.Of);
    }

    public Diagnostic Of(Diagnostic finding) => _names.IsHidden(finding.Span)
        ? finding with { Span = _configuration, Message = MessageOf(finding), Fix = null } : finding with { Message = MessageOf(finding) };

    /// <summary>The message without what is kept back.</summary>
    public string MessageOf(Diagnostic finding)
    {
        var isHidden = _names.IsHidden(finding.Span);
        // What is found in a rule is made of the rule alone. To mark in it what a profile says, too, would tell what that says.
        if (Triage.IsOfRule(finding) && !isHidden)
            return finding.Message;
        // What is found in a profile quotes it, and so may one that could not be looked for.
        if ((isHidden && finding.Info.Id is ['M', 'R', 'L', '1' or '4', ..]) || (_verdict is null && finding.Info.Id is ['M', 'R', 'L', '4', ..]))
            return $"{finding.Info.Title}, in what is kept back by its TLP; 'merlon check' says more";
        return isHidden && finding.Info == GateDiagnostics.WeakenedPolicy ? Weakened(finding) : _names.In(finding.Message);
    }

    private string Weakened(Diagnostic finding) =>
        _verdict?.Policy.FirstOrDefault(change => change.Span == finding.Span && finding.Message.StartsWith(change.Text, StringComparison.Ordinal)) is { } line
            ? $"{_names.In(line.Key)}: {_names.ValueOf(line, line.Base) ?? PolicyChange.NotWritten} -> {_names.ValueOf(line, line.Head) ?? PolicyChange.NotWritten}{_names.In(finding.Message[line.Text.Length..])}"
            : finding.Info.Title;
}
