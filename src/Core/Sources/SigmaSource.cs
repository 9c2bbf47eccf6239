using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources;

/// <summary>Sigma rules, correlations and filters. They speak of each other across files and entries, so <see cref="RuleSet"/> links all of them together.</summary>
internal sealed class SigmaSource : IRuleSource
{
    public static SigmaSource Instance { get; } = new();

    public string Name => "sigma";

    public int MaxBytes => YamlFile.MaxBytes;

    public RuleFile Read(string path, Stream content, RuleSource source)
    {
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        return RuleFile.Of(SigmaFile.Parse(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length)), source);
    }
}
