using System.CommandLine;

namespace Merlon.Cli.Completion;

internal static class CompletionCommand
{
    /// <summary>The shells that there are scripts for.</summary>
    public static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    public static Command Create()
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong(Shells);
        Command command = new("completion", "Print the script that completes commands, options and names in a shell.") { shell };
        command.SetAction(parsed =>
        {
            Console.Out.Write(Script(parsed.GetValue(shell)!)); // required
            return ExitCode.Clean;
        });
        return command;
    }

    private static string Script(string shell)
    {
        using var stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion/merlon.{shell}") ?? throw new InvalidOperationException($"the script of {shell} is not embedded");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
