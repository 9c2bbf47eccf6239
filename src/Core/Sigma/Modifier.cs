using System.Collections.Frozen;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sigma;

/// <summary>The modifiers of Sigma 2.1, by what they do; words that mean the same are one.</summary>
internal enum Modifier
{
    Contains,
    StartsWith,
    EndsWith,
    All,
    Exists,
    Cased,
    Neq,
    Re,
    RegexFlag,
    Cidr,
    Compare,
    TimestampPart,
    FieldRef,
    Expand,
    Windash,
    Base64,
    Base64Offset,
    Wide,
    Utf16,
    Utf16Be,
}

/// <summary>A modifier as written after a field.</summary>
/// <param name="Text">Its word, with its place in the key.</param>
internal sealed record ModifierUse(Modifier Modifier, SigmaText Text)
{
    public SourceSpan Span => Text.Span;
}

internal static class Modifiers
{
    /// <summary>Every word that the specification knows.</summary>
    public static FrozenDictionary<string, Modifier> ByName { get; } = new Dictionary<string, Modifier>
    {
        ["contains"] = Modifier.Contains,
        ["startswith"] = Modifier.StartsWith,
        ["endswith"] = Modifier.EndsWith,
        ["all"] = Modifier.All,
        ["exists"] = Modifier.Exists,
        ["cased"] = Modifier.Cased,
        ["neq"] = Modifier.Neq,
        ["re"] = Modifier.Re,
        ["i"] = Modifier.RegexFlag,
        ["ignorecase"] = Modifier.RegexFlag,
        ["m"] = Modifier.RegexFlag,
        ["multiline"] = Modifier.RegexFlag,
        ["s"] = Modifier.RegexFlag,
        ["dotall"] = Modifier.RegexFlag,
        ["cidr"] = Modifier.Cidr,
        ["lt"] = Modifier.Compare,
        ["lte"] = Modifier.Compare,
        ["gt"] = Modifier.Compare,
        ["gte"] = Modifier.Compare,
        ["minute"] = Modifier.TimestampPart,
        ["hour"] = Modifier.TimestampPart,
        ["day"] = Modifier.TimestampPart,
        ["week"] = Modifier.TimestampPart,
        ["month"] = Modifier.TimestampPart,
        ["year"] = Modifier.TimestampPart,
        ["fieldref"] = Modifier.FieldRef,
        ["expand"] = Modifier.Expand,
        ["windash"] = Modifier.Windash,
        ["base64"] = Modifier.Base64,
        ["base64offset"] = Modifier.Base64Offset,
        ["utf16le"] = Modifier.Wide,
        ["wide"] = Modifier.Wide,
        ["utf16"] = Modifier.Utf16,
        ["utf16be"] = Modifier.Utf16Be,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
