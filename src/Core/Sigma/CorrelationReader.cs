using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>Reads the <c>correlation</c> block of a document and reports each defect where it stands.</summary>
internal sealed class CorrelationReader(YamlMapping root, ImmutableArray<Diagnostic>.Builder diagnostics)
{
    /// <summary>False when the correlation can't be evaluated.</summary>
    public bool IsValid { get; private set; } = true;

    public Correlation Read()
    {
        var entry = root.FindEntry("correlation")!; // only documents that have it are read here
        if (entry.Value is not YamlMapping block)
        {
            Invalid(entry.Value.Span, $"correlation is {entry.Value.Kind}; write a map of type, rules and timespan");
            return new();
        }
        foreach (var missing in SigmaWords.CorrelationParts.Where(part => block.Find(part) is null or YamlScalar { IsNull: true } or YamlSequence { Items: [] }))
            Invalid(entry.Key.Span, $"correlation has no {missing}; add it, since Sigma requires it");
        foreach (var other in block.Entries.Where(part => !SigmaWords.PartsOfCorrelation.Contains(part.Key.Value)))
        {
            var finding = SigmaDiagnostics.BadCorrelation.At(other.Key.Span, $"'{other.Key.Value}' is not a key of a correlation{Spelling.Hint(other.Key.Value, SigmaWords.PartsOfCorrelation)}");
            diagnostics.Add(finding with { Severity = Severity.Warning });
        }
        var type = ReadType(block);
        var rules = Texts(block, "rules");
        return new()
        {
            Type = type,
            Rules = rules,
            GroupBy = Texts(block, "group-by"),
            Timespan = ReadTimespan(block),
            Aliases = ReadAliases(block),
            Condition = ReadCondition(block, entry.Key.Span, type?.Value, rules),
            Generates = ReadGenerate(block),
        };
    }

    private SigmaText? ReadType(YamlMapping block)
    {
        if (block.Find("type") is not { } node || node is YamlScalar { IsNull: true })
            return null;
        if (node is not YamlScalar scalar)
        {
            Invalid(node.Span, $"type is {node.Kind}; use {Spelling.OneOf(SigmaWords.CorrelationTypes)}");
            return null;
        }
        if (!SigmaWords.CorrelationTypes.Contains(scalar.Value))
            Invalid(scalar.Span, $"'{scalar.Value}' is not a correlation type{Spelling.Hint(scalar.Value, SigmaWords.CorrelationTypes)}", SigmaWords.InTheirCase(scalar, SigmaWords.CorrelationTypes));
        return SigmaText.Of(scalar);
    }

    // The specification has 'generate' at the top, some tools read it inside.
    private bool ReadGenerate(YamlMapping block)
    {
        var generate = root.Find("generate") ?? block.Find("generate");
        if (generate is not (null or YamlScalar { IsNull: true } or YamlScalar { AsBoolean: not null }))
            diagnostics.Add(SigmaDiagnostics.BadCorrelation.At(generate.Span, $"generate is {(generate is YamlScalar { Value: var value } ? $"'{value}'" : generate.Kind)}; write true or false"));
        return generate is YamlScalar { AsBoolean: true };
    }

    private CorrelationTimespan? ReadTimespan(YamlMapping block)
    {
        const string WayOut = "write a number and a unit, such as '90s', '5m', '1h' or '7d'";
        switch (block.Find("timespan"))
        {
            case null or YamlScalar { IsNull: true }:
                return null;
            case YamlScalar scalar when Length(scalar.Value) is { } length:
                if (length == TimeSpan.Zero)
                    Invalid(SigmaDiagnostics.BadTimespan, scalar.Span, $"'{scalar.Value}' is no time at all; write a number greater than zero");
                return new(SigmaText.Of(scalar), length);
            case YamlScalar scalar:
                Invalid(SigmaDiagnostics.BadTimespan, scalar.Span, $"'{scalar.Value}' is not a timespan; {WayOut}");
                return null;
            case var other:
                Invalid(SigmaDiagnostics.BadTimespan, other.Span, $"timespan is {other.Kind}; {WayOut}");
                return null;
        }
    }

