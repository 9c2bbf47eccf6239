using System.Globalization;
using System.Text;
using Merlon.Core.Programs;
using Merlon.Core.Sources;

namespace Merlon.Core.Tests;

/// <summary>Reads one content in a format, and says briefly what came of it.</summary>
internal static class Inventoried
{
    public static RuleSource Source(string format, string? names = null) => new()
    {
        Name = "s",
        Format = RuleFormats.Find(format)!, // a test names one that is
        Releases = [Measure.Attack],
        Names = names is null ? null : new(names, System.Text.RegularExpressions.RegexOptions.NonBacktracking),
    };

    public static RuleFile Read(string format, string text, string? names = null) => Read(format, Encoding.UTF8.GetBytes(text), names);

    public static RuleFile Read(string format, byte[] bytes, string? names = null)
    {
        using MemoryStream content = new(bytes);
        return RuleFiles.Parse("f", content, Source(format, names));
    }

    /// <summary><c>T1003.001@9:7</c>, a holder in brackets, a malformed one with a question mark.</summary>
    public static string Tags(DetectionRule rule) => string.Join(' ', rule.AttackTags.Select(tag => string.Create(CultureInfo.InvariantCulture,
        $"{(tag.IsHolder ? $"[{tag.Name}]" : tag.Kind == AttackTagKind.Malformed ? $"{tag.Name}?" : tag.Name)}@{tag.Span.Line}:{tag.Span.Column}-{tag.Span.EndColumn}")));

    /// <summary><c>MRL1102@1:1</c> each.</summary>
    public static string Found(RuleFile file) => string.Join(' ', file.Diagnostics.Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.Info.Id}@{found.Span.Line}:{found.Span.Column}")));
}
