using System.Collections.Immutable;

namespace Merlon.Core.Git;

/// <summary>What reads git's store.</summary>
internal enum GitBackend
{
    /// <summary>libgit2, and the git program where libgit2 can't be loaded or doesn't know the form of the store.</summary>
    Auto,
    LibGit2,

    /// <summary>The git program that is installed.</summary>
    Program,
}

internal static class GitBackends
{
    /// <summary>The words for them, in their order.</summary>
    public static ImmutableArray<string> Names { get; } = ["auto", "libgit2", "program"];

    /// <param name="name">Null or empty for <see cref="GitBackend.Auto"/>.</param>
    public static bool TryParse(string? name, out GitBackend backend)
    {
        backend = string.IsNullOrEmpty(name) ? GitBackend.Auto : (GitBackend)Names.IndexOf(name);
        return Enum.IsDefined(backend);
    }
}
