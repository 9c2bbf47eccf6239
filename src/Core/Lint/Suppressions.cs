using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>
/// The comments in rule files that hold findings back: <c># merlon-disable-next-line MRL2301 -- why</c> for a line and
/// <c># merlon-disable MRL2301 -- why</c> for the document around it. Ids and areas stand with commas between them.
/// </summary>
internal sealed class Suppressions
{
    private const string OfDocument = "merlon-disable";
    private const string OfLine = "merlon-disable-next-line";

    // Each finding of a file is compared with each suppression in it, and the file is a stranger's.
    private const int MaxInFile = 1000;

    private readonly List<Suppression> _suppressions = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly ImmutableArray<string> _ids;

    private Suppressions(IEnumerable<DiagnosticInfo> catalog) => _ids = [.. catalog.Select(info => info.Id)];

    /// <summary>One id or area of one comment.</summary>
    /// <param name="Span">Of the id.</param>
    /// <param name="IsOfLine">Whether it holds for the next line, rather than the document.</param>
    private sealed record Suppression(YamlComment Comment, SourceSpan Span, string Ids, bool IsOfLine, bool IsOnly)
    {
        public int FirstLine => IsOfLine ? Comment.NextLine : Comment.FirstLine;

        public int LastLine => IsOfLine ? Comment.NextLine : Comment.LastLine;

        public bool IsUsed { get; set; }

        public bool Covers(Diagnostic diagnostic) =>
            diagnostic.Span.Line >= FirstLine && diagnostic.Span.Line <= LastLine && SeverityOverride.CoversId(Ids, diagnostic.Info.Id);
    }

    /// <param name="catalog">Every id that exists.</param>
    public static Suppressions Read(RuleSet rules, IEnumerable<DiagnosticInfo> catalog)
    {
        Suppressions suppressions = new(catalog);
        foreach (var file in rules.SigmaFiles)
            foreach (var (index, comment) in file.Comments.Where(IsAddressed).Index())
                if (index < MaxInFile)
                    suppressions.Read(comment);
                else
                {
                    suppressions.Refuse(comment.Span, $"file has more than {MaxInFile} suppressions; split it");
                    break;
                }
        return suppressions;
    }

    /// <summary>What is not held back, and what is wrong with the comments themselves.</summary>
    /// <param name="isPartial">Whether a part of the rules is read only, so that checks of the whole set may find less than they would.</param>
    public IEnumerable<Diagnostic> Apply(IEnumerable<Diagnostic> found, bool isPartial)
    {
        var ofFiles = _suppressions.ToLookup(suppression => suppression.Span.Path, StringComparer.Ordinal);
        var kept = found.Where(diagnostic => !IsHeldBack(diagnostic, ofFiles[diagnostic.Span.Path])).ToArray();
        var unused = _suppressions.Where(suppression => !suppression.IsUsed && !(isPartial && CoversSetCheck(suppression.Ids)));
        return [.. kept, .. _diagnostics, .. unused.Select(Unused)];
    }

    /// <summary>All that can be read, in the order of files and lines.</summary>
    /// <param name="rules">Those whose files it was read from.</param>
    public IEnumerable<WrittenSuppression> Written(RuleSet rules) => _suppressions.Select(suppression => new WrittenSuppression(
        suppression.Ids, suppression.IsOfLine ? OfLine : OfDocument, DocumentOf(suppression.Comment, rules)?.Id?.Value, suppression.Span));

    private static SigmaRule? DocumentOf(YamlComment comment, RuleSet rules) =>
        rules.FindDocument(comment.Span with { Line = comment.LastLine }) is { } document && document.Extent.Line >= comment.FirstLine ? document : null;

    private static bool IsAddressed(YamlComment comment) =>
        comment.Text.AsSpan().TrimStart("# \t").StartsWith(YamlComments.Marker, StringComparison.OrdinalIgnoreCase);

    // All that cover the finding are used: each of them alone would hold it back.
    private static bool IsHeldBack(Diagnostic diagnostic, IEnumerable<Suppression> suppressions)
    {
        var isHeldBack = false;
        foreach (var suppression in suppressions.Where(suppression => suppression.Covers(diagnostic)))
            isHeldBack = suppression.IsUsed = true;
        return isHeldBack;
    }

