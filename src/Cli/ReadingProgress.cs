using System.Diagnostics;

namespace Merlon.Cli;

/// <summary>Says on a terminal how far reading has come, once it has taken half a second.</summary>
internal static class ReadingProgress
{
    /// <param name="what">What is read.</param>
    public static Action<int, int>? Create(string what = "rules")
    {
        if (Console.IsErrorRedirected)
            return null;
        var watch = Stopwatch.StartNew();
        var shown = 0;
        return (read, of) =>
        {
            var percent = read * 100 / of;
            if (watch.ElapsedMilliseconds < 500 || (percent == shown && read < of))
                return;
            shown = percent;
            // The last call takes the line away.
            Console.Error.Write(read == of ? "\r\e[K" : $"\rreading {what} {percent}%");
        };
    }
}
