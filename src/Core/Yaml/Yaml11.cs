using System.Text.RegularExpressions;

namespace Merlon.Core.Yaml;

/// <summary>What a plain scalar is in YAML 1.1, which many tools still read: those on PyYAML among them.</summary>
internal enum Yaml11Type
{
    Text,
    Null,
    Boolean,
    Number,
    Date,
    /// <summary><c>=</c>, which has no meaning that a reader could give it.</summary>
    Value,
}

/// <summary>The types of yaml.org/type for YAML 1.1, in the forms that PyYAML gives them: <c>y</c> and <c>n</c> stay text.</summary>
internal static partial class Yaml11
{
    public static Yaml11Type TypeOf(YamlScalar scalar) => !scalar.IsPlain ? Yaml11Type.Text : scalar.Value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => Yaml11Type.Null,
        "yes" or "Yes" or "YES" or "no" or "No" or "NO" or "on" or "On" or "ON" or "off" or "Off" or "OFF"
            or "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => Yaml11Type.Boolean,
        "=" => Yaml11Type.Value,
        // All others begin with a digit, a sign or a dot.
        [>= '0' and <= '9' or '+' or '-' or '.', ..] => Number.IsMatch(scalar.Value) ? Yaml11Type.Number : Date.IsMatch(scalar.Value) ? Yaml11Type.Date : Yaml11Type.Text,
        _ => Yaml11Type.Text,
    };

    [GeneratedRegex("""
        ^(?:[-+]?0b[01_]+ | [-+]?0[0-7_]+ | [-+]?(?:0|[1-9][0-9_]*) | [-+]?0x[0-9a-fA-F_]+ | [-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+
        | [-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)? | \.[0-9][0-9_]*(?:[eE][-+][0-9]+)? | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*
        | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN))\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Number { get; }

    [GeneratedRegex("""
        ^[0-9]{4}-(?:[0-9]{2}-[0-9]{2}
        | [0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Date { get; }
}
