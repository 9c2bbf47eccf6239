namespace Merlon.Core.Attack;

/// <summary>
/// What an organisation puts before the ids of its own objects: <c>ACME-T4000.001</c>, <c>ACME-G0001</c>. ATT&amp;CK Workbench makes such ids (its
/// organisation namespace); ATT&amp;CK's own have no hyphen.
/// </summary>
internal static class OrganisationPrefix
{
    /// <summary>How long the prefix is, with the hyphen that ends it: a letter, then letters, digits and hyphens, of ASCII. Zero where there is none.</summary>
    public static int LengthIn(ReadOnlySpan<char> text)
    {
        var length = text.LastIndexOf('-') + 1;
        return length > 1 && char.IsAsciiLetter(text[0]) && !text[..length].ContainsAnyExcept(Characters) ? length : 0;
    }

    /// <summary>Whether it is the id of an organisation's object: a prefix, and behind it an id of one of the kinds that ATT&amp;CK has.</summary>
    public static bool IsId(ReadOnlySpan<char> text)
    {
        var id = text[LengthIn(text)..];
        return id.Length < text.Length && (TechniqueId.TryParse(id, out _) || IsNumber(id[id.IndexOfAnyInRange('0', '9') is > 0 and var digits ? digits.. : ..])
            && id[..^4] is "TA" or "G" or "S" or "C" or "M" or "DC" or "DET" or "AN" or "DS");
    }

    private static readonly System.Buffers.SearchValues<char> Characters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length == 4 && !text.ContainsAnyExceptInRange('0', '9');
}
