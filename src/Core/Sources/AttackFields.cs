using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources;

/// <summary>Collects the references to ATT&amp;CK of one rule from fields that hold either techniques or tactics: anything else there is malformed.</summary>
internal sealed class AttackFields(ImmutableArray<AttackRelease> releases)
{
    private readonly AttackTokens _tokens = new(releases);
    private readonly List<AttackTag> _tags = [];
    private readonly HashSet<(AttackTagKind, string, bool)> _known = [];

    /// <summary>Each once, in the order of the file: formats that list techniques by tactic repeat them.</summary>
    public ImmutableArray<AttackTag> Tags => [.. _tags.OrderBy(tag => (tag.Span.Line, tag.Span.Column))];

    /// <returns>The techniques that the text names.</returns>
    public ImmutableArray<AttackTag> Technique(YamlScalar text, bool isHolder = false) => Technique(text, _ => isHolder);

    /// <param name="isHolder">Whether a technique is only there to hold its sub-techniques.</param>
    public ImmutableArray<AttackTag> Technique(YamlScalar text, Func<TechniqueId, bool> isHolder)
    {
        var (value, span) = (text.Value.Trim(), SpanOf(text));
        var found = _tokens.Read(value, span);
        if (found.IsEmpty || found.Any(tag => tag.Kind is not (AttackTagKind.Technique or AttackTagKind.Malformed)))
            found = [Malformed(value, span)];
        foreach (var tag in found)
            Add(tag with { IsHolder = tag.Kind == AttackTagKind.Technique && isHolder(tag.Technique) });
        return found;
    }

    public void Tactic(YamlScalar text)
    {
        var (value, span) = (text.Value.Trim(), SpanOf(text));
        var tag = _tokens.OfWord(value, span);
        Add(tag.Kind == AttackTagKind.Tactic ? tag : Malformed(value, span));
    }

    /// <summary>The techniques of a text about anything, as of a URL.</summary>
    public IEnumerable<TechniqueId> Mentioned(string text) => _tokens.ReadLoosely(text, default).Select(tag => tag.Technique);

    private void Add(AttackTag tag)
    {
        if (_known.Add((tag.Kind, tag.Name, tag.IsHolder)))
            _tags.Add(tag);
    }

    private static AttackTag Malformed(string text, SourceSpan span) => new(text, span, AttackTagKind.Malformed, text, default);

    // Without what stands around it in the file.
    private static SourceSpan SpanOf(YamlScalar text)
    {
        var start = text.Value.Length - text.Value.AsSpan().TrimStart().Length;
        return text.SpanOf(start, Math.Max(0, text.Value.AsSpan().TrimEnd().Length - start));
    }
}
