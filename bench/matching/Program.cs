using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Merlon.Core.Diagnostics;
using Merlon.Core.Matching;
using Merlon.Core.Sigma;

// How many pairs of a rule and an event one core compares in a second, one after another and through the index; see bench/README.md.
if (args is not [var rulesFolder, .. { Length: > 0 } eventFolders])
{
    Console.Error.WriteLine("usage: Merlon.Bench.Matching RULES_FOLDER EVENTS_FOLDER...");
    return 2;
}

var before = GC.GetTotalMemory(forceFullCollection: true);
var watch = Stopwatch.StartNew();
ImmutableArray<SigmaRule> rules = [.. Directory.EnumerateFiles(rulesFolder, "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(file => SigmaFile.Parse(file, File.ReadAllBytes(file)).Rules)];
var read = watch.Elapsed;
var rulesMemory = GC.GetTotalMemory(forceFullCollection: true) - before;
watch.Restart();
ImmutableArray<RuleMatcher> matchers = [.. rules.Select(rule => RuleMatcher.Create(rule, [], FieldMappings.Empty)).Where(matcher => matcher.NotEvaluated is null)];
var compiled = watch.Elapsed;
var matchersMemory = GC.GetTotalMemory(forceFullCollection: true) - before - rulesMemory;
watch.Restart();
var index = RuleIndex.Create(matchers);
var indexed = watch.Elapsed;
var indexMemory = GC.GetTotalMemory(forceFullCollection: true) - before - rulesMemory - matchersMemory;
watch.Restart();
ImmutableArray<LogEvent> events = [.. eventFolders.SelectMany(Files).SelectMany(Events)];
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{matchers.Length} of {rules.Length} rules, {events.Length} events; rules read in {read.TotalMilliseconds:F0} ms, compiled in {compiled.TotalMilliseconds:F0} ms, indexed in {indexed.TotalMilliseconds:F0} ms, events read in {watch.Elapsed.TotalMilliseconds:F0} ms"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory: rules {rulesMemory >> 20} MiB, matchers {matchersMemory >> 20} MiB, index {indexMemory >> 20} MiB"));
Console.WriteLine("| way | pairs/s | µs per event | candidates per event | matches |");
Console.WriteLine("|---|---:|---:|---:|---:|");
Measure("each rule", _ => matchers);
Measure("each rule that sees the event", e => matchers.Where(rule => rule.Sees(e)));
Measure("index by text", index.CandidatesOfAnySource);
Measure("index by log source and text", index.Candidates);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
return 0;

// The best of several rounds, so that what else runs on the machine counts least. CPU time of the one thread that works.
void Measure(string way, Func<LogEvent, IEnumerable<RuleMatcher>> candidates)
{
    var (best, looked, matches) = (double.MaxValue, 0L, 0L);
    for (var round = 0; round < 7; round++)
    {
        (looked, matches) = (0, 0);
        var start = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var e in events)
            foreach (var rule in candidates(e))
            {
                looked++;
                matches += rule.Matches(e) ? 1 : 0;
            }
        best = Math.Min(best, (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds);
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {way} | {(double)matchers.Length * events.Length / best:F0} | {best / events.Length * 1e6:F1} | {(double)looked / events.Length:F1} | {matches} |"));
}

static IEnumerable<(string Name, byte[] Bytes)> Files(string folder)
{
    foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        if (file.EndsWith(".json", StringComparison.Ordinal))
            yield return (file, File.ReadAllBytes(file));
        else if (file.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = ZipFile.OpenRead(file);
            foreach (var entry in zip.Entries)
            {
                using MemoryStream content = new();
                using (var stream = entry.Open())
                    stream.CopyTo(content);
                yield return ($"{file}/{entry.FullName}", content.ToArray());
            }
        }
}

static ImmutableArray<LogEvent> Events((string Name, byte[] Bytes) file)
{
    List<Diagnostic> diagnostics = [];
    var events = EventReader.Read(file.Name, file.Bytes, diagnostics);
    foreach (var finding in diagnostics)
        Console.Error.WriteLine($"{finding.Span.Path}({finding.Span.Line}): {finding.Message}");
    return events;
}
