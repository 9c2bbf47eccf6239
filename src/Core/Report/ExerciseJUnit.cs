using System.Globalization;
using System.Text;
using System.Xml;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Evidence;

namespace Merlon.Core.Report;

/// <summary>
/// An exercise as a JUnit report: a suite for each technique and a test for each test and host. What no rule alerted on in time is a failure; what
/// proves nothing either way is a skipped test.
/// </summary>
internal static class ExerciseJUnit
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public static string Write(Exercise exercise)
    {
        using MemoryStream stream = new();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, Printable.Xml(exercise.Name), exercise.Tests);
            foreach (var tests in exercise.Tests.GroupBy(test => test.Technique?.ToString() ?? "no technique"))
            {
                xml.WriteStartElement("testsuite");
                WriteCounts(xml, tests.Key, [.. tests]);
                xml.WriteAttributeString("timestamp", tests.Min(test => test.Runs[0].Start).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
                foreach (var test in tests)
                    WriteTest(xml, tests.Key, test);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void WriteTest(XmlWriter xml, string suite, ExercisedTest test)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Printable.Xml(string.Join(" on ", new[] { test.Runs[0] is { Test: { } id, Name: var name } ? $"{name} ({id})" : test.Name, test.Host }.OfType<string>())));
        xml.WriteAttributeString("classname", suite);
        if (test.Outcome != ValidationOutcome.Alerted)
        {
            xml.WriteStartElement(IsFailure(test) ? "failure" : "skipped");
            xml.WriteAttributeString("message", Printable.Xml(Message(test)));
            if (IsFailure(test))
                xml.WriteAttributeString("type", test.Outcome.Name);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static bool IsFailure(ExercisedTest test) => test.Outcome is ValidationOutcome.Missed or ValidationOutcome.LoggedOnly or ValidationOutcome.Late;

    private static string Message(ExercisedTest test) => string.Join("; ", Parts(test));

    private static IEnumerable<string> Parts(ExercisedTest test)
    {
        yield return test.Reason is { } reason ? $"{test.Outcome.Name}: {reason}" : test.Outcome.Name;
        foreach (var (word, rules) in new[] { ("alerted", test.Alerted), ("silent although it names the test", test.Silent), ("related", test.Related) })
            if (!rules.IsEmpty)
                yield return $"{word}: {string.Join(", ", rules.Select(rule => rule.Rule.Title))}";
    }

    private static void WriteCounts(XmlWriter xml, string name, IReadOnlyCollection<ExercisedTest> tests)
    {
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("tests", tests.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", tests.Count(IsFailure).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", tests.Count(test => test.Outcome != ValidationOutcome.Alerted && !IsFailure(test)).ToString(CultureInfo.InvariantCulture));
    }
}
