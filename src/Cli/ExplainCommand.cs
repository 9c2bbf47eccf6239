using System.CommandLine;
using Merlon.Cli.Completion;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class ExplainCommand
{
    public static Command Create()
    {
        OutputOptions output = new("text", "json");
        Argument<string> id = new("id") { Description = "The id of a finding: MRL3001, mrl3001 or 3001." };
        id.CompletionSources.Add(_ => CompletionValues.Findings());
        Command command = new("explain", "Say what an id means, why it matters and what to do, with an example.") { id };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var word = parsed.GetValue(id)!; // required
            if (Explanation.Find(word) is not { } info)
            {
                Console.Error.WriteLine($"merlon: {Explanation.Unknown(word)}");
                return ExitCode.Usage;
            }
            var page = RulePages.Find(info.Id) ?? Explanation.Page(info);
            output.Write(parsed, output.Format(parsed) == "json" ? Explanation.Json(info, page) : Explanation.Text(page, output.IsColoured(parsed)));
            return ExitCode.Clean;
        });
        return command;
    }
}
