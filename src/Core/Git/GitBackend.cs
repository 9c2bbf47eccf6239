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
