using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources.Sentinel;

/// <summary>Analytics rules and hunting queries of Azure/Azure-Sentinel, one to a file.</summary>
internal sealed class SentinelYaml : IRuleSource
{
    public string Name => "sentinel-yaml";

    public int MaxBytes => YamlFile.MaxBytes;

    public RuleFile Read(string path, Stream content, RuleSource source)
    {
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        var file = YamlFile.Parse(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        List<Diagnostic> diagnostics = [.. file.Diagnostics];
        var rules = ImmutableArray.CreateBuilder<DetectionRule>();
        foreach (var document in file.Documents)
            if (Read(document, path, source, diagnostics) is { } rule)
                rules.Add(rule);
        return new(path, source)
        {
            Rules = rules.ToImmutable(),
            Diagnostics = [.. diagnostics],
            IsWhole = !file.Diagnostics.Any(found => found.Info == YamlDiagnostics.Syntax || found.Info == YamlDiagnostics.Encoding || found.Info == YamlDiagnostics.Limit),
        };
    }

    // Keys of what lies beside rules in the same folders: parsers, summary rules, ARM templates and detections of Defender.
    private static readonly string[] Foreign = ["Function", "FunctionName", "FunctionQuery", "FunctionAlias", "Parser", "ParserName", "ParserQuery", "Parsers", "EventProduct",
        "destinationTable", "binSize", "resourceType", "resources", "$schema", "apiVersion", "swagger", "openapi"];

    private static DetectionRule? Read(YamlDocument document, string path, RuleSource source, List<Diagnostic> diagnostics)
    {
        if (document.Root is not YamlMapping root)
        {
            diagnostics.Add(InventoryDiagnostics.BadRecord.At(document.Root.Span, $"a rule is a map, and this is {document.Root.Kind}; leave the file out of the entry's path"));
            return null;
        }
        RecordFields rule = new(root, diagnostics);
        if (rule.HasAny(Foreign))
            return null;
        if (rule.Text("name")?.Value.Trim() is not { Length: > 0 } name)
        {
            diagnostics.Add(InventoryDiagnostics.BadRecord.At(root.Span, "rule has no name, so nobody can tell which one it is; write name"));
            return null;
        }
        if (!source.Wants(name))
            return null;
        if (!rule.HasAny("query", "tactics", "relevantTechniques"))
        {
            diagnostics.Add(InventoryDiagnostics.BadRecord.At(root.Span, $"'{name}' has neither query nor tactics nor relevantTechniques; leave {path} out of the entry's path if it is no rule"));
            return null;
        }
        return Read(rule, name, document.IsWhole, source);
    }

    private static DetectionRule Read(RecordFields rule, string name, bool isWhole, RuleSource source)
    {
        var sources = SentinelRule.DataSources(rule);
        DetectionRule made = new()
        {
            Source = source,
            Span = rule.Span,
            Title = name,
            Id = rule.Text("id")?.Value,
            Status = Status(rule.Text("status")?.Value),
            SigmaLevel = rule.Level("severity"),
            DataSources = sources,
            Products = SentinelProducts.Of(sources),
            AttackTags = SentinelRule.Tags(rule, source),
            Tags = [.. rule.Items("tags").OfType<YamlScalar>().Select(tag => tag.Value)],
            Mentions = Uuids.In(name, rule.Text("description")?.Value, rule.Text("id")?.Value),
            QueryHash = QueryHash.Of(rule.Text("query")?.Value),
        };
        if (!isWhole)
            made.Fail("a part of it cannot be read");
        return made;
    }

    /// <summary>In Sigma's words where it is one of the repository's.</summary>
    public static string? Status(string? status) => status?.Trim().ToUpperInvariant() switch
    {
        "AVAILABLE" => "stable",
        "PREVIEW" => "test",
        "DEPRECATED" => "deprecated",
        _ => status,
    };
}
