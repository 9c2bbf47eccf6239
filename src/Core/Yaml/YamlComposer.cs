using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Merlon.Core.Yaml;

/// <summary>Builds nodes from YamlDotNet's parser events, within limits that hold for hostile files.</summary>
internal sealed class YamlComposer(string path, string text, bool keepsDuplicateKeys)
{
    public const int MaxDepth = 64;
    public const int MaxNodes = 500_000;

    private readonly Parser _parser = new(new StringReader(text));
    private readonly List<Diagnostic> _diagnostics = [];
    // What an anchor marks, how many nodes and levels that stands for. An alias costs nothing to store, but whoever walks the tree pays for it.
    private readonly Dictionary<AnchorName, (YamlNode Node, int Nodes, int Levels)> _anchors = [];
    private int _deepest;
    private int _nodes;
    private int _documents;

    public IReadOnlyCollection<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>What was read last.</summary>
    public SourceSpan Reached => _parser.Current is { } current ? SpanOf(current) : SourceSpan.StartOf(path);

    public void Report(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    /// <exception cref="YamlException">The text is not YAML.</exception>
    public void Open() => _parser.Consume<StreamStart>();

    /// <summary>The next document, or null after the last one and after a limit.</summary>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public YamlDocument? NextDocument()
    {
        if (!_parser.TryConsume<DocumentStart>(out _))
            return null;
        _anchors.Clear();
        var findings = _diagnostics.Count;
        var root = Compose(0);
        if (root is null)
            return null;
        _parser.Consume<DocumentEnd>();
        return new(_documents++, root, _diagnostics.Count == findings);
    }

    // Null when a limit was met: the finding is reported and the rest of the file stays unread.
    private YamlNode? Compose(int depth)
    {
        var (before, deepest) = (_nodes, _deepest);
        _deepest = depth;
        var node = ComposeNext(depth, before);
        _deepest = Math.Max(_deepest, deepest);
        return node;
    }

    private YamlNode? ComposeNext(int depth, int before)
    {
        var next = _parser.Current ?? throw new InvalidOperationException("the parser has no event"); // Open() has been called.
        if (depth > MaxDepth)
            return Refuse(next, $"nesting goes deeper than {MaxDepth} levels; flatten it");
        if (++_nodes > MaxNodes)
            return Refuse(next, $"file has more than {MaxNodes} nodes after aliases are resolved; split it");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Resolve(alias, depth);
        if (_parser.TryConsume<Scalar>(out var scalar))
            return Anchored(scalar, Leaf(scalar), before, depth);
        if (_parser.TryConsume<SequenceStart>(out var sequence))
            return Anchored(sequence, Sequence(sequence, depth), before, depth);
        var mapping = _parser.Consume<MappingStart>();
        return Anchored(mapping, Mapping(mapping, depth), before, depth);
    }

    private YamlNode? Anchored(NodeEvent start, YamlNode? node, int before, int depth)
    {
        if (node is not null && !start.Anchor.IsEmpty)
            _anchors[start.Anchor] = (node, _nodes - before, _deepest - depth);
        return node;
    }

    private YamlNode? Resolve(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value, out var anchored))
        {
            Report(YamlDiagnostics.Alias.At(SpanOf(alias), $"alias '*{alias.Value}' names no complete anchor before it"));
            return new YamlScalar(SpanOf(alias), "", isPlain: false); // a text, so that nothing more is found on it
        }
        _nodes += anchored.Nodes - 1;
        _deepest = depth + anchored.Levels;
        return _nodes > MaxNodes ? Refuse(alias, $"file has more than {MaxNodes} nodes after aliases are resolved; write the values out")
            : _deepest > MaxDepth ? Refuse(alias, $"nesting goes deeper than {MaxDepth} levels after aliases are resolved; flatten it")
            : anchored.Node.MovedTo(SpanOf(alias));
    }

    private YamlScalar Leaf(Scalar scalar)
    {
        var (span, start) = ContentOf(scalar);
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var written = span.EndColumn - span.Column - (isPlain ? 0 : 2);
        // Others may mean the value of an anchor, so that it is not to be changed for this place.
        var isAsWritten = scalar.Anchor.IsEmpty && span.Line == span.EndLine && written == scalar.Value.Length;
        return new(span, scalar.Value, isPlain, isAsWritten ? null : text[start..Math.Max(start, End(scalar))])
        {
            Quote = scalar.Style switch { ScalarStyle.SingleQuoted => "'", ScalarStyle.DoubleQuoted => "\"", _ => "" },
        };
    }

    private YamlSequence? Sequence(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        SequenceEnd? end;
        while (!_parser.TryConsume<SequenceEnd>(out end))
        {
            if (Compose(depth + 1) is not { } item)
                return null;
            items.Add(item);
        }
        return new(SpanOf(start, end), items.ToImmutable(), start.Style == SequenceStyle.Flow) { IsShared = !start.Anchor.IsEmpty };
    }

    private YamlMapping? Mapping(MappingStart start, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        Dictionary<string, YamlScalar> keys = new(StringComparer.Ordinal);
        List<YamlNode> merged = [];
        MappingEnd? end;
        while (!_parser.TryConsume<MappingEnd>(out end))
        {
            if (Compose(depth + 1) is not { } key || Compose(depth + 1) is not { } value)
                return null;
            if (key is not YamlScalar name)
                Report(YamlDiagnostics.Key.At(key.Span, $"{key.Kind} stands where a key is expected; write a single value"));
            else if (name is { IsPlain: true, Value: "<<" })
                merged.Add(value);
            else if (keys.TryAdd(name.Value, name) || keepsDuplicateKeys)
                entries.Add(new(name, value));
            else
                Report(YamlDiagnostics.DuplicateKey.At(name.Span, $"'{name.Value}' is already in this map, at line {keys[name.Value].Span.Line}; keep one of them"));
        }
        foreach (var entry in merged.SelectMany(MergedEntries).Where(entry => keys.TryAdd(entry.Key.Value, entry.Key)))
            entries.Add(entry);
        return new(SpanOf(start, end), entries.ToImmutable());
    }

    // Merge keys (yaml.org/type/merge.html): a map, or a list of maps; keys already there win.
    private static IEnumerable<YamlEntry> MergedEntries(YamlNode value) => value switch
    {
        YamlMapping mapping => mapping.Entries,
        YamlSequence sequence => sequence.Items.OfType<YamlMapping>().SelectMany(mapping => mapping.Entries),
        _ => [],
    };

    private YamlNode? Refuse(ParsingEvent at, string message)
    {
        Report(YamlDiagnostics.Limit.At(SpanOf(at), message));
        return null;
    }

    // YamlDotNet begins a scalar at its anchor or tag. What a finding points at begins after those.
    private (SourceSpan Span, int Start) ContentOf(Scalar scalar)
    {
        var span = SpanOf(scalar);
        var (line, column, at, end) = (span.Line, span.Column, Math.Min(text.Length, (int)scalar.Start.Index), End(scalar));
        if (scalar.Anchor.IsEmpty && scalar.Tag.IsEmpty)
            return (span, at);
        for (var isProperty = false; at < end && (isProperty || text[at] is '&' or '!' || char.IsWhiteSpace(text[at])); at++)
        {
            isProperty = !char.IsWhiteSpace(text[at]);
            (line, column) = text[at] == '\n' ? (line + 1, 1) : (line, column + 1);
        }
        return (span with { Line = line, Column = column }, at);
    }

    private int End(Scalar scalar) => Math.Min(text.Length, (int)scalar.End.Index);

    private SourceSpan SpanOf(ParsingEvent at) => SpanOf(at, at);

    // YamlDotNet's marks are 1-based with an exclusive end.
    private SourceSpan SpanOf(ParsingEvent start, ParsingEvent? end) =>
        new(path, (int)start.Start.Line, (int)start.Start.Column, (int)(end ?? start).End.Line, (int)(end ?? start).End.Column);
}
