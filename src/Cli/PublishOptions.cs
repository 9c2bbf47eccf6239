using System.CommandLine;
using Merlon.Core.Gate;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

/// <summary>The options of what others may read: Markdown for pull requests and step summaries.</summary>
internal sealed class PublishOptions
{
    private readonly Option<bool> _private = new("--private") { Description = "Show actors by name whose TLP is amber or red in Markdown, SARIF, JUnit and the forms of GitHub and GitLab, too." };
    private readonly Option<bool> _stepSummary = new("--step-summary") { Description = "Append the Markdown to the file that GITHUB_STEP_SUMMARY names, too." };

    public void AddTo(Command command)
    {
        command.Add(_private);
        command.Add(_stepSummary);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_stepSummary) && string.IsNullOrEmpty(SummaryFile))
                result.AddError("--step-summary writes to the file that GITHUB_STEP_SUMMARY names, and it names none");
        });
    }

    public bool IsPrivate(ParseResult parsed) => parsed.GetValue(_private);

    public string Markdown(ParseResult parsed, CheckResult result) => Markdown(result.Verdict!, result.Snapshot!, IsPrivate(parsed)); // of a usable result

    public static string Markdown(Verdict verdict, Snapshot head, bool isPrivate) =>
        GateMarkdown.Write(verdict, head.Config.Name, isPrivate ? PublishedNames.Private : new(verdict, head.KeptBack));

    /// <summary>Appends, as several steps may write to one summary.</summary>
    public void WriteStepSummary(ParseResult parsed, CheckResult result)
    {
        if (parsed.GetValue(_stepSummary) && result.IsUsable)
            File.AppendAllText(SummaryFile!, Markdown(parsed, result)); // the validator has looked
    }

    private static string? SummaryFile => Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY");
}
