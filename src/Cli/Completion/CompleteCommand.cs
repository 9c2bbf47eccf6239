using System.CommandLine;

namespace Merlon.Cli.Completion;

/// <summary>What the scripts of shells ask: hidden, as nobody types it.</summary>
internal static class CompleteCommand
{
    public static Command Create(RootCommand root)
    {
        Argument<string[]> words = new("words") { Description = "The words of the line as far as the cursor, the last one behind a ':', since an empty one may be lost on the way.", Arity = ArgumentArity.ZeroOrMore };
        Command command = new("complete", "Print what may stand at the end of a command line.") { words };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(words) is not [.. var before, [':', .. var current]])
                return ExitCode.Usage;
            try
            {
                foreach (var word in Completer.Complete(root, before, current))
                    Console.Out.WriteLine(word);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Nobody wants a message where they press a key.
            }
            return ExitCode.Clean;
        });
        return command;
    }
}
