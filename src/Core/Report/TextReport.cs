using Merlon.Core.Diagnostics;

namespace Merlon.Core.Report;

/// <summary>Findings as lines in the canonical MSBuild form, so that IDEs and problem matchers read them.</summary>
internal static class TextReport
{
    /// <param name="isColoured">Whether the severity is written in colour, for a terminal.</param>
    public static void Write(IEnumerable<Diagnostic> diagnostics, TextWriter output, bool isColoured)
    {
        foreach (var diagnostic in diagnostics)
        {
            var (info, span, message) = diagnostic;
            // A finding about the command line has no file.
            var place = span.Path.Length == 0 ? "merlon" : $"{Printable.Text(span.Path)}({span.Line},{span.Column})";
            output.Write($"{place}: {Colour(diagnostic.Severity, isColoured)} {info.Id}: {Printable.Text(message)}\n");
        }
    }

    private static string Colour(Severity severity, bool isColoured) => !isColoured ? severity.Name : severity switch
    {
        Severity.Error => $"\e[31m{severity.Name}\e[0m",
        Severity.Warning => $"\e[33m{severity.Name}\e[0m",
        _ => $"\e[36m{severity.Name}\e[0m",
    };
}
