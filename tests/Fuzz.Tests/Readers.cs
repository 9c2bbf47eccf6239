using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Actors;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Configuration;
using Merlon.Core.Csv;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Evidence;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Matching;
using Merlon.Core.Plan;
using Merlon.Core.Programs;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Sources.Tables;
using Merlon.Core.Yaml;

namespace Merlon.Fuzz.Tests;

/// <summary>Every reader of what strangers write.</summary>
internal static class Readers
{
    private const string Path = "f";

    private static readonly AttackRelease Release = AttackReleases.Newest(AttackDomain.Enterprise);

    private static readonly DateOnly Day = new(2026, 11, 24);

    private delegate T? TryRead<T>(string path, ReadOnlySpan<byte> bytes, out Diagnostic? error);

    public static ImmutableArray<Reader> All { get; } =
    [
        new("yaml", Yaml, "&a ", "*a", "!!binary ", "? ", "- ", "|\n", ">-\n", "<<: *a", "%YAML 1.1\n", "...\n"),
        new("sigma", Sigma, "condition: ", "1 of them", "|re: ", "|cidr: ", "|windash|contains: ", "|base64offset", "correlation:", "timeframe: 5m", "attack.t1059.001", "# merlon:ignore MRL3001"),
        new("condition", Condition, "and ", "or ", "not ", "1 of ", "all of ", "them", "s*", "count() by f > 5"),
        new("regex", Regex, "(?:", "(?<=", "(?i)", "{1,9999}", "[^", "\\p{L}", "\\b", "\\1", "*+", "(a|a)*", "$", "^", "[[:alpha:]]", "\\x{110000}"),
        new("check-rule", bytes => Scene.Check("rules/a.yml", bytes), "|re: ", "|cidr: ", "attack.t1059.001", "# merlon:ignore MRL3001", "title: \"::error::x\""),
        new("check-profile", bytes => Scene.Check("actors/a.yml", bytes), "tlp: red", "T1059.001", "exclude:", "targets:"),
        new("config", bytes => Scene.Check("merlon.yml", bytes), "rules:", "actors:", "coverage:", "gate:", "lint:", "attack:", "path: /dev/zero", "format: csv", "map: {}", "../**", "**/**/**/*.yml"),
        new("profile", Profile, "tlp: red", "techniques:", "T1059.001", "exclude:", "targets:", "from: [G0046]", "until: 9999-12-31", "weight: 1e308"),
        new("stix", Stix, "\"type\":", "\"attack-pattern\"", "\"relationship\"", "\"revoked\":true", "\"objects\":", "\"external_references\":"),
        .. ActorImport.Importers.Select(importer => new Reader($"import-{importer.Name}", bytes => Imported(importer.Name, bytes), "\"techniques\":", "\"techniqueID\":", "T1059.001", "\"score\":", "\"domain\":", "\"versions\":", ";", "technique,name\n")),
        .. RuleFormats.All.Where(format => format is not SigmaSource).Select(format => new Reader($"rules-{format.Name}", bytes => Rules(format, bytes), "T1059.001", "[x]\n", "action.correlationsearch.annotations = {\"mitre_attack\":[\"T1059\"]}", "\\\n", "\"\"", "'''", "[[rule.threat]]", "\"resources\":")),
        new("csv", Csv, "\"", "\"\"", ";", ",", "\r\n"),
        new("executions", Executions, "\"attire_version\":", "\"steps\":", "\"host\":", "\"facts\":", "\"technique_id\":", "2026-11-24T00:00:00Z"),
        new("alerts", Alerts, "\"_time\":", "\"rule\":", "\"host\":", "2026-11-24T00:00:00Z", "1700000000"),
        new("events", Events, "\"EventID\":", "<Event>", "\n{}", "[{}]"),
        new("records", bytes => With(found => RecordReader.Read(Path, bytes, found).Length), "exercise:", "results:", "sha256:"),
        new("baseline", bytes => Kept<Baseline>(bytes, Baseline.TryRead), "findings:", "\"version\": 1"),
        new("ratchet", bytes => Kept<Ratchet>(bytes, Ratchet.TryRead), "\"definition\":", "\"covered\":"),
        new("plan", bytes => Kept<KeptPlan>(bytes, KeptPlan.TryRead), "tasks:", "technique:"),
        new("submodules", bytes => new([], SubmoduleNames.Read(bytes).ToString() ?? ""), "[submodule \"a\"]\n", "path = ../x", "url = --upload-pack=x", "ignore = all"),
        new("event", PipelineEvent, "\"pull_request\":", "\"base\":", "\"sha\":", "\"before\":"),
    ];

