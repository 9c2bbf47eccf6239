using System.CommandLine;
using System.CommandLine.Invocation;

namespace Merlon.Cli.Help;

/// <summary>What <c>--help</c> does.</summary>
internal sealed class HelpWriting : SynchronousCommandLineAction
{
    private const int LeastWidth = 60;

    // What is wrong with the line is what somebody asks about.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Show(parseResult.CommandResult.Command);
        return ExitCode.Clean;
    }

    public static void Show(Command command) => Console.Out.Write(HelpText.Write(command, Width));

    private static int Width
    {
        get
        {
            if (Console.IsOutputRedirected)
                return HelpText.DefaultWidth;
            try
            {
                return Console.WindowWidth is > 0 and var width ? Math.Clamp(width, LeastWidth, HelpText.DefaultWidth) : HelpText.DefaultWidth;
            }
            catch (IOException)
            {
                return HelpText.DefaultWidth;
            }
        }
    }
}