    private static bool CoversSetCheck(string ids) => LintRules.All.Any(rule => rule is SetLintRule && SeverityOverride.CoversId(ids, rule.Info.Id));

    private static Diagnostic Unused(Suppression suppression)
    {
        var comment = suppression.Comment;
        Fix? fix = suppression.IsOnly && comment.IsAlone
            ? new("Remove the suppression", true, new Edit(new(comment.Span.Path, comment.Span.Line, 1, comment.Span.Line + 1, 1), "")) : null;
        return LintDiagnostics.UnusedSuppression.At(suppression.Span, $"'{suppression.Ids}' suppresses nothing {(suppression.IsOfLine ? "on the next line" : "in this document")}; remove it") with { Fix = fix };
    }

    private void Read(YamlComment comment)
    {
        var text = comment.Text;
        var start = text.Length - text.AsSpan().TrimStart("# \t").Length;
        var end = text.AsSpan(start).IndexOfAny(" \t") is >= 0 and var blank ? start + blank : text.Length;
        var word = text[start..end];
        if (word is not (OfDocument or OfLine))
        {
            Refuse(PartOf(comment, start, end), $"'{word}' is not a word for Merlon{Spelling.Hint(word, [OfDocument, OfLine])}");
            return;
        }
        var dashes = text.IndexOf("--", end, StringComparison.Ordinal);
        var ids = Parts(text, end, dashes < 0 ? text.Length : dashes);
        if (ids.Length == 0)
            Refuse(comment.Span, $"suppression names no id; write '{word} MRL2301 -- why'");
        else if (dashes < 0 || text.AsSpan(dashes + 2).IsWhiteSpace())
            Refuse(comment.Span, $"suppression has no reason; write '{word} {string.Join(", ", ids.Select(id => text[id]))} -- why'");
        else
            foreach (var id in ids)
                Add(comment, text[id], PartOf(comment, id.Start.Value, id.End.Value), word == OfLine, ids.Length == 1);
    }

    private void Add(YamlComment comment, string ids, SourceSpan span, bool isOfLine, bool isOnly)
    {
        if (!Exists(ids))
            Refuse(span, $"'{ids}' is not the id or area of a finding{(Spelling.Nearest(ids, _ids) is { } nearest ? $"; did you mean '{nearest}'?" : "")}");
        else if (!LintDiagnostics.MayBeSpared(ids))
            Refuse(span, $"'{ids}' cannot be suppressed; only what is found in a rule that can be read, MRL2xxx and MRL3xxx, can");
        else
            _suppressions.Add(new(comment, span, ids, isOfLine, isOnly));
    }

    // An id, or an area such as MRL23xx: a wider one would hold back what nobody thought of.
    private bool Exists(string ids) =>
        _ids.Contains(ids) || (ids is ['M', 'R', 'L', not 'x', not 'x', 'x', 'x'] && _ids.Any(id => SeverityOverride.CoversId(ids, id)));

    private void Refuse(SourceSpan span, string message) => _diagnostics.Add(LintDiagnostics.BadSuppression.At(span, message));

    private static SourceSpan PartOf(YamlComment comment, int start, int end) =>
        comment.Span with { Column = comment.Span.Column + start, EndColumn = comment.Span.Column + end };

    // What stands between commas and blanks.
    private static Range[] Parts(string text, int start, int end)
    {
        List<Range> parts = [];
        foreach (var range in text.AsSpan(start, end - start).SplitAny(", \t"))
            if (range.End.Value > range.Start.Value)
                parts.Add((start + range.Start.Value)..(start + range.End.Value));
        return [.. parts];
    }
}

/// <summary>One id or area that a comment holds back.</summary>
/// <param name="Word">The comment's first word, which says for which lines.</param>
/// <param name="RuleId">Of the rule in whose document it stands; null where that has none.</param>
/// <param name="Span">Of the id.</param>
internal sealed record WrittenSuppression(string Ids, string Word, string? RuleId, SourceSpan Span);