    private static Reading With(Func<List<Diagnostic>, object?> read)
    {
        List<Diagnostic> found = [];
        var shape = read(found);
        return new(found, Convert.ToString(shape, CultureInfo.InvariantCulture) ?? "");
    }

    private static Reading Yaml(byte[] bytes)
    {
        var file = YamlFile.Parse(Path, bytes);
        return new(file.Diagnostics, string.Join(' ', file.Documents.Select(document => $"{document.Root.Kind}@{document.Root.Span}")));
    }

    private static Reading Sigma(byte[] bytes)
    {
        var file = RuleFile.Of(SigmaFile.Parse(Path, bytes), RuleSource.Sigma);
        var set = RuleSet.Of([file]);
        return new(file.Diagnostics, string.Join(' ', set.Rules.Select(rule => rule.Title)));
    }

    private static Reading Condition(byte[] bytes)
    {
        var root = ConditionParser.Parse(new(SourceSpan.StartOf(Path), Encoding.UTF8.GetString(bytes), isPlain: true), out var errors);
        return new([], $"{root?.GetType().Name} {errors.Length}");
    }

    private static Reading Regex(byte[] bytes)
    {
        var pattern = Encoding.UTF8.GetString(bytes);
        var syntax = RegexSyntax.Parse(pattern, "i");
        var runaway = syntax.Root is { } root ? RegexRunaway.Find(root)?.Text : null;
        return new([], $"{runaway} {RegexExpression.Of(pattern, "i").Defect}");
    }

    private static Reading Profile(byte[] bytes) => With(found => ProfileReader.Read(Path, bytes, [Release], found)?.Name);

    private static Reading Stix(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        var (bundle, found) = StixBundle.Read(stream, Path);
        return new(found, $"{bundle?.Objects.Length} {bundle?.Relationships.Length}");
    }

    private static Reading Imported(string format, byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        var result = ActorImport.OfFile(Path, stream, new() { Date = Day, Format = format }, [Release]);
        // What is written must read again.
        if (result.Profile is { } profile)
        {
            List<Diagnostic> again = [];
            if (ProfileReader.Read(Path, Encoding.UTF8.GetBytes(profile), [Release], again) is null || again.Any(one => one.Severity == Severity.Error))
                throw new InvalidDataException($"the profile cannot be read: {string.Join("; ", again.Select(one => one.Message))}");
        }
        return new(result.Diagnostics, $"{result.Profile}{string.Join('|', result.Choices)}");
    }

    private static Reading Rules(IRuleSource format, byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        var file = RuleFiles.Parse(Path, stream, new() { Name = "s", Format = format, Releases = [Release], Map = format is TableSource table ? MapOf(table) : null, ReadsIdsInNames = true });
        return new(file.Diagnostics, string.Join('|', RuleSet.Of([file]).Rules.Select(rule => $"{rule.Title} {string.Join(' ', rule.AttackTags.Select(tag => tag.Span))}")));
    }

    private static TableMap MapOf(TableSource table)
    {
        var text = table is TextTables ? "records: '(?s)^rule\\s+(?<rule>\\w+)\\s*\\{.*?^\\}'\nname: rule\ntechniques: { match: '(?m)mitre = \"([^\"\\n]+)\"' }\n" : "name: name\ntechniques: tags\n";
        List<Diagnostic> found = [];
        return new TableMapReader(new((YamlMapping)YamlFile.Parse("map.yml", Encoding.UTF8.GetBytes(text)).Documents[0].Root, ConfigurationDiagnostics.Shape, found), table.Shape).Read()
            ?? throw new InvalidDataException($"the map of {table.Name} cannot be used: {string.Join("; ", found.Select(one => one.Message))}");
    }

    private static Reading Csv(byte[] bytes) => new([], Scene.Csv(bytes));

    private static Reading Executions(byte[] bytes) => With(found => ExecutionLog.Read(Path, new MemoryStream(bytes), found).Length);

    private static Reading Alerts(byte[] bytes) => With(found => AlertReader.Read(Path, new MemoryStream(bytes), AlertColumns.Default, found)?.Length);

    private static Reading Events(byte[] bytes) => With(found => EventReader.Read(Path, bytes, found).Length);

    private static Reading Kept<T>(byte[] bytes, TryRead<T> read)
        where T : class
    {
        var kept = read(Path, bytes, out var error);
        return new(error is null ? [] : [error], kept is null ? "none" : "one");
    }

    private static Reading PipelineEvent(byte[] bytes) =>
        new([], PipelineBase.Read(name => name switch { "GITHUB_ACTIONS" => "true", "GITHUB_EVENT_PATH" => "e", "GITHUB_EVENT_NAME" => "pull_request", _ => null }, _ => bytes).ToString() ?? "");
}
