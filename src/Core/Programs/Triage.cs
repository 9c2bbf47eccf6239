using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>A baseline to write.</summary>
/// <param name="File">Full path.</param>
internal sealed record NewBaseline(string File, string Text);

/// <summary>
/// Sorts findings, for every command alike: what exceptions and suppressions hold back is gone, what a baseline has is marked as existing,
/// and what the request does not ask for is left out. What configuration says and the gate demands passes untouched.
/// </summary>
internal sealed class Triage
{
    private readonly CheckRequest _request;
    private readonly LintOptions _options;
    private readonly FrozenSet<string> _ruleFiles;
    private readonly AcceptedFindings? _accepted;
    private readonly BaseRules? _base;

    private Triage(CheckRequest request, ProgramFiles files, AcceptedFindings? accepted, BaseRules? compared) =>
        (_request, _options, _ruleFiles, _accepted, _base) = (request, files.Config!.Lint, files.Rules.ToFrozenSet(StringComparer.Ordinal), accepted, compared); // the caller of Open has seen it

    private bool IsPartial => !_request.Paths.IsEmpty;

    /// <summary>Reads what findings are compared with.</summary>
    /// <param name="files">With a usable configuration.</param>
    /// <returns>Null, with findings, when the baseline or the revision can't be used.</returns>
    public static Triage? Open(CheckRequest request, ProgramFiles files, out ImmutableArray<Diagnostic> errors)
    {
        List<Diagnostic> found = [];
        if (request.NewOnly && request.ChangedSince is null)
            found.Add(ConfigurationDiagnostics.BadValue.At(SourceSpan.StartOf(""), "--new-only compares with a revision; name it with --changed-since"));
        var accepted = AcceptedFindings.TryOpen(request, files, found);
        var compared = found.Count == 0 && request.ChangedSince is { } name ? BaseRules.TryRead(name, request, files, found) : null;
        errors = [.. found];
        return found.Count == 0 ? new(request, files, accepted, compared) : null;
    }

    /// <param name="found">With configured severities.</param>
    /// <returns>In report order.</returns>
    public (ImmutableArray<Diagnostic> Diagnostics, NewBaseline? Baseline) Sort(IEnumerable<Diagnostic> found, RuleSet rules)
    {
        var held = Hold(found, rules).InReportOrder().ToLookup(diagnostic => IsOfRule(diagnostic) && _ruleFiles.Contains(diagnostic.Span.Path));
        var own = held[true].ToImmutableArray();
        var others = held[false].Concat(_options.Apply(UnknownExceptions(rules))).ToImmutableArray();
        NewBaseline? written = null;
        if (_accepted is not null)
        {
            (own, var stale, written) = _accepted.Mark(own, rules);
            others = [.. others, .. _options.Apply(stale is null || IsPartial ? [] : [stale])];
        }
        if (_base is not null)
        {
            own = _request.NewOnly ? NewIn(own, rules, _base) : [.. own.Where(diagnostic => _base.HasChanged(diagnostic.Span.Path))];
            others = [.. others.Where(diagnostic => !IsOfContent(diagnostic) || _base.HasChanged(diagnostic.Span.Path))];
        }
        return (own.Concat(others).InReportOrder(), written);
    }

    private ImmutableArray<Diagnostic> NewIn(ImmutableArray<Diagnostic> own, RuleSet rules, BaseRules compared)
    {
        var (before, found) = compared.Lint(rules);
        var baseline = Baseline.Of("", Hold(found, before).Where(IsOfRule).Select(diagnostic => FindingKey.Of(diagnostic, before)));
        return [.. baseline.Mark(own.Where(diagnostic => !diagnostic.IsAccepted), rules, out _).Where(diagnostic => !diagnostic.IsAccepted)];
    }

    // Exceptions first: a suppression beside one suppresses nothing.
    private IEnumerable<Diagnostic> Hold(IEnumerable<Diagnostic> found, RuleSet rules)
    {
        var spared = _options.Exceptions.ToLookup(exception => exception.RuleId, StringComparer.OrdinalIgnoreCase);
        var kept = spared.Count == 0 ? found : found.Where(diagnostic => !(rules.FindDocument(diagnostic.Span)?.Id is { } id
            && spared[id.Value].Any(exception => SeverityOverride.CoversId(exception.Ids, diagnostic.Info.Id))));
        var ofComments = Suppressions.Read(rules, DiagnosticCatalog.All).Apply(kept, IsPartial).ToLookup(IsOfComment);
        return ofComments[false].Concat(_options.Apply(ofComments[true]));
    }

    private IEnumerable<Diagnostic> UnknownExceptions(RuleSet rules)
    {
        // SigmaHQ keeps one list for several folders of rules.
        if (IsPartial || _options.Exceptions.IsEmpty || _options.Preset == Preset.SigmaHq)
            return [];
        var ids = rules.Documents.Select(document => document.Id?.Value).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _options.Exceptions.Where(exception => !ids.Contains(exception.RuleId))
            .Select(exception => LintDiagnostics.UnknownException.At(exception.Span, $"'{exception.RuleId}' is not the id of any rule read here; remove the exception or correct it"));
    }

    // What a rule file is to blame for. Nothing else can be accepted.
    public static bool IsOfRule(Diagnostic diagnostic) => diagnostic.Info.Id is ['M', 'R', 'L', '1' or '2' or '3', ..];

    // What is in files of rules and actors, as against what configuration says and the gate demands.
    private static bool IsOfContent(Diagnostic diagnostic) => IsOfRule(diagnostic) || diagnostic.Info.Id is ['M', 'R', 'L', '4', ..] || IsOfComment(diagnostic);

    private static bool IsOfComment(Diagnostic diagnostic) => diagnostic.Info == LintDiagnostics.UnusedSuppression || diagnostic.Info == LintDiagnostics.BadSuppression;
}
