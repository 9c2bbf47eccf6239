using System.Buffers;

namespace Merlon.Core.Git;

/// <summary>Commands in messages, which people copy into a shell.</summary>
internal static class GitCommands
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-");

    /// <summary>Whether a name means nothing else to a shell or to git than itself.</summary>
    public static bool IsPlain(string name) => name.Length > 0 && name[0] != '-' && !name.AsSpan().ContainsAnyExcept(Plain);
}
