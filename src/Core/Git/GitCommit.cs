using System.Collections.Immutable;

namespace Merlon.Core.Git;

/// <summary>A commit.</summary>
/// <param name="Id">All hexadecimal digits.</param>
/// <param name="Parents">Ids; none for a root, and none where a shallow clone ends.</param>
/// <param name="Date">When it was committed.</param>
/// <param name="Subject">The first line of its message.</param>
internal sealed record GitCommit(string Id, ImmutableArray<string> Parents, DateTimeOffset Date, string Subject)
{
    /// <summary>The first ten digits of the id, for people.</summary>
    public string ShortId => Id[..Math.Min(10, Id.Length)];

    public static string SubjectOf(string message)
    {
        var text = message.AsSpan().TrimStart('\n');
        return (text.IndexOf('\n') is >= 0 and var end ? text[..end] : text).TrimEnd().ToString();
    }
}
