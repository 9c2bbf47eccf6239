using System.Text;
using Merlon.Core.Evidence;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Tests and validation records of the rules of <see cref="History"/>.</summary>
internal static class Proofs
{
    /// <summary>An event that the rule of this digit matches.</summary>
    public static string Event(string digit) => $$"""{"CommandLine": "x{{digit}}"}""";

    /// <summary>What a record calls the content of the first rule of a file.</summary>
    public static string ContentOf(string text)
    {
        var hash = new RuleContent().Find(RuleSet.Of([SigmaFile.Parse("a.yml", Encoding.UTF8.GetBytes(text))]).Rules[0]);
        Assert.NotNull(hash);
        return hash;
    }

    /// <summary>A file of one record of a rule of <see cref="History.Rule"/>.</summary>
    /// <param name="text">The rule as it was in the exercise.</param>
    /// <param name="test">A GUID of <see cref="Exercises.Guid"/>, or nothing.</param>
    public static string Record(string digit, string text, string technique, string day = "2026-11-20", string outcome = "alerted", string by = "import", string? test = null) => $$"""
        exercise: purple {{day}}
        date: {{day}}
        by: {{by}}
        sources: [{ name: log.csv, sha256: {{new string('0', 64)}} }]
        results:
          - { rule: {{History.Id(digit)}}, content: {{ContentOf(text)}}, technique: {{technique}}{{(test is null ? "" : $", test: {test}")}}, outcome: {{outcome}} }

        """.ReplaceLineEndings("\n");
}
