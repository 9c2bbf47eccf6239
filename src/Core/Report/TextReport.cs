using Merlon.Core.Diagnostics;

namespace Merlon.Core.Report;

/// <summary>Findings as lines in the canonical MSBuild form, so that IDEs and problem matchers read them.</summary>
internal static class TextReport
{
    public static string Write(IEnumerable<Diagnostic> diagnostics)
    {
        StringWriter text = new();
        Write(diagnostics, text, isColoured: false);
        return text.ToString();
    }

    /// <param name="isColoured">Whether the severity is written in colour, for a terminal.</param>
    public static void Write(IEnumerable<Diagnostic> diagnostics, TextWriter output, bool isColoured)
    {
        foreach (var diagnostic in diagnostics)
        {
            var (info, span, message) = diagnostic;
            // A finding about the command line has no file.
            var place = span.Path.Length == 0 ? "merlon" : $"{Printable.Text(span.Path)}({span.Line},{span.Column})";
            output.Write($"{place}: {Terminal.Colour(diagnostic.Severity.Name, diagnostic.Severity, isColoured)} {info.Id}: {Printable.Text(message)}\n");
        }
    }
}
