using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>What the formats of findings print, whichever command found them.</summary>
internal sealed partial class Findings
{
    private readonly PlacedDocuments _documents;

    /// <param name="diagnostics">In report order.</param>
    /// <param name="documents">In any order.</param>
    /// <param name="files">The paths of the rules that were read.</param>
    public Findings(ImmutableArray<Diagnostic> diagnostics, IEnumerable<SigmaRule> documents, IEnumerable<string> files)
    {
        Diagnostics = diagnostics;
        Files = [.. files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _documents = new(documents.DistinctBy(document => (document.Path, document.Index)));
        Fingerprints = [.. Fingerprint()];
    }

    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public ImmutableArray<string> Files { get; }

    /// <summary>
    /// One for each finding, in hexadecimal. It says that a finding is the same one although its line has moved: it is of the id, the path, the
    /// rule and the message, and of how many such findings stand before it.
    /// </summary>
    public ImmutableArray<string> Fingerprints { get; }

    public static Findings Of(LintResult result) => new(result.Reported, result.Rules?.Documents ?? [], result.Files.Rules);

    /// <summary>Accepted ones too.</summary>
    public static Findings OfAll(LintResult result) => new(result.Diagnostics, result.Rules?.Documents ?? [], result.Files.Rules);

    /// <summary>Accepted ones too.</summary>
    public static Findings OfAll(CheckResult result) => new(result.Diagnostics, result.Snapshot?.Rules.Documents ?? [], result.Snapshot?.Files.Rules ?? []);

    /// <summary>Of several programs of one repository. What two of them find is one finding.</summary>
    public static Findings Of(params IReadOnlyCollection<CheckResult> results) => new(
        results.SelectMany(result => result.Reported).InReportOrder(),
        results.SelectMany(result => result.Snapshot?.Rules.Documents ?? []), results.SelectMany(result => result.Snapshot?.Files.Rules ?? []));

    /// <summary>As above, for forms that are published.</summary>
    public static Findings Published(params IReadOnlyCollection<CheckResult> results) => new(
        results.SelectMany(PublishedFindings.Of).InReportOrder(),
        results.SelectMany(result => result.Snapshot?.Rules.Documents ?? []), results.SelectMany(result => result.Snapshot?.Files.Rules ?? []));

    /// <summary>The document that a finding lies in: the one of its file that begins last before it.</summary>
    public SigmaRule? RuleOf(Diagnostic diagnostic) => _documents.Find(diagnostic.Span);

    public int Count(Severity severity) => Diagnostics.Count(diagnostic => !diagnostic.IsAccepted && diagnostic.Severity == severity);

    /// <summary>The file of a finding, for formats that want one: what is wrong with the command line or the program is shown at its configuration.</summary>
    public static string PathOf(Diagnostic diagnostic) => diagnostic.Span.Path.Length == 0 ? ConfigurationReader.FileName : diagnostic.Span.Path;

    private IEnumerable<string> Fingerprint()
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (var diagnostic in Diagnostics)
        {
            // Some messages name another line, which moves too.
            var key = string.Join('\n', diagnostic.Info.Id, diagnostic.Span.Path, RuleOf(diagnostic)?.Id?.Value, LineNumber().Replace(diagnostic.Message, "line"));
            var before = seen[key] = seen.GetValueOrDefault(key, -1) + 1;
            yield return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{before}")).AsSpan(0, 16));
        }
    }

    [GeneratedRegex(@"\bline [0-9]+")]
    private static partial Regex LineNumber();
}
