using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Report;

/// <summary>Every document of some files, with what each of its conditions asks for after modifiers and expansion.</summary>
internal static class ParseJson
{
    public static string Write(IEnumerable<SigmaFile> files) => JsonReport.Write(json =>
    {
        JsonReport.WriteTool(json);
        json.WriteStartArray("documents");
        foreach (var file in files)
            Write(json, file);
        json.WriteEndArray();
    });

    // Errors of a document stand with it. Those of text that became no document stand in an entry of their own, without an index.
    private static void Write(Utf8JsonWriter json, SigmaFile file)
    {
        var findings = file.Diagnostics.InReportOrder().ToLookup(diagnostic => file.Rules.LastOrDefault(rule => IsBefore(rule, diagnostic.Span)));
        if (findings[null].Any())
            Write(json, file.Path, null, findings[null]);
        foreach (var rule in file.Rules)
            Write(json, file.Path, rule, findings[rule]);
    }

    private static bool IsBefore(SigmaRule rule, SourceSpan span) => (rule.Extent.Line, rule.Extent.Column).CompareTo((span.Line, span.Column)) <= 0;

    private static void Write(Utf8JsonWriter json, string path, SigmaRule? rule, IEnumerable<Diagnostic> errors)
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        if (rule is not null)
            WriteRule(json, rule);
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("id", error.Info.Id);
            json.WriteString("message", error.Message);
            json.WriteNumber("line", error.Span.Line);
            json.WriteNumber("column", error.Span.Column);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, SigmaRule rule)
    {
        json.WriteNumber("index", rule.Index);
        json.WriteString("kind", rule.Kind.ToString().ToLowerInvariant());
        json.WriteString("id", rule.Id?.Value);
        json.WriteString("title", rule.Title?.Value);
        JsonReport.WriteStrings(json, "tags", rule.Tags.Select(tag => tag.Value));
        json.WriteStartArray("conditions");
        // What cannot be read in whole means nothing that could be shown.
        if (rule is { IsValid: true, Detection: { } detection })
            foreach (var condition in detection.Conditions)
                if (Expression.Of(condition, detection) is { } expression)
                    Write(json, expression);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Expression expression)
    {
        json.WriteStartObject();
        switch (expression)
        {
            case AndExpression and:
                Write(json, "and", and.Operands);
                break;
            case OrExpression or:
                Write(json, "or", or.Operands);
                break;
            case NotExpression not:
                json.WritePropertyName("not");
                Write(json, not.Operand);
                break;
            case MatchExpression match:
                json.WriteString("f", match.Field);
                json.WritePropertyName("v");
                Write(json, match.Value);
                break;
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<Expression> operands)
    {
        json.WriteStartArray(name);
        foreach (var operand in operands)
            Write(json, operand);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, SigmaValue value)
    {
        json.WriteStartObject();
        switch (value)
        {
            case SigmaString text:
                Write(json, text);
                break;
            case SigmaNumber number:
                WriteNumber(json, number.Number);
                break;
            case SigmaBoolean truth:
                json.WriteBoolean("b", truth.Truth);
                break;
            case SigmaNull:
                json.WriteBoolean("null", true);
                break;
            case SigmaRegex regex:
                json.WriteString("re", regex.Pattern);
                json.WriteString("fl", regex.Flags);
                break;
            case SigmaCidr cidr:
                json.WriteString("cidr", cidr.Network);
                break;
            case SigmaComparison comparison:
                json.WriteString("cmp", comparison.Operator);
                WriteNumber(json, comparison.Number);
                if (comparison.TimestampPart is { } part)
                    json.WriteString("ts", part);
                break;
            case SigmaExists exists:
                json.WriteBoolean("exists", exists.IsThere);
                break;
            case SigmaFieldReference reference:
                json.WriteString("ref", reference.Field);
                json.WriteBoolean("sw", reference.StartsWith);
                json.WriteBoolean("ew", reference.EndsWith);
                break;
            case SigmaTimestampPart timestamp:
                json.WriteString("ts", timestamp.Part);
                WriteNumber(json, timestamp.Number);
                break;
            case SigmaExpansion expansion:
                json.WriteStartArray("any");
                foreach (var form in expansion.Forms)
                    Write(json, form);
                json.WriteEndArray();
                break;
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SigmaString text)
    {
        json.WriteStartArray("s");
        foreach (var part in text.Parts)
            if (part.Kind == StringPartKind.Text)
                json.WriteStringValue(part.Text);
            else
            {
                json.WriteStartObject();
                if (part.Kind == StringPartKind.Placeholder)
                    json.WriteString("ph", part.Text);
                else
                    json.WriteString("w", part.Kind == StringPartKind.Any ? "*" : "?");
                json.WriteEndObject();
            }
        json.WriteEndArray();
        if (text.IsCased)
            json.WriteBoolean("cased", true);
    }

    // A whole number without a fraction, however it was written.
    private static void WriteNumber(Utf8JsonWriter json, decimal number) =>
        json.WriteNumber("n", number == decimal.Truncate(number) ? decimal.Truncate(number) : number / 1.000000000000000000000000000000000m);
}