    // A month is a twelfth, in seconds, of the mean Gregorian year. More than nine digits are nobody's intent, and seven fit any unit.
    private static TimeSpan? Length(string text)
    {
        if (text is not [.. { Length: > 0 and <= 9 } digits, var unit] || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return null;
        long? seconds = unit switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            'M' => 2_629_746,
            'y' => 31_556_952,
            _ => null,
        };
        var length = seconds * long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return length is { } whole && whole <= TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond ? TimeSpan.FromSeconds(whole) : null;
    }

    private ImmutableArray<CorrelationAlias> ReadAliases(YamlMapping block)
    {
        if (block.Find("aliases") is not { } node || node is YamlScalar { IsNull: true })
            return [];
        if (node is YamlMapping aliases)
            return [.. aliases.Entries.Select(alias => new CorrelationAlias(SigmaText.Of(alias.Key), ReadFields(alias)))];
        Invalid(node.Span, $"aliases is {node.Kind}; write a map of alias names, each with a map of a rule's name to its field");
        return [];
    }

    private ImmutableArray<AliasedField> ReadFields(YamlEntry alias)
    {
        if (alias.Value is not YamlMapping fields)
        {
            Invalid(alias.Value.Span, $"alias '{alias.Key.Value}' is {alias.Value.Kind}; write a map of each rule's name to its field");
            return [];
        }
        foreach (var entry in fields.Entries.Where(entry => entry.Value is not YamlScalar { IsNull: false }))
            Invalid(entry.Value.Span, $"the field of '{entry.Key.Value}' is {entry.Value.Kind}; write the name of one field");
        return [.. fields.Entries.Where(entry => entry.Value is YamlScalar { IsNull: false }).Select(entry => new AliasedField(SigmaText.Of(entry.Key), SigmaText.Of((YamlScalar)entry.Value)))];
    }

    private CorrelationCondition? ReadCondition(YamlMapping block, SourceSpan key, string? type, ImmutableArray<SigmaText> rules)
    {
        var isTemporal = type is "temporal" or "temporal_ordered";
        switch (block.Find("condition"))
        {
            case null or YamlScalar { IsNull: true }:
                if (!isTemporal && type is not null && SigmaWords.CorrelationTypes.Contains(type))
                    Invalid(key, $"correlation has no condition, which {type} requires; add one such as 'gte: 10'");
                return null;
            case YamlMapping bounds:
                return ReadBounds(bounds, block.FindEntry("condition")!.Key.Span, type); // it was found above
            case YamlScalar text when isTemporal:
                return new() { Expression = ReadExpression(text, rules) };
            case YamlScalar text:
                Invalid(text.Span, $"condition is '{text.Value}'; write a map such as 'gte: 10', since only temporal types have a condition in words");
                return null;
            case var other:
                Invalid(other.Span, $"condition is {other.Kind}; write a map such as 'gte: 10'");
                return null;
        }
    }

