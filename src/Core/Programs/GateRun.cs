using Merlon.Core.Gate;

namespace Merlon.Core.Programs;

/// <summary>The comparison of a run: finds the base, and keeps the repository open while both sides are read.</summary>
internal sealed class GateRun : IDisposable
{
    private GateRun(ParsedFiles? parsed) => Parsed = parsed;

    /// <summary>With which head has to be read; null when nothing is compared.</summary>
    public ParsedFiles? Parsed { get; }

    public static GateRun Open(CheckRequest request, ProgramFiles files) => new(request.Base is null || files.Config is null ? null : new(isSha256: false));

    public Comparison Judge(Snapshot head) => new(Comparison.Alone(head, new("working tree", null, BaseKind.None)), Parsed is null ? null : null, []);

    public void Dispose()
    {
    }
}
