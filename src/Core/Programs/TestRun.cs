using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>What <c>merlon test</c> is asked for besides the program.</summary>
internal sealed record TestRequest
{
    /// <summary>Ids, names, titles and file names of rules: only their tests are run.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    public bool Explains { get; init; }

    /// <summary>Full paths of benign events, files and folders; null to test rules. Empty for those that the configuration names.</summary>
    public ImmutableArray<string>? Benign { get; init; }
}

/// <summary>What tests of rules, or benign events, said.</summary>
internal sealed record TestRunResult
{
    public required ProgramFiles Files { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>With configured severities, in report order.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>Null when the request cannot be met.</summary>
    public RuleSet? Rules { get; init; }

    public ImmutableArray<TestedEvent> Tests { get; init; } = [];

    /// <summary>Rules that no test is for; none where rules were chosen.</summary>
    public ImmutableArray<DetectionRule> WithoutTests { get; init; } = [];

    /// <summary>What benign events said; null where rules were tested.</summary>
    public BenignReport? Benign { get; init; }

    public int Count(TestOutcome outcome) => Tests.Count(test => test.Result.Outcome == outcome);

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}

/// <summary>Runs the tests of a program's rules, or its rules over benign events.</summary>
internal static class TestRun
{
    /// <param name="request">Its paths choose tests: of rules in them, or their own.</param>
    public static TestRunResult Run(CheckRequest request, TestRequest test)
    {
        var chosen = request.Paths;
        // Correlations and filters may lie anywhere among the rules, so all are read.
        var files = ProgramFiles.Find(request with { Paths = [], Directory = chosen is [var first, ..] ? FolderOf(first) : request.Directory, NeedsActors = false, NeedsRules = chosen.IsEmpty });
        TestRunResult unusable = new() { Files = files, Date = request.Date, Diagnostics = files.Diagnostics.InReportOrder() };
        if (files.Config is not { } config)
            return unusable;
        List<Diagnostic> unknown = [];
        // A folder of tests has no rules, and a path outside is found out when rules are chosen.
        if (!chosen.IsEmpty)
            files = files.WithSigma(ProgramFiles.Below(files.Tree, chosen, []).Where(IsYaml));
        var rules = RuleSet.Of(RuleFiles.Read(files.Tree, files.Sources, null));
        var names = TestSelection.Of(rules, files.Tree, chosen, test.Rules, unknown);
        if (unknown.Count > 0)
            return unusable with { Diagnostics = unknown.InReportOrder() };
        var found = files.Diagnostics.Concat(rules.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error));
        TestRunResult result = new() { Files = files, Date = request.Date, Rules = rules, Diagnostics = [] };
        if (test.Benign is { } benign)
        {
            var report = BenignRun.Run(rules, files, config, benign, names, request.Progress);
            return result with { Benign = report, Diagnostics = config.Lint.Apply(found.Concat(report.Diagnostics)).InReportOrder() };
        }
        var ran = RuleTests.Run(rules, files.Tree, config.Tests, new() { Includes = names is null ? null : names.Includes, Explains = test.Explains, Progress = request.Progress });
        if (names?.FindEmpty([.. rules.Documents.Select(document => document.Span.Path), .. ran.Tests.Select(one => one.Path), .. found.Concat(ran.Diagnostics).Select(finding => finding.Span.Path)]).ToArray() is { Length: > 0 } empty)
            return unusable with { Diagnostics = empty.InReportOrder() };
        return result with { Tests = ran.Tests, WithoutTests = names is null ? ran.WithoutTests : [], Diagnostics = config.Lint.Apply(found.Concat(ran.Diagnostics)).InReportOrder() };
    }

    private static bool IsYaml(string path) => path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal);

    private static string FolderOf(string full) => Directory.Exists(full) ? full : Path.GetDirectoryName(full)!; // full paths have a folder
}
