using System.CommandLine;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class TestCommand
{
    public static Command Create()
    {
        ProgramOptions program = new(measures: false);
        OutputOptions output = new("text", "json", "junit");
        Argument<string[]> chosen = new("path-or-rule") { Description = "Files and folders of rules or of their tests, and ids, titles and file names of rules; all tests otherwise.", Arity = ArgumentArity.ZeroOrMore };
        chosen.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (token.Value.StartsWith('-'))
                    result.AddError($"'{token.Value}' is not an option of this command; --help lists them");
        });
        Option<bool> explain = new("--explain") { Description = "Show for each event what every selection, item and value of the rule made of it." };
        Option<string[]> benign = new("--benign") { Description = "Compare the rules with benign events instead: with those of this file or folder, or of tests.benign without one.", HelpName = "path", Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = false };
        Command command = new("test", "Run the tests of rules: events that each must match, and events that it must not.") { chosen, explain, benign };
        program.AddReleaseTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var names = parsed.GetValue(chosen) ?? [];
            var request = program.Read(parsed) with { Paths = [.. names.Where(Path.Exists).Select(Path.GetFullPath)], Progress = ReadingProgress.Create("tests") };
            var result = TestRun.Run(request, new()
            {
                Rules = [.. names.Where(name => !Path.Exists(name))],
                Explains = parsed.GetValue(explain),
                Benign = parsed.GetResult(benign) is { Implicit: false } ? [.. (parsed.GetValue(benign) ?? []).Select(Path.GetFullPath)] : null,
            });
            if (result.Rules is null)
                return OutputOptions.Refuse(result.Diagnostics);
            output.Write(parsed, output.Format(parsed) switch
            {
                "json" => TestJson.Write(result),
                "junit" => TestJUnit.Write(result),
                _ => TestText.Write(result, output.IsColoured(parsed)),
            });
            return result.HasErrors ? ExitCode.Findings : ExitCode.Clean;
        });
        return command;
    }
}
