using System.CommandLine;
using System.CommandLine.Invocation;
using Merlon.Cli;
using Merlon.Cli.Help;

// System.CommandLine answers 1 to a usage error and to a crash; 1 means findings here. It would also read options from '@file',
// and a file of the repository under check must not pass any.
try
{
    Console.OutputEncoding = System.Text.Encoding.UTF8;
    var parsed = RootCommands.Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    if (parsed.Action is ParseErrorAction)
        return UsageErrors.Write(parsed);
    var exitCode = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? ExitCode.Usage : exitCode;
}
catch (Exception e)
{
    Console.Error.WriteLine(e is IOException or UnauthorizedAccessException ? $"merlon: {e.Message}" : $"merlon failed; this is a bug in Merlon: {e}");
    return ExitCode.Failure;
}
