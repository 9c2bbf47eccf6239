using System.Collections.Immutable;
using Merlon.Core.Yaml;

namespace Merlon.Core.Emulation.Library;

/// <summary>What the readers of libraries ask of YAML, whose shape they take as it comes.</summary>
internal static class LibraryYaml
{
    /// <summary>Other tools take a key that stands twice.</summary>
    public static YamlFile Parse(LibraryFile file, byte[] bytes) => YamlFile.Parse(file.Label, bytes, keepsDuplicateKeys: true);

    extension(YamlMapping mapping)
    {
        /// <summary>The single value of a key; null where it is absent, blank or something else.</summary>
        public YamlScalar? Text(string key) => mapping.Find(key) is YamlScalar { IsNull: false } text && text.Value.AsSpan().Trim().Length > 0 ? text : null;

        public YamlMapping? Map(string key) => mapping.Find(key) as YamlMapping;

        /// <summary>The maps of a list.</summary>
        public IEnumerable<YamlMapping> Maps(string key) => mapping.Find(key) is YamlSequence list ? list.Items.OfType<YamlMapping>() : [];
    }

    /// <summary>The parts of <c>psh,pwsh</c>.</summary>
    public static ImmutableArray<string> Words(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
