namespace Merlon.Cli;

/// <summary>Exit codes are part of the interface.</summary>
internal static class ExitCode
{
    public const int Clean = 0;
    /// <summary>Findings at error severity.</summary>
    public const int Findings = 1;
    /// <summary>The command line or the configuration cannot be used.</summary>
    public const int Usage = 2;
    /// <summary>Merlon's own failure.</summary>
    public const int Failure = 3;
}
