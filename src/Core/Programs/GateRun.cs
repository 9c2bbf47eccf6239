using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>The comparison of a run: finds the base, and keeps the repository open while both sides are read.</summary>
internal sealed class GateRun : IDisposable
{
    /// <summary>The word for the committed file of claims, where a revision could stand.</summary>
    public const string BaselineWord = "baseline";

    private const string NoRatchet = "only the coverage baseline is compared with and there is none; write it with 'merlon gate --write-baseline', and name it in gate.baseline";

    private static readonly ComparedTree WorkingTree = new("working tree", null, BaseKind.None);

    private readonly CheckRequest _request;
    private readonly GitRepository? _repository;
    private readonly Diagnostic? _error;

    private GateRun(CheckRequest request, GitRepository? repository, Diagnostic? error)
    {
        (_request, _repository, _error) = (request, repository, error);
        Parsed = request.Base is null ? null : new(repository is { IsSha256: true });
    }

    /// <summary>With which head has to be read; null when nothing is compared.</summary>
    public ParsedFiles? Parsed { get; }

    /// <summary>What the base was found from; null when nothing was compared.</summary>
    public BaseStamp? Stamp { get; private set; }

    /// <summary>Open as long as the run is; null where nothing is compared, and where there is none.</summary>
    public GitRepository? Repository => _repository;

    /// <summary>Why the git program reads the store, as one line to show; null otherwise.</summary>
    public string? Notice => _repository?.Notice;

    /// <param name="root">Full path of the repository.</param>
    public static GateRun Open(CheckRequest request, string root)
    {
        Diagnostic? error = null;
        return new(request, request.Base is { } wanted ? GitRepository.TryOpen(root, wanted.Backend, out error) : null, error);
    }

    /// <summary>Judges the working tree.</summary>
    public Comparison Judge(Snapshot head)
    {
        if (_request.Base is not { } wanted || Parsed is null)
            return new(Comparison.Alone(head, WorkingTree), null, []);
        var own = head.Config.Gate.Base;
        if (wanted.Given == BaselineWord)
            return head.Ratchet is { } ratchet ? OfRatchet(head, ratchet) : Without(head, NoRatchet);
        try
        {
            if (_repository is null)
                return _error!.Info != RevisionDiagnostics.NoRepository ? Without(head, _error.Message) // one of the two
                    : head.Ratchet is { } file ? OfRatchet(head, file) : Without(head, "this is no git repository");
            var configured = GateBase.Configured(_repository, _request, head.Files, Parsed);
            Stamp = BaseStamp.Of(_repository, wanted, own, configured);
            if (configured == BaselineWord && wanted.Given is null)
                return head.Ratchet is { } claims ? OfRatchet(head, claims) : Without(head, NoRatchet);
            var found = BaseFinder.Find(_repository, wanted.Given, configured, wanted.Pipeline);
            if (found.Commit is { } commit)
                return Comparison.Of(_request, head, WorkingTree, _repository.TreeOf(commit), new(found.Ref, commit.Id, found.How), Parsed);
            // History that is missing is not what the file of claims stands for: a change can edit it.
            return found.IsFirstCommit ? new(Comparison.Alone(head, WorkingTree), null, []) : Without(head, found.Message ?? "no base was found");
        }
        catch (GitFailure failure)
        {
            return Without(head, failure.Finding.Message);
        }
    }

    public void Dispose() => _repository?.Dispose();

    private static Comparison OfRatchet(Snapshot head, Ratchet ratchet) =>
        new(Comparison.Alone(head, WorkingTree) with { Base = new(ratchet.Path, null, BaseKind.Baseline) }, null, []);

    // Floors hold all the same. Who wants no comparison says so in two keys. A base that somebody named and that is not here is no slip to pass over.
    private Comparison Without(Snapshot head, string why)
    {
        var verdict = Comparison.Alone(head, WorkingTree);
        if (head.Config.Gate is { Regression: Regression.Off, IsBasePolicy: false })
            return new(verdict, null, []);
        var note = GateDiagnostics.NoBase.At(SourceSpan.StartOf(head.Files.ConfigPath ?? ""), $"losses are not seen: {why}");
        return new(verdict, null, [note with { Severity = _request.Base is { Pipeline.IsPipeline: true } or { Given: not null } ? Severity.Error : Severity.Warning }]);
    }
}
