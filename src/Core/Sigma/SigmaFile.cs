using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>A file of Sigma documents, as far as it can be read.</summary>
/// <param name="IsWhole">Whether every document of it became a rule, or a template of others: what is lost is counted by nobody.</param>
internal sealed record SigmaFile(string Path, ImmutableArray<SigmaRule> Rules, ImmutableArray<Diagnostic> Diagnostics, bool IsWhole)
{
    /// <summary>Its comments, where one of them may speak to Merlon; empty otherwise.</summary>
    public ImmutableArray<YamlComment> Comments { get; init; } = [];

    /// <summary>Reads a file's bytes. Documents of the older form (<c>action: global</c>, <c>reset</c>, <c>repeat</c>) are laid over each other as Sigma 1 says.</summary>
    public static SigmaFile Parse(string path, ReadOnlySpan<byte> bytes)
    {
        var yaml = YamlFile.Parse(path, bytes);
        var diagnostics = yaml.Diagnostics.ToBuilder();
        var rules = ImmutableArray.CreateBuilder<SigmaRule>();
        (YamlMapping Root, bool IsWhole)? template = null, last = null;
        var isWhole = yaml.Diagnostics.IsEmpty;
        foreach (var document in yaml.Documents)
        {
            if (document.Root is not YamlMapping root)
            {
                diagnostics.Add(SigmaDiagnostics.NotAMap.At(document.Root.Span, $"document is {document.Root.Kind}; a Sigma rule is a map that begins with its title"));
                isWhole = false;
                continue;
            }
            var action = root.FindEntry("action")?.Value;
            var own = (Root: action is null ? root : root.Without("action"), document.IsWhole);
            switch ((action as YamlScalar)?.Value)
            {
                case "global":
                    template = own;
                    continue;
                case "reset":
                    template = null;
                    continue;
                // The document before has the template already, and what is repeated may change that too.
                case "repeat" when last is not null:
                    last = Laid(own, on: last.Value);
                    break;
                case null when action is null:
                    last = template is null ? own : Laid(template.Value, on: own);
                    break;
                case var other:
                    diagnostics.Add(SigmaDiagnostics.UnknownAction.At(action.Span, other == "repeat" ? "'repeat' has no document before it in this file; put it after the one that it repeats"
                        : other is null ? $"action is {action.Kind}; use global, reset or repeat"
                        : $"'{other}' is not an action{Spelling.Hint(other, ["global", "reset", "repeat"])}"));
                    isWhole = false;
                    continue;
            }
            rules.Add(SigmaReader.Read(path, document with { IsWhole = last.Value.IsWhole }, last.Value.Root, diagnostics));
        }
        return new(path, rules.ToImmutable(), diagnostics.ToImmutable(), isWhole) { Comments = yaml.Comments };
    }

    private static (YamlMapping, bool) Laid((YamlMapping Root, bool IsWhole) top, (YamlMapping Root, bool IsWhole) on) =>
        (on.Root.Under(top.Root), top.IsWhole && on.IsWhole);
}
