using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Actors;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Evidence;
using Merlon.Core.Git;
using Merlon.Core.Matching;
using Merlon.Core.Programs;
using Merlon.Core.Programs.Init;
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

    // Of a run over a repository.
    private const int Whole = 20;

    public static ImmutableArray<Reader> All { get; } =
    [
        new("yaml", Yaml, "&a ", "*a", "!!binary ", "? ", "- ", "|\n", ">-\n", "<<: *a", "%YAML 1.1\n", "...\n"),
        new("sigma", Sigma, "condition: ", "1 of them", "|re: ", "|cidr: ", "|windash|contains: ", "|base64offset", "correlation:", "timeframe: 5m", "attack.t1059.001", "# merlon:ignore MRL3001"),
        new("condition", Condition, "and ", "or ", "not ", "1 of ", "all of ", "them", "s*", "count() by f > 5"),
        new("regex", Regex, "(?:", "(?<=", "(?i)", "{1,9999}", "[^", "\\p{L}", "\\b", "\\1", "*+", "(a|a)*", "$", "^", "[[:alpha:]]", "\\x{110000}"),
        new("check-rule", bytes => Scene.Check("rules/a.yml", bytes), "|re: ", "|cidr: ", "attack.t1059.001", "# merlon:ignore MRL3001", "title: \"::error::x\"") { UsualInputs = Whole },
        new("check-profile", bytes => Scene.Check("actors/a.yml", bytes), "tlp: red", "T1059.001", "exclude:", "targets:") { UsualInputs = Whole },
        new("config", bytes => Scene.Check("merlon.yml", bytes), "rules:", "actors:", "coverage:", "gate:", "lint:", "attack:", "path: /dev/zero", "format: csv", "map: {}", "../**", "**/**/**/*.yml") { UsualInputs = Whole },
        new("logsources", bytes => Scene.Configured("coverage: { logSources: FILE }\n", bytes), "collected:", "product: windows", "category: x", "without: [x]", "since: 2026-01-02", "as: [x]", "assets: [x]"),
        new("dettect", bytes => Scene.Configured("coverage: { logSources: FILE }\n", bytes), "file_type: data-source-administration", "data_sources:", "applicable_to: [all]", "date_connected: 2020-01-01", "device_completeness: 6", "platform: [all]"),
        new("assets", bytes => Scene.Configured("coverage: { assets: FILE }\n", bytes), "assets:", "name: x", "platforms: [Windows]", "criticality: critical", "number: 1e9"),
        new("sigma-cli", SigmaCli, "validators:", "- -all", "exclusions:", "config:", "5f1abf38-85c4-4b4c-a2e9-3a4c2c0a1d11: tlpv1_tag", "description_existence"),
        new("clusters", Scene.Clusters, "\"values\":", "\"cfr-target-category\":", "\"country\":", "\"meta\":", "\"targeted-sector\":", "\"cfr-suspected-victims\":"),
        new("tool-manifest", Manifest, "\"tools\": {", "\"merlon\": {}", "// x\n", "/*", "\"MERLON\""),
        new("profile", Profile, "tlp: red", "techniques:", "T1059.001", "exclude:", "targets:", "from: [G0046]", "until: 9999-12-31", "weight: 1e308"),
        new("stix", Stix, "\"type\":", "\"attack-pattern\"", "\"relationship\"", "\"revoked\":true", "\"objects\":", "\"external_references\":"),
        .. ActorImport.Importers.Select(importer => new Reader($"import-{importer.Name}", bytes => Imported(importer.Name, bytes), "\"techniques\":", "\"techniqueID\":", "T1059.001", "\"score\":", "\"domain\":", "\"versions\":", ";", "technique,name\n")),
        .. RuleFormats.All.Where(format => format is not SigmaSource).Select(format => new Reader($"rules-{format.Name}", bytes => Rules(format, bytes), "T1059.001", "[x]\n", "action.correlationsearch.annotations = {\"mitre_attack\":[\"T1059\"]}", "\\\n", "\"\"", "'''", "[[rule.threat]]", "\"resources\":")),
        new("csv", Csv, "\"", "\"\"", ";", ",", "\r\n"),
        new("executions", Executions, "\"attire_version\":", "\"steps\":", "\"host\":", "\"facts\":", "\"technique_id\":", "2026-11-24T00:00:00Z"),
        new("alerts", Alerts, "\"_time\":", "\"rule\":", "\"host\":", "2026-11-24T00:00:00Z", "1700000000"),
        new("events", Events, "\"EventID\":", "<Event>", "\n{}", "[{}]"),
        new("records", bytes => With(found => RecordReader.Read(Path, bytes, found).Length), "exercise:", "results:", "sha256:"),
        new("event", PipelineEvent, "\"pull_request\":", "\"base\":", "\"sha\":", "\"before\":"),
        .. KeptReaders.All,
        .. GitReaders.All,
    ];

    public static Reading With(Func<List<Diagnostic>, object?> read)
    {
        List<Diagnostic> found = [];
        var shape = read(found);
        return new(found, Convert.ToString(shape, CultureInfo.InvariantCulture) ?? "");
    }

    private static Reading Yaml(byte[] bytes)
    {
        var file = YamlFile.Parse(Path, bytes);
        // Where the quick reader answers, it is the same answer.
        if (YamlText.TryDecode(Path, bytes, out _) is { } text && YamlFile.ReadQuickly(Path, text) is { } quick && YamlShape.Of(quick) is var one && YamlShape.Of(YamlFile.ReadAny(Path, text, keepsDuplicateKeys: false)) is var other && one != other)
            throw new InvalidDataException($"YamlDotNet has\n{other}\nand the quick reader\n{one}");
        return new(file.Diagnostics, YamlShape.Of(file));
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
        return new([], $"{root?.GetType().Name} {errors.Length}") { IsTaken = root is not null && errors.Length == 0 };
    }

    private static Reading Regex(byte[] bytes)
    {
        var pattern = Encoding.UTF8.GetString(bytes);
        var syntax = RegexSyntax.Parse(pattern, "i");
        var runaway = syntax.Root is { } root ? RegexRunaway.Find(root)?.Text : null;
        return new([], $"{runaway} {RegexExpression.Of(pattern, "i").Defect}") { IsTaken = syntax.Root is not null };
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

    private static Reading SigmaCli(byte[] bytes) => With(found =>
    {
        var text = SigmaCliConfiguration.Convert(Path, bytes, found);
        // What is written must read again.
        if (text is not null && Scene.Configuration(Encoding.UTF8.GetBytes(text)) is [var fault, ..])
            throw new InvalidDataException($"what was made of it cannot be read: {fault.Message} in\n{text}");
        return text;
    });

    private static Reading Manifest(byte[] bytes)
    {
        var text = ToolManifest.With("1.2.3", bytes);
        if (text is not null && ToolManifest.With("1.2.3", Encoding.UTF8.GetBytes(text)) != text)
            throw new InvalidDataException($"the tool is not in what was made of it: {text}");
        return new([], text ?? "none") { IsTaken = text is not null };
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

    private static Reading PipelineEvent(byte[] bytes) =>
        new([], PipelineBase.Read(name => name switch { "GITHUB_ACTIONS" => "true", "GITHUB_EVENT_PATH" => "e", "GITHUB_EVENT_NAME" => "pull_request", _ => null }, _ => bytes).ToString() ?? "");
}
