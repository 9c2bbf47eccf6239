using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>
/// Applies the fixes of findings. A fix is kept only when every file still reads as well as before and no file has got an error of any id more
/// often. Fixes that touch the same text wait for the next round, in which the findings are those of the changed files.
/// </summary>
/// <param name="read">The bytes of a file that may be changed; null for any other.</param>
/// <param name="lint">All findings, in report order, when some files, by path, have other bytes.</param>
/// <param name="includeUnsafe">Whether fixes count that may change what a rule detects or claims.</param>
internal sealed class Fixer(Func<string, byte[]?> read, Func<IReadOnlyDictionary<string, byte[]>, ImmutableArray<Diagnostic>> lint, bool includeUnsafe)
{
    // Limits that no honest repository meets. Each round costs at least one whole check, and each refused fix several.
    private const int MaxRounds = 10;
    private const int MaxTries = 100;
    private const int MaxFixesOfFile = 1000;

    private readonly Dictionary<string, FixedFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<(string Path, string Id, string Message)> _refused = [];
    private ImmutableArray<Diagnostic> _findings;
    private int _tries;

    /// <summary>One round on one file: the fixes of its findings, first come, first served. Every byte outside of their edits stays.</summary>
    /// <returns>The same bytes where nothing applies.</returns>
    public static FixedFile Apply(string path, byte[] bytes, IEnumerable<Diagnostic> findings, bool includeUnsafe)
    {
        if (YamlText.TryDecode(path, bytes, out _) is not { } text)
            return new(path, bytes, bytes, []);
        SourceLines lines = new(text);
        List<(int Start, int End, string NewText)> edits = [];
        var applied = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var finding in findings)
            if (finding.Fix is { } fix && (fix.IsSafe || includeUnsafe) && applied.Count < MaxFixesOfFile && Place(fix, path, text, lines) is { } own
                && !own.Any(edit => edits.Any(other => Touch(edit, other))))
            {
                edits.AddRange(own);
                applied.Add(finding);
            }
        return new(path, bytes, applied.Count == 0 ? bytes : Encode(bytes, text, edits), applied.ToImmutable());
    }

    /// <summary>Rounds until nothing changes.</summary>
    /// <param name="findings">What <c>lint</c> says of the files as they are.</param>
    /// <returns>The changed files, by path. Nothing is written.</returns>
    public ImmutableArray<FixedFile> Run(ImmutableArray<Diagnostic> findings)
    {
        _findings = findings;
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = _refused.Count;
            _tries = 0;
            var kept = Keep(Candidates(), []);
            if (kept.IsEmpty && _refused.Count == before)
                break;
            foreach (var file in Changed(kept))
                _files[file.Path] = file;
            if (kept.Length > 0)
                _findings = lint(_files.ToDictionary(file => file.Key, file => file.Value.Bytes, StringComparer.Ordinal));
        }
        return [.. _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    // Findings of this round whose fixes can be applied side by side.
    private ImmutableArray<Diagnostic> Candidates() =>
    [
        .. _findings.Where(finding => finding.Fix is not null && !_refused.Contains(KeyOf(finding))).GroupBy(finding => finding.Span.Path, StringComparer.Ordinal)
            .SelectMany(group => BytesOf(group.Key) is { } bytes ? Apply(group.Key, bytes, group, includeUnsafe).Applied : []),
    ];

    // All of them, or else what is left when halves are tried on their own: one bad fix keeps no other from being applied.
    private ImmutableArray<Diagnostic> Keep(ImmutableArray<Diagnostic> candidates, ImmutableArray<Diagnostic> kept)
    {
        if (candidates.IsEmpty || IsGood([.. kept, .. candidates]))
            return [.. kept, .. candidates];
        if (candidates.Length > 1)
            return Keep(candidates[(candidates.Length / 2)..], Keep(candidates[..(candidates.Length / 2)], kept));
        _refused.Add(KeyOf(candidates[0]));
        return kept;
    }

    private bool IsGood(ImmutableArray<Diagnostic> fixes)
    {
        if (++_tries > MaxTries)
            return false;
        var changed = Changed(fixes).ToDictionary(file => file.Path, StringComparer.Ordinal);
        if (changed.Values.Any(file => YamlFile.Parse(file.Path, file.Bytes).Diagnostics is { IsEmpty: false } worse && worse.Length > YamlFile.Parse(file.Path, file.Before).Diagnostics.Length))
            return false;
        var bytes = _files.ToDictionary(file => file.Key, file => file.Value.Bytes, StringComparer.Ordinal);
        foreach (var file in changed.Values)
            bytes[file.Path] = file.Bytes;
        var errors = Errors(_findings);
        return Errors(lint(bytes)).All(error => error.Value <= errors.GetValueOrDefault(error.Key));
    }

    private IEnumerable<FixedFile> Changed(ImmutableArray<Diagnostic> fixes)
    {
        foreach (var group in fixes.GroupBy(finding => finding.Span.Path, StringComparer.Ordinal))
        {
            var bytes = BytesOf(group.Key)!; // candidates are of files that can be read
            // The order of the report again: halves were put together.
            var after = Apply(group.Key, bytes, group.InReportOrder(), includeUnsafe);
            yield return _files.TryGetValue(group.Key, out var known) ? after with { Before = known.Before, Applied = [.. known.Applied, .. after.Applied] } : after;
        }
    }

    private byte[]? BytesOf(string path) => _files.TryGetValue(path, out var known) ? known.Bytes : read(path);

    private static (string, string, string) KeyOf(Diagnostic finding) => (finding.Span.Path, finding.Info.Id, finding.Message);

    private static Dictionary<(string, string), int> Errors(ImmutableArray<Diagnostic> findings) =>
        findings.Where(finding => finding.Severity == Severity.Error).CountBy(finding => (finding.Span.Path, finding.Info.Id)).ToDictionary();

    // Null for a fix that has no place in this text, or that changes nothing.
    private static List<(int Start, int End, string NewText)>? Place(Fix fix, string path, string text, SourceLines lines)
    {
        List<(int Start, int End, string NewText)> edits = [];
        foreach (var (span, written) in fix.Edits)
        {
            if (span.Path != path || lines.IndexOf(span.Line, span.Column) is not { } start || lines.IndexOf(span.EndLine, span.EndColumn) is not { } end || end < start)
                return null;
            var newText = written.Replace("\n", lines.Break, StringComparison.Ordinal);
            if (SplitsCharacter(text, start) || SplitsCharacter(text, end) || !IsWellFormed(newText))
                return null;
            var edit = Narrowed(text, start, end, newText);
            if (edits.Any(other => Touch(edit, other)))
                return null;
            if (edit.Start < edit.End || edit.NewText.Length > 0)
                edits.Add(edit);
        }
        return edits.Count > 0 ? edits : null;
    }

    // Without what stays at both ends: fixes of several words of one value can then be applied at once, each of which writes the whole value.
    private static (int Start, int End, string NewText) Narrowed(string text, int start, int end, string newText)
    {
        var before = text.AsSpan(start, end - start).CommonPrefixLength(newText);
        if (SplitsCharacter(text, start + before))
            before--;
        var after = 0;
        while (after < Math.Min(end - start, newText.Length) - before && text[end - after - 1] == newText[^(after + 1)])
            after++;
        if (SplitsCharacter(text, end - after))
            after--;
        return (start + before, end - after, newText[before..(newText.Length - after)]);
    }

    // Neighbours do not touch, unless one of them is an insertion: then nobody could say what comes first.
    private static bool Touch((int Start, int End, string) a, (int Start, int End, string) b) =>
        a.Start == a.End || b.Start == b.End ? a.Start <= b.End && b.Start <= a.End : a.Start < b.End && b.Start < a.End;

    private static bool SplitsCharacter(string text, int at) => at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);

    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
                return false;
            rest = rest[length..];
        }
        return true;
    }

    // The text is well-formed, so that what was not edited becomes the bytes again that it was read from.
    private static byte[] Encode(byte[] bytes, string text, List<(int Start, int End, string NewText)> edits)
    {
        StringBuilder changed = new(text.Length);
        var at = 0;
        foreach (var (start, end, newText) in edits.OrderBy(edit => edit.Start))
        {
            changed.Append(text, at, start - at).Append(newText);
            at = end;
        }
        changed.Append(text, at, text.Length - at);
        return [.. bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(changed.ToString())];
    }
}
