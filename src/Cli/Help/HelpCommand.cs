using System.CommandLine;
using Merlon.Core.Report;

namespace Merlon.Cli.Help;

/// <summary><c>merlon help check</c>, which many type.</summary>
internal static class HelpCommand
{
    public static Command Create(RootCommand root)
    {
        Argument<string[]> names = new("command") { Description = "The command, such as 'check' or 'attack list'; all commands otherwise.", Arity = ArgumentArity.ZeroOrMore };
        names.CompletionSources.Add(_ => root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name));
        Command help = new("help", "Show the help of a command.") { names };
        help.SetAction(parsed =>
        {
            Command command = root;
            foreach (var name in parsed.GetValue(names) ?? [])
            {
                if (command.Subcommands.FirstOrDefault(sub => sub.Name == name && !sub.Hidden) is not { } sub)
                {
                    var known = command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).ToArray();
                    Console.Error.WriteLine($"merlon: '{Printable.Text(name)}' is not a command{UsageErrors.Hint(name, known)}");
                    Console.Error.WriteLine("merlon: 'merlon --help' lists them");
                    return ExitCode.Usage;
                }
                command = sub;
            }
            HelpWriting.Show(command);
            return ExitCode.Clean;
        });
        return help;
    }
}
