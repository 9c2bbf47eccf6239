using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>A file of Sigma documents, as far as it can be read.</summary>
/// <param name="IsWhole">Whether every part of it could be read as YAML.</param>
internal sealed record SigmaFile(string Path, ImmutableArray<SigmaRule> Rules, ImmutableArray<Diagnostic> Diagnostics, bool IsWhole)
{
    /// <summary>Reads a file's bytes. Documents of the older form (<c>action: global</c>, <c>reset</c>, <c>repeat</c>) are laid over each other as Sigma 1 says.</summary>
    public static SigmaFile Parse(string path, ReadOnlySpan<byte> bytes)
    {
        var yaml = YamlFile.Parse(path, bytes);
        var diagnostics = yaml.Diagnostics.ToBuilder();
        var rules = ImmutableArray.CreateBuilder<SigmaRule>();
        YamlMapping? template = null, last = null;
        foreach (var document in yaml.Documents)
        {
            if (document.Root is not YamlMapping root)
            {
                diagnostics.Add(SigmaDiagnostics.NotAMap.At(document.Root.Span, $"document is {document.Root.Kind}; a Sigma rule is a map that begins with its title"));
                continue;
            }
            var action = root.FindEntry("action");
            switch ((action?.Value as YamlScalar)?.Value)
            {
                case "global":
                    template = root.Without("action");
                    continue;
                case "reset":
                    template = null;
                    continue;
                case "repeat" when last is not null:
                    root = last.Under(root.Without("action"));
                    break;
                case { } other when action is { } entry:
                    diagnostics.Add(SigmaDiagnostics.UnknownAction.At(entry.Value.Span, other == "repeat"
                        ? "'repeat' has no document before it in this file to repeat"
                        : $"'{other}' is not an action{Spelling.Hint(other, ["global", "reset", "repeat"])}"));
                    continue;
            }
            last = template is null ? root : root.Under(template);
            rules.Add(SigmaReader.Read(path, document, last, diagnostics));
        }
        return new(path, rules.ToImmutable(), diagnostics.ToImmutable(), yaml.Diagnostics.IsEmpty);
    }
}
