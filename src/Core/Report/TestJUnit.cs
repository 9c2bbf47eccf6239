using System.Globalization;
using System.Text;
using System.Xml;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Programs;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>
/// Tests of rules as a JUnit report: a suite for each rule and a test for each event. What else was found, such as a test without a rule, is a suite
/// of its own, in which an error fails.
/// </summary>
internal static class TestJUnit
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public static string Write(TestRunResult result)
    {
        // A failed test speaks for itself.
        var others = result.Diagnostics.Where(diagnostic => diagnostic.Info != TestDiagnostics.Failed && diagnostic.Severity >= Severity.Warning).ToArray();
        using MemoryStream stream = new();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, "merlon", result.Tests.Length + others.Length, result.Count(TestOutcome.Failed) + Errors(others), result.Count(TestOutcome.Skipped) + others.Length - Errors(others));
            foreach (var rule in result.Tests.GroupBy(test => test.Result.Rule))
                WriteRule(xml, rule.Key, [.. rule]);
            if (others.Length > 0)
                WriteOthers(xml, others);
            xml.WriteEndElement();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void WriteRule(XmlWriter xml, DetectionRule rule, TestedEvent[] tests)
    {
        xml.WriteStartElement("testsuite");
        WriteCounts(xml, rule.Title, tests.Length, Count(tests, TestOutcome.Failed), Count(tests, TestOutcome.Skipped));
        foreach (var (test, path, _) in tests)
        {
            WriteTest(xml, $"{path} event {test.Event}: {(test.ExpectsMatch ? "match" : "no match")}", rule.Id ?? rule.Span.Path, path);
            if (test.Outcome != TestOutcome.Passed)
                WriteOutcome(xml, test.Outcome == TestOutcome.Failed, test.Detail ?? "", $"{test.Span.Path}({test.Span.Line},{test.Span.Column}): {test.Detail}");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteOthers(XmlWriter xml, Diagnostic[] others)
    {
        xml.WriteStartElement("testsuite");
        WriteCounts(xml, "findings", others.Length, Errors(others), others.Length - Errors(others));
        foreach (var diagnostic in others)
        {
            var file = Findings.PathOf(diagnostic);
            WriteTest(xml, $"{diagnostic.Info.Id} at {file}:{diagnostic.Span.Line}:{diagnostic.Span.Column}", file, file);
            WriteOutcome(xml, diagnostic.Severity == Severity.Error, diagnostic.Message, TextReport.Write([diagnostic]).TrimEnd('\n'));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    // The caller ends the element.
    private static void WriteTest(XmlWriter xml, string name, string className, string file)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Printable.Xml(name));
        xml.WriteAttributeString("classname", Printable.Xml(className));
        xml.WriteAttributeString("file", Printable.Xml(file));
    }

    private static void WriteOutcome(XmlWriter xml, bool isFailure, string message, string text)
    {
        xml.WriteStartElement(isFailure ? "failure" : "skipped");
        xml.WriteAttributeString("message", Printable.Xml(message));
        if (isFailure)
            xml.WriteString(Printable.Xml(text));
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, string name, int tests, int failures, int skipped)
    {
        xml.WriteAttributeString("name", Printable.Xml(name));
        foreach (var (attribute, number) in new[] { ("tests", tests), ("failures", failures), ("errors", 0), ("skipped", skipped) })
            xml.WriteAttributeString(attribute, number.ToString(CultureInfo.InvariantCulture));
    }

    private static int Count(TestedEvent[] tests, TestOutcome outcome) => tests.Count(test => test.Result.Outcome == outcome);

    private static int Errors(IEnumerable<Diagnostic> diagnostics) => diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
}
