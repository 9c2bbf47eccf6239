using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>A check of values that have a wildcard at an end where a modifier could stand. It speaks only where all values of a field have it.</summary>
internal abstract class WildcardLintRule : ItemLintRule
{
    protected abstract Modifier Modifier { get; }

    /// <summary>The modifier's word.</summary>
    protected abstract string Word { get; }

    private bool IsAtStart => Modifier is Modifier.Contains or Modifier.EndsWith;

    private bool IsAtEnd => Modifier is Modifier.Contains or Modifier.StartsWith;

    public sealed override Preset Presets => Manners;

    protected sealed override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.Written.IsEmpty || item.Has(Modifier.Re) || item.Has(Modifier) || !item.Written.All(written => SelectionReader.ValueOf(written) is SigmaString text && HasForm(text.Parts)))
            yield break;
        var first = item.Written[0];
        var span = first.SpanOf(IsAtStart ? 0 : first.Value.Length - 1, 1);
        yield return item.Field is null
            ? Report(span, $"'*' does the work of the modifier '{Word}'; write '|{Word}' as the key and the values without '*'")
            : Report(span, $"'*' does the work of the modifier '{Word}'; write '{item.Field}|{Word}' and the values without '*'", FixOf(item));
    }

    // A wildcard at the ends that the modifier opens, and none elsewhere.
    private bool HasForm(ImmutableArray<StringPart> parts)
    {
        if (parts.Length < 2 || (IsAtStart && parts[0].Kind != StringPartKind.Any) || (IsAtEnd && parts[^1].Kind != StringPartKind.Any))
            return false;
        for (var i = IsAtStart ? 1 : 0; i < parts.Length - (IsAtEnd ? 1 : 0); i++)
            if (parts[i].Kind is StringPartKind.Any or StringPartKind.One)
                return false;
        return true;
    }

    // The modifiers that may stand beside it make the same of a value, whether its wildcard is written or comes from a modifier.
    private Fix? FixOf(DetectionItem item)
    {
        if (item.Key is not { IsAsWritten: true } key || !item.Modifiers.All(use => use.Modifier is Modifier.All or Modifier.Neq or Modifier.Cased or Modifier.Windash or Modifier.Expand)
            || !item.Written.All(CanBeStripped))
            return null;
        return new($"Write '{Word}'", IsSafe: true,
        [
            new Edit(key.SpanOf(item.Field!.Length, 0), $"|{Word}"), // the caller has a field
            .. item.Written.Where(_ => IsAtStart).Select(written => new Edit(written.SpanOf(0, 1), "")),
            .. item.Written.Where(_ => IsAtEnd).Select(written => new Edit(written.SpanOf(written.Value.Length - 1, 1), "")),
        ]);
    }

    // What is left must be a text still.
    private bool CanBeStripped(YamlScalar written)
    {
        var rest = written.Value[(IsAtStart ? 1 : 0)..^(IsAtEnd ? 1 : 0)];
        if (!written.IsAsWritten || rest.Length == 0)
            return false;
        YamlScalar stripped = new(written.Span, rest, written.IsPlain);
        return !written.IsPlain || (SelectionReader.ValueOf(stripped) is SigmaString && Yaml11.TypeOf(stripped) == Yaml11Type.Text && !char.IsWhiteSpace(rest[^1]) && rest[^1] != ':');
    }
}
