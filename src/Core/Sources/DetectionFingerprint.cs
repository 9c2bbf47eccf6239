using System.Security.Cryptography;
using System.Text;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources;

/// <summary>
/// A short text that two rules share when their log source and what they look for are the same. Validation records keep it, by way of
/// <c>RuleContent</c>: another form of the text voids every record there is.
/// </summary>
internal static class DetectionFingerprint
{
    /// <summary>Independent of the names of selections, and of the order of selections, fields, values and operands.</summary>
    /// <param name="rule">A valid rule with a detection.</param>
    public static string Of(SigmaRule rule)
    {
        var detection = rule.Detection!; // the caller has looked
        var contents = detection.Selections.ToDictionary(selection => selection.Name.Value, selection => Hash(Text(selection.Content)), StringComparer.Ordinal);
        var timeframe = rule.Root.Find("detection") is YamlMapping block && block.Find("timeframe") is { } node ? Text(node) : "";
        return Hash(List("rule", [
            Quoted(rule.LogSource?.Category?.Value), Quoted(rule.LogSource?.Product?.Value), Quoted(rule.LogSource?.Service?.Value), timeframe,
            Joined("or", detection.Conditions.Select(condition => condition.Root).OfType<ConditionNode>().Select(root => Text(root, contents)))]));
    }

    // Hashes stand for selections, so that a condition that names one a thousand times stays short.
    private static string Text(ConditionNode node, Dictionary<string, string> contents) => node switch
    {
        ConditionSelection selection => contents[selection.Name],
        ConditionNot not => List("not", [Text(not.Operand, contents)]),
        ConditionAnd and => Joined("and", and.Operands.Select(operand => Text(operand, contents))),
        ConditionOr or => Joined("or", or.Operands.Select(operand => Text(operand, contents))),
        ConditionOf of => Joined(of.IsAll ? "and" : "or", contents.Where(content => of.Selects(content.Key)).Select(content => content.Value)),
        _ => "",
    };

    /// <summary>Of a node, whatever its comments, quotes, and order of keys and items.</summary>
    public static string Text(YamlNode node) => node switch
    {
        YamlMapping map => List("map", map.Entries.Select(entry => $"{Quoted(KeyOf(entry.Key.Value))}:{Text(entry.Value)}").Order(StringComparer.Ordinal)),
        YamlSequence list => Joined("list", list.Items.Select(Text)),
        YamlScalar { IsNull: true } => "null",
        YamlScalar scalar => Quoted(scalar.Value),
        _ => "",
    };

    // Words that mean the same modifier are one.
    private static string KeyOf(string key) => !key.Contains('|', StringComparison.Ordinal) ? key : string.Join('|', key.Split('|').Select((word, index) => index == 0 ? word : word switch
    {
        "ignorecase" => "i",
        "multiline" => "m",
        "dotall" => "s",
        "utf16le" => "wide",
        _ => word,
    }));

    // One of several is itself; the same one again adds nothing.
    private static string Joined(string word, IEnumerable<string> parts) =>
        parts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray() is { Length: not 1 } many ? List(word, many) : parts.First();

    public static string List(string word, IEnumerable<string> parts) => $"{word}({string.Join(',', parts)})";

    // With its length before it, a text can't run into the next one.
    private static string Quoted(string? text) => text is null ? "null" : $"{text.Length}\"{text}";

    public static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
