using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>Reads one document into a <see cref="SigmaRule"/> and reports what keeps it from being one.</summary>
internal sealed class SigmaReader
{
    // Limits that no honest rule meets. Names are compared with selections, and tags with each other, so that the work grows with the square.
    private const int MaxSelections = 1000;
    private const int MaxTags = 1000;
    private const int MaxHints = 100;

    private readonly YamlMapping _root;
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics;
    private bool _isValid;

    private SigmaReader(YamlDocument document, YamlMapping root, ImmutableArray<Diagnostic>.Builder diagnostics) =>
        (_root, _diagnostics, _isValid) = (root, diagnostics, document.IsWhole);

    /// <param name="root">The document's content after the template of <c>action: global</c> is laid over it.</param>
    public static SigmaRule Read(string path, YamlDocument document, YamlMapping root, ImmutableArray<Diagnostic>.Builder diagnostics) =>
        new SigmaReader(document, root, diagnostics).Read(path, document.Index);

    private SigmaRule Read(string path, int index)
    {
        var kind = _root.Find("correlation") is not null ? SigmaKind.Correlation : _root.Find("filter") is not null ? SigmaKind.Filter : SigmaKind.Rule;
        var title = Text("title");
        var span = title?.Span ?? (_root.Entries is [var first, ..] ? first.Key.Span : _root.Span);
        if (_root.Find("title") is null)
            Report(SigmaDiagnostics.MissingTitle, span, "rule has no title; add one of up to 256 characters");
        var logSource = ReadLogSource(kind, span);
        var correlation = kind == SigmaKind.Correlation ? ReadCorrelation() : null;
        var detection = kind == SigmaKind.Correlation ? null : ReadDetection(kind == SigmaKind.Filter ? "filter" : "detection", span);
        return new()
        {
            Path = path,
            Index = index,
            Kind = kind,
            Content = new(_root, detection),
            Extent = _root.Span,
            Span = span,
            Title = title,
            Id = Text("id"),
            Name = Text("name"),
            Status = OneOf("status", SigmaDiagnostics.UnknownStatus, SigmaWords.Statuses),
            Level = OneOf("level", SigmaDiagnostics.UnknownLevel, SigmaWords.Levels),
            Tags = Texts(_root, "tags"),
            Related = ReadRelated(),
            LogSource = logSource,
            Correlation = correlation,
            HasDetection = detection is not null,
            HasSimulations = _root.Find("simulation") is not null,
            RegressionTests = _root.Find("regression_tests_path") is YamlScalar { IsNull: false } tests ? SigmaText.Of(tests) : null,
            FilteredRules = kind == SigmaKind.Filter ? FilterReader.ReadRules(_root, _diagnostics) : [],
            IsValid = _isValid,
        };
    }

    private LogSource? ReadLogSource(SigmaKind kind, SourceSpan rule)
    {
        if (_root.FindEntry("logsource") is not { } entry)
        {
            if (kind != SigmaKind.Correlation)
                Invalid(SigmaDiagnostics.MissingLogSource, rule, kind == SigmaKind.Filter ? "filter has no logsource; it narrows only rules whose log source its own one covers"
                    : "rule has no logsource; add one with category, product or service");
            return null;
        }
        if (entry.Value is not YamlMapping mapping)
        {
            Invalid(SigmaDiagnostics.WrongType, entry.Value.Span, $"logsource is {entry.Value.Kind}; write a map of category, product and service");
            return null;
        }
        LogSource source = new(Text(mapping, "category"), Text(mapping, "product"), Text(mapping, "service"));
        if (source is { Category: null, Product: null, Service: null })
        {
            Invalid(SigmaDiagnostics.MissingLogSource, entry.Key.Span, "logsource names none of category, product and service; add at least one");
            return null;
        }
        return source;
    }

    private Detection? ReadDetection(string key, SourceSpan rule)
    {
        if (_root.FindEntry(key) is not { } entry)
        {
            Invalid(SigmaDiagnostics.MissingDetection, rule, "rule has no detection; add selections and a condition");
            return null;
        }
        if (entry.Value is not YamlMapping mapping)
        {
            Invalid(SigmaDiagnostics.WrongType, entry.Value.Span, $"{key} is {entry.Value.Kind}; write a map of selections and a condition");
            return null;
        }
        var selections = mapping.Entries
            .Where(selection => selection.Key.Value is not ("condition" or "timeframe") && !(key == "filter" && selection.Key.Value == "rules"))
            .Select(ReadSelection)
            .ToImmutableArray();
        if (selections.Length > MaxSelections)
        {
            Invalid(SigmaDiagnostics.BadSelection, selections[MaxSelections].Name.Span, $"{key} has more than {MaxSelections} selections; split the rule");
            return new(selections, []);
        }
        return new(selections, ReadConditions(mapping, entry.Key.Span, selections));
    }

    private Selection ReadSelection(YamlEntry entry)
    {
        SelectionNode? root = null;
        if (SelectionShape.Defect(entry.Value) is var (span, message))
            Invalid(SigmaDiagnostics.BadSelection, span, message);
        else
        {
            var before = _diagnostics.Count;
            root = new SelectionReader(_diagnostics).Read(entry.Value);
            _isValid &= _diagnostics.Count == before;
        }
        return new(SigmaText.Of(entry.Key), entry.Value, root);
    }

