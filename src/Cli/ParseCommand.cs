using System.CommandLine;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class ParseCommand
{
    public static Command Create()
    {
        OutputOptions output = new("json");
        Argument<string[]> paths = new("path") { Description = "Files, and folders of .yml files.", Arity = ArgumentArity.OneOrMore };
        paths.Validators.Add(ProgramOptions.MustExist);
        Command command = new("parse", "Print every document with the tree of each condition, after modifiers and expansion.") { paths };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var files = RuleFiles.Read([.. parsed.GetValue(paths)!.Select(Path.GetFullPath)], ReadingProgress.Create(), out var errors); // required
            if (!errors.IsEmpty)
                return OutputOptions.Refuse(errors);
            output.Write(parsed, ParseJson.Write(files));
            return ExitCode.Clean;
        });
        return command;
    }
}
