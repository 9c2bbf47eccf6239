namespace Merlon.Core.Git;

internal enum GitEntryKind
{
    File,
    Link,
    Folder,

    /// <summary>Its id is that of a commit of another repository.</summary>
    Submodule,
}

/// <summary>What a tree object or the index says about one name.</summary>
/// <param name="Name">Of a tree object: without '/'. Of the index: a path from the root.</param>
/// <param name="Id">Of the blob, tree or commit, in lower-case hexadecimal digits.</param>
internal readonly record struct GitEntry(string Name, GitEntryKind Kind, string Id)
{
    /// <param name="mode">Git's, in octal digits, such as <c>100644</c>.</param>
    public static GitEntryKind KindOf(ReadOnlySpan<char> mode) => mode switch
    {
        "40000" or "040000" => GitEntryKind.Folder,
        "120000" => GitEntryKind.Link,
        "160000" => GitEntryKind.Submodule,
        _ => GitEntryKind.File,
    };
}
