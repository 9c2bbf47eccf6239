using System.CommandLine;
using Merlon.Core.Configuration;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class CheckCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        OutputOptions output = new("text", "json");
        Option<bool> all = new("--all") { Description = "Every merlon.yml of the repository, one after another; exits with the worst." };
        Command command = new("check", "Check rules and profiles, measure coverage and apply the floors.") { all };
        program.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = program.Read(parsed);
            return parsed.GetValue(all) ? Programs(request).Select(config => Run(parsed, output, request with { Config = config })).DefaultIfEmpty(ExitCode.Usage).Max() : Run(parsed, output, request);
        });
        return command;
    }

    private static IEnumerable<string> Programs(CheckRequest request)
    {
        WorkingTree tree = new(WorkingTree.FindRoot(request.Directory) ?? request.Directory);
        var found = tree.Find([PathPattern.TryParse($"**/{ConfigurationReader.FileName}", "")!]).Paths; // the pattern parses
        if (found.IsEmpty)
            Console.Error.WriteLine($"merlon: no {ConfigurationReader.FileName} below '{tree.Root}'");
        return found.Select(tree.FullPath);
    }

    private static int Run(ParseResult parsed, OutputOptions output, CheckRequest request)
    {
        var result = Check.Run(request);
        if (output.Format(parsed) == "json")
            output.Write(parsed, CheckJson.Write(result));
        else if (!result.IsUsable)
            return OutputOptions.Refuse(result.Diagnostics);
        else
            output.Write(parsed, CheckText.Write(result, output.IsColoured(parsed)));
        return !result.IsUsable ? ExitCode.Usage : result.HasErrors ? ExitCode.Findings : ExitCode.Clean;
    }
}
