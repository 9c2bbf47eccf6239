using System.CommandLine;
using Merlon.Cli;

// System.CommandLine answers 1 to a usage error and to a crash; 1 means findings here. It would also read options from '@file',
// and a file of the repository under check must not pass any.
try
{
    Console.OutputEncoding = System.Text.Encoding.UTF8;
    RootCommand root = new("Checks detection rules and their ATT&CK tags, and measures what they cover of the actors you track.")
    {
        CheckCommand.Create(),
        LintCommand.Create(),
        ParseCommand.Create(),
        GateCommand.Create(),
        DiffCommand.Create(),
        TestCommand.Create(),
        TrendCommand.Create(),
        AssessCommand.Create(),
        CoverageCommand.Create(),
        GapsCommand.Create(),
        WhyCommand.Create(),
        PlanCommand.Create(),
        LayerCommand.Create(),
        ReportCommand.Create(),
        ActorCommand.Create(),
        AttackCommand.Create(),
        EmulateCommand.Create(),
        RulesCommand.Create(),
        DriftCommand.Create(),
        ExplainCommand.Create(),
        InitCommand.Create(),
    };
    var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    var exitCode = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? ExitCode.Usage : exitCode;
}
catch (Exception e)
{
    Console.Error.WriteLine(e is IOException or UnauthorizedAccessException ? $"merlon: {e.Message}" : $"merlon failed; this is a bug in Merlon: {e}");
    return ExitCode.Failure;
}
