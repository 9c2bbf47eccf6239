using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Git;
using Merlon.Core.Matching;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>What rules made of benign events.</summary>
/// <param name="Alerts">In the order of the rules.</param>
/// <param name="Skipped">Rules that could not be compared, with the reason.</param>
/// <param name="Diagnostics">With the severities that their ids have, in no order.</param>
internal sealed record BenignReport(int Rules, int Files, int Events, ImmutableArray<BenignAlert> Alerts, ImmutableArray<(DetectionRule Rule, string Reason)> Skipped, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>Compares every rule that alerts with events in which nothing is wrong.</summary>
internal static class BenignRun
{
    private static readonly ImmutableArray<string> Extensions = [".json", ".ndjson", ".jsonl"];

    /// <param name="paths">Full paths of files and folders, in the repository or not; empty for the configured ones.</param>
    public static BenignReport Run(RuleSet rules, ProgramFiles files, MerlonConfig config, ImmutableArray<string> paths, TestSelection? chosen, Action<int, int>? progress)
    {
        List<Diagnostic> diagnostics = [];
        var events = paths.IsEmpty ? Configured(files.Tree, config.Tests, files.ConfigPath, diagnostics) : Named(files.Tree, paths, diagnostics);
        BenignCount count = new([.. rules.Rules.Where(rule => rule is { SilencedBy: null, Sigma: not null } && chosen?.Includes(rule) != false)], config.Tests.Mappings);
        var done = 0;
        foreach (var (path, read) in events)
        {
            if (read(out var error) is { } bytes)
                count.Add(path, bytes, diagnostics);
            else
                diagnostics.Add(error!); // one of the two
            progress?.Invoke(++done, events.Count);
        }
        var alerts = count.Alerts(config.Tests.Allowed);
        diagnostics.AddRange(alerts.Where(alert => alert.Allowed is null).Select(Fired));
        if (chosen is null)
            diagnostics.AddRange(config.Tests.Allowed.Where(allowed => alerts.All(alert => alert.Allowed != allowed)).Select(allowed => Unused(allowed, rules)));
        return new(count.Rules, count.Files, count.Events, alerts, count.Skipped, [.. diagnostics]);
    }

    private delegate byte[]? ReadEvents(out Diagnostic? error);

    private static List<(string Path, ReadEvents Read)> Configured(ISourceTree tree, TestOptions options, string? configPath, List<Diagnostic> diagnostics)
    {
        var (paths, unmatched) = tree.Find([.. options.Benign.Select(pattern => pattern.Pattern)]);
        diagnostics.AddRange(options.Benign.Where(pattern => unmatched.Contains(pattern.Pattern))
            .Select(pattern => ConfigurationDiagnostics.UnmatchedPattern.At(pattern.Span, $"'{pattern.Pattern.Text}' matches no file; correct it or remove it")));
        if (options.Benign.IsEmpty)
            diagnostics.Add(ConfigurationDiagnostics.MissingKey.At(SourceSpan.StartOf(configPath ?? ""), "there are no benign events: name files after --benign, or in 'tests.benign' of merlon.yml"));
        return [.. paths.Where(IsEvents).Select(path => Of(tree, path))];
    }

    private static List<(string Path, ReadEvents Read)> Named(ISourceTree tree, ImmutableArray<string> paths, List<Diagnostic> diagnostics)
    {
        SortedDictionary<string, ReadEvents> found = new(StringComparer.Ordinal);
        foreach (var full in paths)
        {
            var files = File.Exists(full) ? [full] : Directory.Exists(full)
                ? Directory.GetFiles(full, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Where(IsEvents).ToArray() : [];
            foreach (var file in files)
                if (tree.PathOf(file) is { } path)
                    found[path] = Of(tree, path).Read;
                else
                    found[file.Replace(Path.DirectorySeparatorChar, '/')] = (out error) => ReadOutside(file, out error);
            if (files.Length == 0)
                diagnostics.Add(ConfigurationDiagnostics.UnreadableFile.At(SourceSpan.StartOf(""), $"'{full}' {(Directory.Exists(full) ? $"holds no {Spelling.OneOf(Extensions)} file" : "does not exist")}; name files of benign events"));
        }
        return [.. found.Select(file => (file.Key, file.Value))];
    }

    private static (string Path, ReadEvents Read) Of(ISourceTree tree, string path) => (path, (out error) => tree.TryRead(path, EventLimits.MaxFileBytes, out error));

    // The user names it, so it may lie anywhere.
    private static byte[]? ReadOutside(string file, out Diagnostic? error)
    {
        error = null;
        try
        {
            if (new FileInfo(file).Length <= EventLimits.MaxFileBytes)
                return File.ReadAllBytes(file);
            error = TreeDiagnostics.Unreadable.At(SourceSpan.StartOf(""), $"'{file}' has more than {EventLimits.MaxFileBytes} bytes; split it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = TreeDiagnostics.Unreadable.At(SourceSpan.StartOf(""), $"'{file}' cannot be read; check its rights");
        }
        return null;
    }

    private static bool IsEvents(string path) => Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    private static Diagnostic Fired(BenignAlert alert) => TestDiagnostics.FiredOnBenign.At(alert.Rule.Span,
        $"'{alert.Rule.Title}' matches {alert.Events} benign {(alert.Events == 1 ? "event" : "events")}, first {alert.First.Path} line {alert.First.Line}: {alert.Detail}");

    private static Diagnostic Unused(AllowedAlert allowed, RuleSet rules) => TestDiagnostics.UnusedAllowance.At(allowed.Span,
        rules.Rules.Any(rule => string.Equals(rule.Id, allowed.RuleId, StringComparison.OrdinalIgnoreCase)) ? $"'{allowed.RuleId}' matches no benign event; remove the entry"
        : $"'{allowed.RuleId}' is not the id of a rule read here{Spelling.Hint(allowed.RuleId, [.. rules.Rules.Select(rule => rule.Id).OfType<string>()])}");
}
