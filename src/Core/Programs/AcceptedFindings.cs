using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>The baseline of a request: read, or about to be written.</summary>
internal sealed class AcceptedFindings
{
    private readonly string _path;
    private readonly string _file;
    private readonly Baseline? _read;
    private readonly bool _isWritten;
    // Of a part of the rules the entries about the others stay as they are; null when all are looked at.
    private readonly FrozenSet<string>? _lookedAt;

    private AcceptedFindings(string path, ProgramFiles files, Baseline? read, CheckRequest request) =>
        (_path, _file, _read, _isWritten, _lookedAt) = (path, files.Tree.FullPath(path), read, request.WriteBaseline, request.Paths.IsEmpty ? null : files.Rules.ToFrozenSet(StringComparer.Ordinal));

    /// <returns>Null when there is none, and, with a finding, when it can't be used.</returns>
    public static AcceptedFindings? TryOpen(CheckRequest request, ProgramFiles files, List<Diagnostic> diagnostics)
    {
        var path = request.Baseline is { } given ? files.Tree.PathOf(given) : files.Config?.Lint.Baseline;
        if (path is null && (request.Baseline is not null || request.WriteBaseline))
            diagnostics.Add(ConfigurationDiagnostics.BadValue.At(SourceSpan.StartOf(""), request.Baseline is { } outside
                ? $"'{outside}' lies outside of '{files.Tree.Root}'; a baseline lies in the repository" : "there is no baseline to write; name a file, or set lint.baseline in merlon.yml"));
        if (path is null || (request.WriteBaseline && !Path.Exists(files.Tree.FullPath(path))))
            return path is null ? null : new(path, files, null, request);
        var read = Read(files.Tree, path, out var error);
        // What replaces all of it need not be whole.
        if (error is null || (request is { WriteBaseline: true, Paths.IsEmpty: true } && error.Info == LintDiagnostics.BadBaseline))
            return new(path, files, read, request);
        diagnostics.Add(error);
        return null;
    }

    /// <summary>Marks each finding of a rule as new or existing.</summary>
    public (ImmutableArray<Diagnostic> Marked, Diagnostic? Stale, NewBaseline? Written) Mark(ImmutableArray<Diagnostic> found, RuleSet rules)
    {
        if (!_isWritten)
            return (_read!.Mark(found, rules, out var stale), stale, null); // one that is not written was read
        var written = Baseline.Of(_path, found.Select(diagnostic => FindingKey.Of(diagnostic, rules)));
        if (_read is not null && _lookedAt is not null)
            written.Keep(_read, path => !_lookedAt.Contains(path));
        return (written.Mark(found, rules, out _), null, new(_file, written.Write()));
    }

    /// <summary>The configured baseline of a tree; null when there is none, or none that can be used.</summary>
    public static Baseline? TryRead(ProgramFiles files) =>
        files.Config?.Lint.Baseline is { } path && files.Tree.Exists(path) ? Read(files.Tree, path, out _) : null;

    private static Baseline? Read(ISourceTree tree, string path, out Diagnostic? error)
    {
        if (tree.TryRead(path, Baseline.MaxBytes, out error) is not { } bytes)
            return null;
        if (bytes.Length <= Baseline.MaxBytes)
            return Baseline.TryRead(path, bytes, out error);
        error = LintDiagnostics.BadBaseline.At(SourceSpan.StartOf(path), $"file has more than {Baseline.MaxBytes} bytes");
        return null;
    }
}
