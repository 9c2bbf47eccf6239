namespace Merlon.Core.Git;

/// <summary>How a base was found.</summary>
internal enum BaseKind
{
    /// <summary>There is none.</summary>
    None,
    /// <summary>It was named: by <c>--base</c>, a range, or the pipeline.</summary>
    Given,
    MergeBase,
    FirstParent,
    /// <summary>The committed file of claims.</summary>
    Baseline,
}

internal static class BaseKinds
{
    extension(BaseKind kind)
    {
        /// <summary>The words in outputs.</summary>
        public string Name => kind switch
        {
            BaseKind.None => "none",
            BaseKind.Given => "given",
            BaseKind.MergeBase => "merge-base",
            BaseKind.FirstParent => "first-parent",
            BaseKind.Baseline => "baseline",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }
}
