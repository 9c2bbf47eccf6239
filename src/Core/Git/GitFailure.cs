using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>Git's store cannot be read any further. Caught where a run opens the repository; the finding says what to do.</summary>
internal sealed class GitFailure(Diagnostic finding) : Exception(finding.Message)
{
    public Diagnostic Finding { get; } = finding;
}
