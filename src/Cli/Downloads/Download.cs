namespace Merlon.Cli.Downloads;

/// <summary>What came of one address.</summary>
internal abstract record Download
{
    /// <summary>All of it.</summary>
    /// <param name="Sha256">In lower-case hexadecimal.</param>
    /// <param name="IsMeasured">Whether the server said where the content ends. Otherwise a connection that broke looks like the end.</param>
    public sealed record Whole(string Sha256, long Length, bool IsMeasured) : Download;

    /// <summary>Nothing that can be used.</summary>
    /// <param name="Problem">For a sentence.</param>
    /// <param name="MayPass">Whether another attempt may do better.</param>
    /// <param name="Wait">How long the server asks to wait.</param>
    public sealed record Failed(string Problem, bool MayPass = false, TimeSpan? Wait = null) : Download;
}
