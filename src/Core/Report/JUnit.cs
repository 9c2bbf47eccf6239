using System.Globalization;
using System.Text;
using System.Xml;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Report;

/// <summary>
/// Findings as a JUnit report: a suite for each file and a test for each finding. An error is a failure; a warning and an info are skipped
/// tests, which servers show and which fail nothing, as they do not fail the run. A file without a finding is one test that passes.
/// </summary>
internal static class JUnit
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public static string Write(Findings findings)
    {
        var byFile = findings.Diagnostics.ToLookup(Findings.PathOf, StringComparer.Ordinal);
        var files = findings.Files.Concat(byFile.Select(group => group.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        using MemoryStream stream = new();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, "merlon", files.Sum(file => Math.Max(1, byFile[file].Count())), findings.Diagnostics);
            foreach (var file in files)
                WriteSuite(xml, file, [.. byFile[file]]);
            xml.WriteEndElement();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void WriteSuite(XmlWriter xml, string file, Diagnostic[] diagnostics)
    {
        xml.WriteStartElement("testsuite");
        WriteCounts(xml, Printable.Xml(file), Math.Max(1, diagnostics.Length), diagnostics);
        if (diagnostics.Length == 0)
        {
            WriteTest(xml, "no finding", file);
            xml.WriteEndElement();
        }
        foreach (var diagnostic in diagnostics)
        {
            WriteTest(xml, $"{diagnostic.Info.Id} at {diagnostic.Span.Line}:{diagnostic.Span.Column}", file);
            xml.WriteStartElement(diagnostic.Severity == Severity.Error ? "failure" : "skipped");
            xml.WriteAttributeString("message", Printable.Xml(diagnostic.Message));
            if (diagnostic.Severity == Severity.Error)
            {
                xml.WriteAttributeString("type", diagnostic.Severity.Name);
                xml.WriteString(Printable.Xml(TextReport.Write([diagnostic]).TrimEnd('\n')));
            }
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    // The caller ends the element.
    private static void WriteTest(XmlWriter xml, string name, string file)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("classname", Printable.Xml(file));
        xml.WriteAttributeString("file", Printable.Xml(file));
    }

    private static void WriteCounts(XmlWriter xml, string name, int tests, IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var failures = diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("tests", tests.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", failures.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", (diagnostics.Count - failures).ToString(CultureInfo.InvariantCulture));
    }
}
