using System.CommandLine;
using Merlon.Core.Diagnostics;
using Merlon.Core.Report;

namespace Merlon.Cli.Help;

/// <summary>Says what is wrong with a command line, and no more: a page of help would push it off the screen.</summary>
internal static class UsageErrors
{
    public static int Write(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command is { Action: null } && parsed.UnmatchedTokens.Count == 0)
        {
            HelpWriting.Show(command);
            return ExitCode.Usage;
        }
        foreach (var message in MessagesOf(parsed, command).Distinct())
            Console.Error.WriteLine($"merlon: {Printable.Text(message)}");
        Console.Error.WriteLine($"merlon: '{string.Join(' ', HelpText.PathOf(command).Prepend("merlon"))} --help' says what there is");
        return ExitCode.Usage;
    }

    private static IEnumerable<string> MessagesOf(ParseResult parsed, Command command)
    {
        // Where a command is misspelt, nothing behind it can be understood.
        if (command.Action is null && parsed.UnmatchedTokens is [var word, ..])
            return [$"'{word}' is not a command{Hint(word, command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name))}"];
        var options = parsed.Tokens.Select(token => token.Value).Concat(parsed.UnmatchedTokens).Where(token => IsUnknownOption(token, command)).Distinct().ToArray();
        return options.Length > 0 ? options.Select(option => $"'{option}' is not an option of this command{Hint(option.Split('=')[0], HelpText.OptionsOf(command).SelectMany(one => one.Aliases.Append(one.Name)))}")
            : parsed.Errors.Select(error => OneLine(error.Message));
    }

    private static bool IsUnknownOption(string token, Command command) => token is ['-', '-', _, ..] && !HelpText.OptionsOf(command).Any(option => option.Name == token.Split('=')[0] || option.Aliases.Contains(token.Split('=')[0]));

    /// <summary><c>; did you mean 'check'?</c>, or nothing. Two letters that changed places are two edits.</summary>
    public static string Hint(string word, IEnumerable<string> known) => Spelling.Nearest(word, known, word.Length < 4 ? 1 : Math.Max(2, word.Length / 3)) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    // System.CommandLine lists what is allowed on lines of their own.
    private static string OneLine(string message) =>
        message.TrimEnd('.').ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var first, .. var rest] ? string.Join(", ", [.. rest.Length == 0 ? [first] : new[] { $"{first} {rest[0]}" }, .. rest.Skip(1)]) : message;
}
