namespace Merlon.Core.Lint;

/// <summary>Finds '*' and '?' in a value as it is written. Sigma 2.1, section "Wildcards".</summary>
internal static class Wildcards
{
    /// <summary>Where each stands, and whether a backslash before it makes it a character.</summary>
    public static IEnumerable<(int Index, bool IsEscaped)> In(string written)
    {
        for (var i = 0; i < written.Length; i++)
            if (written[i] is '*' or '?')
                yield return (i, false);
            else if (written[i] == '\\' && i + 1 < written.Length && written[i + 1] is '\\' or '*' or '?' && written[++i] != '\\')
                yield return (i, true);
    }
}
