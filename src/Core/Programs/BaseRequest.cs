using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>What head is compared with, and under which circumstances.</summary>
internal sealed record BaseRequest
{
    /// <summary>The revision that somebody named, or <c>baseline</c> for the committed file alone; null to find it.</summary>
    public string? Given { get; init; }

    /// <summary>What a pipeline says. In one, a base that cannot be found is an error.</summary>
    public PipelineBase Pipeline { get; init; } = PipelineBase.Nothing;

    /// <summary>Whether somebody with the right to do so has accepted what the change does to policy.</summary>
    public bool AcceptsPolicy { get; init; }

    public GitBackend Backend { get; init; }
}
