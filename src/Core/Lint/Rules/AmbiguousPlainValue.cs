using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class AmbiguousPlainValue : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2316",
        Title = "Unquoted value that tools read differently",
        Severity = Severity.Info,
        Rationale = """
            YAML 1.1, which many tools still read, takes `yes`, `no`, `on` and `off` for truth values and `0123` (83), `12:30` (750)
            and `1_000` for numbers. Merlon reads YAML 1.2, where all of these are strings, except that it also keeps `0123` as one,
            since whoever wrote the zero meant it. With `1e5` and `0o17` it is the other way round. Quotes leave no doubt.
            """,
        Source = "https://yaml.org/spec/1.2.2/#103-core-schema",
    };

    public override Preset Presets => Preset.Strict;

    protected override bool IncludesFilters => true;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        foreach (var written in item.Written)
            if (Yaml11.TypeOf(written) is var type and not Yaml11Type.Date && Words(type) is var old && Words(TypeOf(written)) is var read && old != read)
                yield return Report(written.Span, $"'{written.Value}' is {old} to tools that read YAML 1.1 and {read} to others; quote it or write it in another form",
                    written.IsAsWritten && SelectionReader.ValueOf(written) is SigmaString ? new($"Write '{written.Value}' in quotes", IsSafe: true, new Edit(written.Span, $"'{written.Value}'")) : null);
    }

    private static Yaml11Type TypeOf(YamlScalar written) => SelectionReader.ValueOf(written) switch
    {
        SigmaNull => Yaml11Type.Null,
        SigmaBoolean => Yaml11Type.Boolean,
        SigmaNumber => Yaml11Type.Number,
        // Numbers that are too large for the model, and infinity, are numbers nevertheless.
        _ when Yaml11.TypeOf(written) == Yaml11Type.Number && !written.Value.AsSpan().ContainsAny('_', ':') && !IsOldInteger(written.Value.AsSpan().TrimStart("+-")) => Yaml11Type.Number,
        _ => Yaml11Type.Text,
    };

    private static bool IsOldInteger(ReadOnlySpan<char> text) => text is ['0', >= '0' and <= '9' or 'b', ..];

    private static string Words(Yaml11Type type) => type switch
    {
        Yaml11Type.Null => "null",
        Yaml11Type.Boolean => "a truth value",
        Yaml11Type.Number => "a number",
        Yaml11Type.Value => "not a value",
        _ => "a string",
    };
}