    private ImmutableArray<Condition> ReadConditions(YamlMapping detection, SourceSpan key, ImmutableArray<Selection> selections)
    {
        switch (detection.Find("condition"))
        {
            case null:
                Invalid(SigmaDiagnostics.MissingCondition, key, "detection has no condition; say which of its selections must match");
                return [];
            case YamlScalar { IsNull: false } single:
                return [ReadCondition(single, selections)];
            case YamlSequence { Items: [_, ..] } list when list.Items.All(item => item is YamlScalar { IsNull: false }):
                return [.. list.Items.Cast<YamlScalar>().Select(item => ReadCondition(item, selections))];
            case var other:
                Invalid(SigmaDiagnostics.MissingCondition, other.Span, $"condition is {other.Kind}; write one such as 'selection and not filter'");
                return [];
        }
    }

    private Condition ReadCondition(YamlScalar text, ImmutableArray<Selection> selections)
    {
        var root = ConditionParser.Parse(text, out var errors);
        foreach (var error in errors)
            Invalid(error);
        if (root is not null)
            CheckNames(root, [.. selections.Select(selection => selection.Name.Value)]);
        return new(SigmaText.Of(text), root);
    }

    private void CheckNames(ConditionNode condition, ImmutableArray<string> names)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        var hints = 0;
        foreach (var node in condition.All())
            if (node is ConditionSelection { Name: var name } selection && !known.Contains(name))
                Invalid(SigmaDiagnostics.UnknownSelection, selection.Span, $"'{name}' is not a selection of this rule{(hints++ < MaxHints ? Spelling.Hint(name, names) : "")}");
            else if (node is ConditionOf of && !names.Any(of.Selects))
                Invalid(SigmaDiagnostics.SelectorOfNothing, of.Span, of.IsThem ? "'them' means no selection of this rule; names that begin with '_' are left out"
                    : $"'{of.Pattern}' matches no selection of this rule{(hints++ < MaxHints ? PatternHint(of.Pattern, names) : "")}");
    }

    // A pattern without '*' means one name, and not, as its writer may think, those that begin with it.
    private static string PatternHint(string pattern, ImmutableArray<string> names) =>
        !pattern.EndsWith('*') && names.Any(new ConditionOf(false, $"{pattern}*", default).Selects) ? $"; write '{pattern}*' for those that begin with it"
        : Spelling.Hint(pattern.Replace("*", "", StringComparison.Ordinal), names);

    private Correlation ReadCorrelation()
    {
        CorrelationReader reader = new(_root, _diagnostics);
        var correlation = reader.Read();
        _isValid &= reader.IsValid;
        return correlation;
    }

    private ImmutableArray<RelatedRule> ReadRelated() => _root.Find("related") is not YamlSequence list ? [] :
    [
        .. list.Items.OfType<YamlMapping>()
            .Where(item => item.Find("id") is YamlScalar)
            .Select(item => new RelatedRule(SigmaText.Of((YamlScalar)item.Find("id")!), item.Find("type") is YamlScalar type ? SigmaText.Of(type) : null)),
    ];

    private SigmaText? OneOf(string key, DiagnosticInfo info, ImmutableArray<string> words)
    {
        var text = Text(key);
        if (text is { } given && !words.Contains(given.Value))
            _diagnostics.Add(info.At(given.Span, $"'{given}' is not a {key}{Spelling.Hint(given.Value, words)}") with { Fix = _root.Find(key) is YamlScalar scalar ? SigmaWords.InTheirCase(scalar, words) : null });
        return text;
    }

    private SigmaText? Text(string key) => Text(_root, key);

    private SigmaText? Text(YamlMapping mapping, string key)
    {
        if (mapping.Find(key) is not { } node || node is YamlScalar { IsNull: true })
            return null;
        if (node is YamlScalar scalar)
            return SigmaText.Of(scalar);
        Report(SigmaDiagnostics.WrongType, node.Span, $"{key} is {node.Kind}; write a single value");
        return null;
    }

    private ImmutableArray<SigmaText> Texts(YamlMapping mapping, string key)
    {
        if (mapping.Find(key) is not { } node || node is YamlScalar { IsNull: true })
            return [];
        if (node is not YamlSequence list)
        {
            Report(SigmaDiagnostics.WrongType, node.Span, $"{key} is {node.Kind}; write a list");
            return [];
        }
        foreach (var item in list.Items.Where(item => item is not YamlScalar { IsNull: false }))
            Report(SigmaDiagnostics.WrongType, item.Span, $"an item of {key} is {item.Kind}; write a single value");
        if (list.Items.Length > MaxTags)
            Report(SigmaDiagnostics.WrongType, list.Items[MaxTags].Span, $"{key} has more than {MaxTags} items; the others are not read");
        return [.. list.Items.Take(MaxTags).OfType<YamlScalar>().Where(item => !item.IsNull).Select(SigmaText.Of)];
    }

    private void Report(DiagnosticInfo info, SourceSpan span, string message) => _diagnostics.Add(info.At(span, message));

    private void Invalid(DiagnosticInfo info, SourceSpan span, string message) => Invalid(info.At(span, message));

    private void Invalid(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        _isValid = false;
    }
}