    private CorrelationCondition ReadBounds(YamlMapping condition, SourceSpan key, string? type)
    {
        var bounds = ImmutableArray.CreateBuilder<CorrelationBound>();
        foreach (var entry in condition.Entries.Where(entry => entry.Key.Value is not ("field" or "percentile")))
            if (!SigmaWords.CorrelationOperators.Contains(entry.Key.Value))
                Invalid(entry.Key.Span, $"'{entry.Key.Value}' is not an operator{Spelling.Hint(entry.Key.Value, SigmaWords.CorrelationOperators)}");
            else if (entry.Value is YamlScalar scalar && double.TryParse(scalar.Value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                bounds.Add(new(SigmaText.Of(entry.Key), number));
            else
                Invalid(entry.Value.Span, $"{entry.Key.Value} is {(entry.Value is YamlScalar { IsNull: false } other ? $"'{other.Value}'" : entry.Value.Kind)}; write a number");
        if (condition.Entries.All(entry => entry.Key.Value is "field" or "percentile"))
            Invalid(key, "condition compares with nothing; add a bound such as 'gte: 10'");
        CheckRange(bounds.ToImmutable());
        var fields = Texts(condition, "field");
        if (fields.IsEmpty && type is not null && type.StartsWith("value_", StringComparison.Ordinal) && SigmaWords.CorrelationTypes.Contains(type))
            Invalid(key, $"condition names no field, which {type} requires; add 'field' with the field whose values it reads");
        return new() { Bounds = bounds.ToImmutable(), Fields = fields, Percentile = condition.Find("percentile") is YamlScalar { IsNull: false } percentile ? SigmaText.Of(percentile) : null };
    }

    private void CheckRange(ImmutableArray<CorrelationBound> bounds)
    {
        if (bounds.Length < 2)
            return;
        if (bounds.Length > 2 || bounds.FirstOrDefault(bound => bound.Operator.Value is "gt" or "gte") is not { } lower || bounds.FirstOrDefault(bound => bound.Operator.Value is "lt" or "lte") is not { } upper)
            Invalid(bounds[^1].Operator.Span, $"{Spelling.OneOf([.. bounds.Select(bound => $"'{bound.Operator}'")])}: only one can be kept, unless a lower and an upper end make a range");
        else if (lower.Value > upper.Value || (lower.Value == upper.Value && (lower.Operator.Value == "gt" || upper.Operator.Value == "lt")))
            Invalid(upper.Operator.Span, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no number is both {lower.Operator} {lower.Value} and {upper.Operator} {upper.Value}; widen the range"));
    }

    private ConditionNode? ReadExpression(YamlScalar text, ImmutableArray<SigmaText> rules)
    {
        var expression = ConditionParser.Parse(text, out var errors);
        foreach (var error in errors)
            diagnostics.Add(error);
        IsValid &= errors.IsEmpty;
        if (expression is null)
            return null;
        HashSet<string> named = new(StringComparer.Ordinal);
        CheckNames(expression, rules.Select(rule => rule.Value).ToHashSet(StringComparer.Ordinal), named);
        foreach (var rule in rules.Where(rule => !named.Contains(rule.Value)))
            Invalid(rule.Span, $"'{rule}' is listed but the condition does not name it; add it there, or remove it here");
        return expression;
    }

    private void CheckNames(ConditionNode node, HashSet<string> rules, HashSet<string> named)
    {
        switch (node)
        {
            case ConditionSelection { Name: var name, Span: var span }:
                named.Add(name);
                if (!rules.Contains(name))
                    Invalid(span, $"'{name}' is not among the rules of this correlation{Spelling.Hint(name, rules)}");
                break;
            case ConditionOf { Span: var span }:
                Invalid(span, "the condition of a correlation has no patterns; name each rule");
                break;
            case ConditionNot { Operand: var operand }:
                CheckNames(operand, rules, named);
                break;
            case ConditionAnd { Operands: var operands }:
                foreach (var operand in operands)
                    CheckNames(operand, rules, named);
                break;
            case ConditionOr { Operands: var operands }:
                foreach (var operand in operands)
                    CheckNames(operand, rules, named);
                break;
        }
    }

    // One text, or a list of them.
    private ImmutableArray<SigmaText> Texts(YamlMapping mapping, string key)
    {
        switch (mapping.Find(key))
        {
            case null or YamlScalar { IsNull: true }:
                return [];
            case YamlScalar one:
                return [SigmaText.Of(one)];
            case YamlSequence list:
                foreach (var item in list.Items.Where(item => item is not YamlScalar { IsNull: false }))
                    Invalid(item.Span, $"an item of {key} is {item.Kind}; write a single value");
                return [.. list.Items.OfType<YamlScalar>().Where(item => !item.IsNull).Select(SigmaText.Of)];
            case var other:
                Invalid(other.Span, $"{key} is {other.Kind}; write a list");
                return [];
        }
    }

    private void Invalid(SourceSpan span, string message, Fix? fix = null) => Invalid(SigmaDiagnostics.BadCorrelation, span, message, fix);

    private void Invalid(DiagnosticInfo info, SourceSpan span, string message, Fix? fix = null)
    {
        diagnostics.Add(info.At(span, message) with { Fix = fix });
        IsValid = false;
    }
}
