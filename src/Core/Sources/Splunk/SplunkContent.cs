using System.Collections.Immutable;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources.Splunk;

/// <summary>Detections of Splunk's security content, as contentctl builds apps of them: one in each YAML file, among stories, macros and lookups.</summary>
internal sealed class SplunkContent : IRuleSource
{
    public static SplunkContent Instance { get; } = new();

    public string Name => "splunk-content";

    public int MaxBytes => YamlFile.MaxBytes;

    public RuleFile Read(string path, Stream content, RuleSource source)
    {
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        var yaml = YamlFile.Parse(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        var diagnostics = yaml.Diagnostics.ToBuilder();
        ContentReader reader = new(source, diagnostics);
        ImmutableArray<DetectionRule> rules = [.. yaml.Documents.Select(reader.Read).OfType<DetectionRule>()];
        return new(path, source) { Rules = rules, Diagnostics = diagnostics.ToImmutable(), IsWhole = yaml.Diagnostics.IsEmpty };
    }
}
