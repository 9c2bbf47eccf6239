using System.Globalization;
using Merlon.Core.Report;

namespace Merlon.Cli.Downloads;

/// <summary>A bar on a terminal: how much of one file has come, of how much where that is known.</summary>
/// <param name="output">The terminal.</param>
/// <param name="elapsed">How long the command has run. Nothing is shown in its first half second, and then ten times a second.</param>
internal sealed class DownloadProgress(TextWriter output, Func<TimeSpan> elapsed)
{
    private const int Cells = 30;
    private const int NameWidth = 24;

    private TimeSpan _next = TimeSpan.FromMilliseconds(500);
    private bool _isShown;

    /// <summary>Shows how far a file has come.</summary>
    /// <param name="of">Null where the server does not say.</param>
    public void Show(string name, long bytes, long? of)
    {
        if (elapsed() < _next)
            return;
        _next = elapsed() + TimeSpan.FromMilliseconds(100);
        _isShown = true;
        var shown = Printable.Text(name.Length > NameWidth ? $"…{name[^(NameWidth - 1)..]}" : name);
        var filled = of > 0 ? (int)(Math.Min(bytes, of.Value) * Cells / of.Value) : 0;
        output.Write(of > 0
            ? $"\r\e[K{shown} [{new string('#', filled)}{new string('-', Cells - filled)}] {Math.Min(bytes, of.Value) * 100 / of.Value}% of {Megabytes(of.Value)}"
            : $"\r\e[K{shown} {Megabytes(bytes)}");
    }

    /// <summary>Takes the bar away, so that a line can be written.</summary>
    public void Clear()
    {
        if (_isShown)
            output.Write("\r\e[K");
        _isShown = false;
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
