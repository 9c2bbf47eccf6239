using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources;

/// <summary>What a token in an ATT&amp;CK tag names, by its form alone.</summary>
internal enum AttackTagKind
{
    /// <summary>Has the form of no ATT&amp;CK id or name.</summary>
    Malformed,
    Technique,
    /// <summary>A short name, <c>credential-access</c>; an id, <c>TA0006</c>, where no release knows it.</summary>
    Tactic,
    Group,
    Software,
    Campaign,
    Mitigation,
    /// <summary><c>ds0005</c>: ATT&amp;CK deprecated its data sources in release 18.</summary>
    DataSource,
}

/// <summary>One ATT&amp;CK reference of a detection rule, whatever the rule's format.</summary>
/// <param name="Text">As written, without the namespace that the format puts before it.</param>
/// <param name="Name">The id in upper case, an organisation's with its prefix, or the tactic's short name in lower case with hyphens.</param>
/// <param name="Technique">There for a technique.</param>
internal sealed record AttackTag(string Text, SourceSpan Span, AttackTagKind Kind, string Name, TechniqueId Technique)
{
    /// <summary>Whether it stands there only because the format puts a sub-technique below its technique: it claims nothing by itself.</summary>
    public bool IsHolder { get; init; }

    /// <summary>Whether the text is written as the Sigma specification wants it: lower case, with hyphens.</summary>
    public bool IsCanonical => Kind != AttackTagKind.Malformed && !Text.AsSpan().ContainsAnyInRange('A', 'Z') && string.Equals(Text, Name, StringComparison.OrdinalIgnoreCase);

    public static AttackTag Parse(string text, SourceSpan span)
    {
        if (TechniqueId.TryParse(text, out var technique))
            return new(text, span, AttackTagKind.Technique, technique.ToString(), technique);
        var kind = text.AsSpan(OrganisationPrefix.LengthIn(text)) switch
        {
            ['g' or 'G', .. var number] when IsNumber(number) => AttackTagKind.Group,
            ['s' or 'S', .. var number] when IsNumber(number) => AttackTagKind.Software,
            ['c' or 'C', .. var number] when IsNumber(number) => AttackTagKind.Campaign,
            ['m' or 'M', .. var number] when IsNumber(number) => AttackTagKind.Mitigation,
            ['d' or 'D', 's' or 'S', .. var number] when IsNumber(number) => AttackTagKind.DataSource,
            _ => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TacticCharacters) ? AttackTagKind.Tactic : AttackTagKind.Malformed,
        };
        var name = kind switch
        {
            AttackTagKind.Malformed => text,
            AttackTagKind.Tactic => text.ToLowerInvariant().Replace('_', '-').Replace(' ', '-'),
            _ => text.ToUpperInvariant(),
        };
        return new(text, span, kind, name, default);
    }

    private static readonly System.Buffers.SearchValues<char> TacticCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_ ");

    // ATT&CK's object ids have four digits.
    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length == 4 && !text.ContainsAnyExceptInRange('0', '9');
}
