using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>Which revision the gate compares with by configuration.</summary>
internal static class GateBase
{
    /// <summary>
    /// <c>gate.base</c> as the base itself has it: head's own word could name a commit that has what the change brings. The base that is asked is
    /// the one that nobody configured; head's word counts where there is none, or where that has no program yet.
    /// </summary>
    /// <param name="request">With a base request.</param>
    /// <param name="head">Of the working tree, with a usable configuration.</param>
    public static string? Configured(GitRepository repository, CheckRequest request, ProgramFiles head, ParsedFiles parsed)
    {
        var own = head.Config!.Gate.Base; // the caller has looked
        if (request.Base is not { Given: null } wanted || BaseFinder.Find(repository, null, null, wanted.Pipeline).Commit is not { } commit)
            return own;
        var tree = repository.TreeOf(commit);
        var path = ProgramFiles.LocateBase(tree, request, head.ConfigPath);
        if (path is null || (path == head.ConfigPath && parsed.IsSame(head.Config, tree, head.Tree)))
            return own;
        return ProgramFiles.FindBase(tree, request, head.ConfigPath).Config is { } config ? config.Gate.Base : own;
    }
}
