using System.Collections.Immutable;
using Merlon.Core.Sigma;

namespace Merlon.Core.Matching;

/// <summary>Makes what can be evaluated of the condition, the selections and the values of a rule. Sigma 2.1, sections "Detection" and "Condition".</summary>
internal sealed class MatchCompiler(Detection detection, LogSource? source, FieldMappings mappings, RegexTime time)
{
    // The forms of all values of a rule, which 'windash' multiplies.
    private const int MaxForms = 200_000;

    private const int MaxLength = 8_000;

    private readonly Dictionary<Selection, MatchNode?> _selections = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(bool, string), MatchNode?> _choices = [];
    private int _forms;

    /// <summary>Why the rule cannot be evaluated; null otherwise.</summary>
    public string? Defect { get; private set; }

    /// <summary>Each condition stands alone, and one is enough; null where there is a defect.</summary>
    public MatchNode? Read()
    {
        if (detection.Conditions.IsEmpty)
            return Fail("it has no condition");
        return Join([.. detection.Conditions.Select(condition => condition.Root is { } root ? Read(root) : Fail("its condition cannot be parsed"))], isAll: false);
    }

    private MatchNode? Fail(string defect)
    {
        Defect ??= defect;
        return null;
    }

    private MatchNode? Join(ImmutableArray<MatchNode?> parts, bool isAll) => Defect is not null || parts.Contains(null) ? null : parts switch
    {
        [] => Fail("a part of its condition names nothing"),
        [var only] => only,
        _ => new JoinNode(parts!, isAll), // none is null
    };

    private MatchNode? Read(ConditionNode node) => node switch
    {
        ConditionAnd and => Join([.. and.Operands.Select(Read)], isAll: true),
        ConditionOr or => Join([.. or.Operands.Select(Read)], isAll: false),
        ConditionNot not => Read(not.Operand) is { } operand ? new NotNode(operand) : null,
        ConditionOf of => Read(of),
        ConditionSelection named => detection.Selections.FirstOrDefault(selection => selection.Name.Value == named.Name) is { } selection ? Read(selection)
            : Fail($"its condition names '{named.Name}', which does not exist"),
        _ => null,
    };

    private MatchNode? Read(ConditionOf of) => _choices.TryGetValue((of.IsAll, of.Pattern), out var known) ? known
        : _choices[(of.IsAll, of.Pattern)] = Join([.. detection.Selections.Where(selection => of.Selects(selection.Name.Value)).Select(Read)], of.IsAll);

    private MatchNode? Read(Selection selection)
    {
        if (_selections.TryGetValue(selection, out var known))
            return known;
        var root = selection.Root is null ? Fail($"the selection '{selection.Name}' cannot be read") : Read(selection.Root);
        return _selections[selection] = root is null ? null : new NamedNode(selection.Name.Value, selection.Name.Span, root);
    }

    private MatchNode? Read(SelectionNode node) => node switch
    {
        SelectionFields fields => Join([.. fields.Items.Select(Read)], isAll: true),
        SelectionList list => Join([.. list.Alternatives.Select(Read)], isAll: false),
        DetectionItem item => Read(item),
        _ => null,
    };

    private ItemNode? Read(DetectionItem item)
    {
        if (item.Values.Length != item.Written.Length)
        {
            Fail($"'{item.Key?.Value}' cannot be read");
            return null;
        }
        // A list without values asks for what null asks for.
        ImmutableArray<ValueMatcher> values = item.Values.IsEmpty ? [new NullMatcher()] : [.. item.Values.Select(value => Read(value, item)).TakeWhile(value => value is not null)!];
        if (Defect is not null)
            return null;
        return new(item, item.Field is { } field ? mappings.NamesOf(field, source) : null, values, item.IsAll ? values : ValueSets.Combine(values));
    }

    private ValueMatcher? Read(SigmaValue value, DetectionItem item)
    {
        if (++_forms > MaxForms)
        {
            Fail($"it has more than {MaxForms} values");
            return null;
        }
        switch (value)
        {
            case SigmaString text:
                return Read(text, item);
            // A number among keywords is a text like the others.
            case SigmaNumber number when item.Field is null:
                return Read(SigmaString.OfText(number.Number.ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture)), item);
            case SigmaBoolean truth when item.Field is null:
                return Read(SigmaString.OfText(truth.Truth ? "true" : "false"), item);
            case SigmaNull when item.Field is null:
                return new NeverMatcher();
            case SigmaNumber number:
                return new NumberMatcher(number.Number);
            case SigmaBoolean truth:
                return new TruthMatcher(truth.Truth);
            case SigmaNull:
                return new NullMatcher();
            case SigmaExists exists:
                return new ExistsMatcher(exists.IsThere);
            case SigmaComparison comparison:
                return new ComparisonMatcher(comparison);
            case SigmaTimestampPart part:
                return new TimestampPartMatcher(part);
            case SigmaFieldReference reference:
                return new FieldReferenceMatcher(reference, mappings.NamesOf(reference.Field, source));
            case SigmaCidr { Network: var network }:
                if (IpNetwork.DefectOf(network) is not (var defect, _))
                    return new NetworkMatcher(network);
                Fail(defect);
                return null;
            case SigmaRegex regex when item.Has(Modifier.Expand) && regex.Pattern.Contains('%'):
                Fail("a placeholder in it has no values");
                return null;
            case SigmaRegex regex:
                var (expression, reason) = RegexExpression.Of(regex.Pattern, regex.Flags);
                if (expression is not null)
                    return new RegexMatcher(expression, time);
                Fail(reason!); // there is one or the other
                return null;
            case SigmaExpansion expansion:
                return Read(expansion, item);
            default:
                Fail("it has a value of an unknown kind");
                return null;
        }
    }

    private TextMatcher? Read(SigmaString text, DetectionItem item)
    {
        if (text.Parts.FirstOrDefault(part => part.Kind == StringPartKind.Placeholder) is { } placeholder)
            Fail($"the placeholder '%{placeholder.Text}%' has no values");
        else if (text.Parts.Sum(part => part.Text.Length + 1) > MaxLength)
            Fail($"a value has more than {MaxLength} characters");
        if (Defect is not null)
            return null;
        // Keywords are looked for within the values of an event.
        var isWhole = item.Field is null && !item.Modifiers.Any(use => use.Modifier is Modifier.Contains or Modifier.StartsWith or Modifier.EndsWith);
        return new(isWhole ? text.Open(atStart: true, atEnd: true) : text);
    }

    // A form without any text tells nothing: what base64 leaves of a short value depends on what stands around it.
    private FormsMatcher? Read(SigmaExpansion expansion, DetectionItem item)
    {
        var forms = ImmutableArray.CreateBuilder<ValueMatcher>();
        foreach (var form in expansion.Forms.Where(form => expansion.Forms.Length == 1 || form is not SigmaString { Parts: var parts } || parts.Any(part => part.Kind != StringPartKind.Any)))
        {
            if (Read(form, item) is not { } matcher)
                return null;
            forms.Add(matcher);
        }
        var wanted = forms.Count == 0 ? "is nothing that can be told" : forms.Count == 1 ? forms[0].Wanted : $"{forms[0].Wanted} or another form of it";
        return new(forms.DrainToImmutable(), wanted);
    }
}
