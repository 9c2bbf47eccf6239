namespace Merlon.Core.Git;

/// <summary>
/// Finds the commit that head is compared with: where the change began. Nothing is fetched. History that is missing is a problem and
/// never a nearer base, which would let pass what was lost before it.
/// </summary>
internal sealed class BaseFinder
{
    private readonly GitRepository _repository;
    private readonly GitCommit _head;
    private readonly PipelineBase _pipeline;
    private readonly string? _remote;

    private BaseFinder(GitRepository repository, GitCommit head, PipelineBase pipeline)
    {
        (_repository, _head, _remote) = (repository, head, RevisionName.RemoteOf(repository));
        // A job may check out another commit than the pipeline's, and be behind or ahead of all that it says of its own.
        _pipeline = pipeline.Head == head.Id ? pipeline : pipeline with { Commit = null, IsMergeOfTarget = false };
    }

    /// <param name="given">The very commit, from <c>--base</c>.</param>
    /// <param name="configured">A branch from <c>gate.base</c>; null when it is not written.</param>
    public static FoundBase Find(GitRepository repository, string? given, string? configured, PipelineBase pipeline)
    {
        if (given is not null)
            return FindGiven(repository, given);
        // Nothing is committed yet.
        if (repository.FindCommit("HEAD") is not { } head)
            return FoundBase.First;
        BaseFinder finder = new(repository, head, pipeline);
        if (configured is not null)
            return finder.SinceBranch(configured, new RevisionName(configured));
        if ((pipeline.TargetBranch ?? pipeline.DefaultBranch) is { } branch)
            return finder._remote is { } remote ? finder.SinceBranch($"{remote}/{branch}", new($"refs/remotes/{remote}/{branch}")) : finder.SinceBranch(branch, new(branch));
        foreach (var (name, full) in finder.MainBranches())
            if (repository.FindCommit(full) is not null)
                return finder.SinceBranch(name, new(full));
        return finder.IsRoot ? finder.BeforeHead("HEAD")
            : FoundBase.Missing("there is no branch to compare with: none is named in 'gate.base', and there is no main or master here", FetchCommand.OfBranches(repository));
    }

    private static FoundBase FindGiven(GitRepository repository, string given)
    {
        RevisionName name = new(given);
        return !name.IsValid ? FoundBase.Missing($"'{given}' is not the name of a commit; write a branch, a tag or a commit's id", null)
            : name.Find(repository) is { } commit ? FoundBase.Of(given, commit, BaseKind.Given)
            : FoundBase.Missing($"'{given}' names no commit of this repository", FetchCommand.OfName(repository, name, withHistory: false));
    }

    private bool IsRoot => _head.Parents.IsEmpty && !_repository.IsShallow;

    private IEnumerable<(string Name, string Full)> MainBranches()
    {
        string[] remotes = _remote is null ? [] : ["HEAD", "main", "master"];
        string[] locals = ["main", "master"];
        return [.. remotes.Select(name => ($"{_remote}/{name}", $"refs/remotes/{_remote}/{name}")), .. locals.Select(name => (name, $"refs/heads/{name}"))];
    }

    // Where head left a branch.
    private FoundBase SinceBranch(string text, RevisionName name)
    {
        if (!name.IsValid)
            return FoundBase.Missing($"'{text}' is not the name of a commit; write a branch, a tag or a commit's id", null);
        var branch = name.Find(_repository);
        var fork = branch is null ? null : _repository.FindMergeBase(branch, _head);
        var isTarget = _pipeline.TargetBranch is { } target && name.Means(_repository, target);
        var named = isTarget ? FindNamed() : null;
        if (fork is not null)
            return named is not null && IsBetween(fork, named) ? FoundBase.Of(named.Id, named, BaseKind.Given)
                : fork.Id == _head.Id ? BeforeHead(text)
                : FoundBase.Of(text, fork, BaseKind.MergeBase);
        if (branch is not null && !_repository.IsShallow)
            return FoundBase.Missing($"'{text}' and HEAD have no commit in common; name the commit to compare with", null);
        if (named is not null)
            return FoundBase.Of(named.Id, named, BaseKind.Given);
        if (isTarget && TargetOfMerge() is { } first)
            return FoundBase.Of("HEAD^", first, BaseKind.FirstParent);
        return FoundBase.Missing(
            branch is null ? $"'{text}' names no commit of this repository" : $"history ends before '{text}' and HEAD meet, as in a shallow clone",
            isTarget && _pipeline.Commit is { } id && id != _head.Id ? FetchCommand.OfCommit(_repository, id)
            : isTarget && _pipeline.IsMergeOfTarget && IsCut ? FetchCommand.OfParents(_repository, _head)
            : branch is null ? FetchCommand.OfName(_repository, name, withHistory: true)
            : FetchCommand.OfHistory(_repository));
    }

    // Head is on the branch already: what came last, or what is not committed yet.
    private FoundBase BeforeHead(string text)
    {
        // In a pipeline, what a job left lying about must not hide what was pushed.
        if (!_pipeline.IsPipeline && !_repository.IsClean())
            return FoundBase.Of(text, _head, BaseKind.MergeBase);
        if (FindNamed() is { } named)
            return FoundBase.Of(named.Id, named, BaseKind.Given);
        if (_pipeline.Commit is { } id && id != _head.Id && _repository.IsShallow)
            return FoundBase.Missing($"the commit before this push, {id}, is not here, as in a shallow clone", FetchCommand.OfCommit(_repository, id));
        if (_head.Parents is [var parent, ..] && _repository.FindCommit(parent) is { } first)
            return FoundBase.Of("HEAD^", first, BaseKind.FirstParent);
        return IsRoot ? FoundBase.First : FoundBase.Missing("the parent of HEAD is not here, as in a shallow clone", _repository.IsShallow ? FetchCommand.OfParents(_repository, _head) : FetchCommand.OfCommit(_repository, _head.Parents[0]));
    }

    private bool IsCut => _repository.IsShallow && (_head.Parents.IsEmpty || _head.Parents.Any(parent => _repository.FindCommit(parent) is null));

    private GitCommit? FindNamed() => _pipeline.Commit is { } id && id != _head.Id ? _repository.FindCommit(id) : null;

    // The first parent is the target's unless the server merged the other way round.
    private GitCommit? TargetOfMerge() =>
        _pipeline.IsMergeOfTarget && _head.Parents is [var target, _, ..] && target != _pipeline.Source ? _repository.FindCommit(target) : null;

    // In a queue the commit before is of the request before, which is on no branch yet.
    private bool IsBetween(GitCommit fork, GitCommit named) =>
        named.Id != fork.Id && _repository.FindMergeBase(named, _head)?.Id == named.Id && _repository.FindMergeBase(fork, named)?.Id == fork.Id;
}
