using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class SubsumedValue : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2213",
        Title = "Value is covered by another one in its list",
        Severity = Severity.Info,
        Rationale = """
            Every event that the longer value finds is found by the shorter one too, so the longer one never decides anything.
            Remove it, or remove the shorter one if that finds too much.
            """,
        Source = Specification,
    };

    public override Preset Presets => Preset.Strict;

    protected override bool IncludesFilters => true;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.IsAll || item.Field is null || item.Values.Length < 2)
            yield break;
        WideTexts wides = new(item);
        foreach (var (narrow, value) in item.Values.Index())
            if (Forms(value) is { } forms && wides.FindFor(narrow, forms) is { } wide)
                yield return Report(item.Written[narrow].Span, $"'{item.Written[narrow].Value}' is covered by '{item.Written[wide].Value}', which is in the same list; remove it", ItemFix.RemoveValue(item, narrow));
    }

    // More forms than windash makes of two dashes are not compared.
    private static SigmaString[]? Forms(SigmaValue value) => value switch
    {
        SigmaString text => [text],
        SigmaExpansion { Forms: { Length: <= 25 } forms } when forms.All(form => form is SigmaString) => [.. forms.Cast<SigmaString>()],
        _ => null,
    };

    /// <summary>The texts of an item that other texts can contain, by length: each part of a text is looked up, not compared with all others.</summary>
    private sealed class WideTexts
    {
        // More than any list that a person keeps needs. What a stranger's list would take beyond it stays unsaid.
        private const int MostLookups = 2_000_000;

        private readonly Dictionary<string, int> _anywhere, _starts, _ends;
        private readonly Dictionary<Dictionary<string, int>, int[]> _lengths = new(ReferenceEqualityComparer.Instance);
        private int _lookups;

        public WideTexts(DetectionItem item)
        {
            var comparer = item.Has(Modifier.Cased) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
            (_anywhere, _starts, _ends) = (new(comparer), new(comparer), new(comparer));
            foreach (var (index, value) in item.Values.Index())
                foreach (var form in Forms(value) ?? [])
                    _ = form.Parts switch
                    {
                        [{ Kind: StringPartKind.Any }, { Kind: StringPartKind.Text, Text: var text }, { Kind: StringPartKind.Any }] => _anywhere.TryAdd(text, index),
                        [{ Kind: StringPartKind.Text, Text: var text }, { Kind: StringPartKind.Any }] => _starts.TryAdd(text, index),
                        [{ Kind: StringPartKind.Any }, { Kind: StringPartKind.Text, Text: var text }] => _ends.TryAdd(text, index),
                        _ => false,
                    };
        }

        /// <summary>A value that finds each of the forms; null when there is none.</summary>
        public int? FindFor(int narrow, SigmaString[] forms)
        {
            var found = Found(forms[0]).Where(wide => wide != narrow).Distinct();
            foreach (var form in forms.Skip(1))
                found = found.Intersect(Found(form));
            return found.Cast<int?>().FirstOrDefault();
        }

        // Only shorter texts, so that no two values find each other.
        private IEnumerable<int> Found(SigmaString form)
        {
            foreach (var part in form.Parts.Where(part => part.Kind == StringPartKind.Text))
                foreach (var length in LengthsOf(_anywhere, part.Text))
                    for (var start = 0; start + length <= part.Text.Length && _lookups++ < MostLookups; start++)
                        if (Find(_anywhere, part.Text.AsSpan(start, length)) is { } wide)
                            yield return wide;
            if (form.Parts is [{ Kind: StringPartKind.Text, Text: var first }, ..])
                foreach (var length in LengthsOf(_starts, first))
                    if (Find(_starts, first.AsSpan(0, length)) is { } wide)
                        yield return wide;
            if (form.Parts is [.., { Kind: StringPartKind.Text, Text: var last }])
                foreach (var length in LengthsOf(_ends, last))
                    if (Find(_ends, last.AsSpan(last.Length - length)) is { } wide)
                        yield return wide;
        }

        private IEnumerable<int> LengthsOf(Dictionary<string, int> texts, string longer)
        {
            if (!_lengths.TryGetValue(texts, out var lengths))
                _lengths[texts] = lengths = [.. texts.Keys.Select(text => text.Length).Distinct().Order()];
            return lengths.TakeWhile(length => length < longer.Length);
        }

        private static int? Find(Dictionary<string, int> texts, ReadOnlySpan<char> text) =>
            texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var index) ? index : null;
    }
}
