using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>What makes a finding the same one in another version of a file: everything but its line.</summary>
/// <param name="Rule">The <c>id</c> of the rule in which it is; empty where that has none.</param>
/// <param name="Message">16 hexadecimal digits of the message's hash.</param>
internal readonly record struct FindingKey(string Id, string Path, string Rule, string Message)
{
    /// <param name="rules">Those in which it was found.</param>
    public static FindingKey Of(Diagnostic diagnostic, RuleSet rules) =>
        new(diagnostic.Info.Id, diagnostic.Span.Path, rules.FindDocument(diagnostic.Span)?.Id?.Value ?? "", Hash(diagnostic.Message));

    // A message may point to another line of the file, and lines move.
    private static string Hash(string message) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(BaselineText.LineNumber().Replace(message, "line"))).AsSpan(0, 8));
}

/// <summary>Findings that are accepted, with how often each occurs. In a file: one a line and sorted, so that git merges it.</summary>
internal sealed class Baseline
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 64 << 20;

    private const string Header = "# merlon baseline 1: id, path, rule, message, count";

    private readonly Dictionary<FindingKey, (int Count, int Line)> _entries = [];
    private readonly string _path;

    private Baseline(string path) => _path = path;

    /// <summary>Each finding with how often it is accepted, and the line that says so; by line.</summary>
    public IEnumerable<(FindingKey Key, int Count, SourceSpan Span)> Entries =>
        _entries.OrderBy(entry => entry.Value.Line).Select(entry => (entry.Key, entry.Value.Count, new SourceSpan(_path, entry.Value.Line, 1, entry.Value.Line, 1)));

    public static Baseline Of(string path, IEnumerable<FindingKey> findings)
    {
        Baseline baseline = new(path);
        foreach (var key in findings)
            baseline._entries[key] = (baseline._entries.GetValueOrDefault(key).Count + 1, 1);
        return baseline;
    }

    /// <summary>Null, with a finding, for anything but a whole baseline.</summary>
    public static Baseline? TryRead(string path, ReadOnlySpan<byte> bytes, out Diagnostic? error)
    {
        if (YamlText.TryDecode(path, bytes, out error) is not { } text)
            return null;
        Baseline baseline = new(path);
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        error = lines[0] != Header ? Bad(path, 1, $"file does not begin with '{Header}'; write it with 'merlon lint --write-baseline'") : null;
        for (var at = 1; at < lines.Length && error is null; at++)
            error = lines[at].Length == 0 ? null : baseline.Add(lines[at], at + 1);
        return error is null ? baseline : null;
    }

    /// <summary>With the entries of another one that are about paths that were not looked at.</summary>
    public void Keep(Baseline other, Func<string, bool> isKept)
    {
        foreach (var (key, entry) in other._entries.Where(entry => isKept(entry.Key.Path)))
            _entries.TryAdd(key, entry);
    }

    public string Write()
    {
        StringBuilder text = new($"{Header}\n");
        foreach (var line in _entries.Select(entry => string.Join('\t', [entry.Key.Id, BaselineText.Escape(entry.Key.Path), BaselineText.Escape(entry.Key.Rule), entry.Key.Message, entry.Value.Count.ToString(CultureInfo.InvariantCulture)])).Order(StringComparer.Ordinal))
            text.Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>Says of each finding whether it is here, each entry as often as it counts.</summary>
    /// <param name="stale">The finding that some entries no longer occur; null when all do.</param>
    public ImmutableArray<Diagnostic> Mark(IEnumerable<Diagnostic> findings, RuleSet rules, out Diagnostic? stale)
    {
        var left = _entries.ToDictionary(entry => entry.Key, entry => entry.Value.Count);
        var marked = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var diagnostic in findings)
        {
            var key = FindingKey.Of(diagnostic, rules);
            var isKnown = left.GetValueOrDefault(key) > 0;
            if (isKnown)
                left[key]--;
            marked.Add(diagnostic with { Origin = isKnown ? Origin.Existing : Origin.New, IsAccepted = isKnown });
        }
        var gone = left.Where(entry => entry.Value > 0).Select(entry => _entries[entry.Key].Line).Order().ToArray();
        stale = gone.Length == 0 ? null : LintDiagnostics.StaleBaseline.At(new(_path, gone[0], 1, gone[0], 1),
            $"{gone.Length} of {_entries.Count} {(gone.Length == 1 ? "entries no longer occurs" : "entries no longer occur")} as often as written; 'merlon lint --write-baseline' writes the file anew");
        return marked.ToImmutable();
    }

    private Diagnostic? Add(string line, int number)
    {
        if (line.Split('\t') is not [['M', 'R', 'L', _, _, _, _] id, { Length: > 0 } path, var rule, { Length: 16 } message, var times]
            || !int.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
            return Bad(_path, number, "line is not an id, a path, a rule, 16 digits and a count with tabs between them; write the file anew with 'merlon lint --write-baseline'");
        return _entries.TryAdd(new(id, BaselineText.Unescape(path), BaselineText.Unescape(rule), message), (count, number)) ? null
            : Bad(_path, number, "entry stands here twice; keep one of them");
    }

    private static Diagnostic Bad(string path, int line, string message) => LintDiagnostics.BadBaseline.At(new(path, line, 1, line, 1), message);
}

/// <summary>Text of a baseline. Paths and ids of rules may hold anything.</summary>
internal static partial class BaselineText
{
    [GeneratedRegex(@"\bline [0-9]+", RegexOptions.CultureInvariant)]
    public static partial Regex LineNumber();

    public static string Escape(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\t", @"\t", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal);

    public static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        StringBuilder plain = new();
        for (var at = 0; at < text.Length; at++)
            plain.Append(text[at] != '\\' || at + 1 == text.Length ? text[at] : text[++at] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', var c => c });
        return plain.ToString();
    }
}
