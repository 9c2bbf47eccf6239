namespace Merlon.Core.Diagnostics;

/// <summary>How much a finding matters. Ordered: a worse one is greater.</summary>
internal enum Severity
{
    /// <summary>Not reported at all.</summary>
    Off,
    Info,
    Warning,
    /// <summary>Fails the run: exit code 1, a failed build.</summary>
    Error,
}

internal static class SeverityNames
{
    extension(Severity severity)
    {
        /// <summary>The word that configuration and outputs use: <c>error</c>, <c>warning</c>, <c>info</c>, <c>off</c>.</summary>
        public string Name => severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            Severity.Info => "info",
            _ => "off",
        };
    }
}
