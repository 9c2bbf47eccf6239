using Merlon.Core.Gate;
using Merlon.Core.Git;

namespace Merlon.Core.Report;

/// <summary>How outputs name what was compared.</summary>
internal static class ComparedTrees
{
    // As many digits as tell commits apart.
    private const int Digits = 10;

    extension(ComparedTree tree)
    {
        /// <summary><c>origin/main 1a2b3c4d5e</c>.</summary>
        public string ShortName => tree.Commit is not { } commit ? tree.Ref
            : tree.Ref.Length == 0 || (tree.Ref.Length >= 4 && commit.StartsWith(tree.Ref, StringComparison.OrdinalIgnoreCase)) ? Short(commit)
            : $"{tree.Ref} {Short(commit)}";
    }

    extension(Verdict verdict)
    {
        public bool HasBase => verdict.Base.How != BaseKind.None;

        /// <summary><c>base origin/main 1a2b3c4d5e (merge-base) -> working tree</c>.</summary>
        public string Compared => verdict.HasBase
            ? $"base {verdict.Base.ShortName} ({verdict.Base.How.Name}) -> {verdict.Head.ShortName}" : $"no base to compare with -> {verdict.Head.ShortName}";
    }

    private static string Short(string commit) => commit[..Math.Min(Digits, commit.Length)];
}
