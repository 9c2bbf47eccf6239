using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Merlon.Cli.Help;

/// <summary>Writes the help of a command: the same in every language and, but for its width, on every terminal.</summary>
/// <param name="width">Of a line, in characters.</param>
internal sealed class HelpText(int width)
{
    /// <summary>Where there is no terminal, and the widest on one: longer lines are hard to read.</summary>
    public const int DefaultWidth = 100;

    private const int LeastDescription = 30, Gap = 2;

    // A space at which no line ends.
    private const char Glue = '\u00A0';

    private readonly StringBuilder _text = new();

    public static string Write(Command command, int width)
    {
        HelpText help = new(width);
        help.Wrap(command.Description ?? "", 0);
        help._text.Append("\nUsage:\n");
        help.Wrap(UsageOf(command), 2, Gap);
        help.Section("Arguments", [.. command.Arguments.Where(argument => !argument.Hidden).Select(argument => (NameOf(argument), argument.Description ?? ""))]);
        help.Section("Commands", [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? ""))]);
        help.Section("Options", [.. OptionsOf(command).Select(option => (NamesOf(option), DescriptionOf(option)))]);
        help.Examples(Help.Examples.Of(PathOf(command)));
        if (command.Subcommands.Any(sub => !sub.Hidden))
            help._text.Append(CultureInfo.InvariantCulture, $"\n'merlon {string.Concat(PathOf(command).Select(name => name + " "))}COMMAND --help' has the arguments, options and examples of a command.\n");
        return help._text.ToString();
    }

    /// <summary>Its name and those above it, without the program's.</summary>
    public static string[] PathOf(Command command)
    {
        List<string> names = [];
        for (var one = command; one is not (null or RootCommand); one = one.Parents.OfType<Command>().FirstOrDefault())
            names.Insert(0, one.Name);
        return [.. names];
    }

    /// <summary>Its own, then those of all commands.</summary>
    public static IEnumerable<Option> OptionsOf(Command command)
    {
        var isOwn = true;
        for (var one = command; one is not null; one = one.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in one.Options)
                if (!option.Hidden && (isOwn || option.Recursive))
                    yield return option;
            isOwn = false;
        }
    }

    private static string UsageOf(Command command)
    {
        var line = string.Join(' ', PathOf(command).Prepend("merlon").Concat(command.Arguments.Where(argument => !argument.Hidden).Select(argument =>
            argument.Arity switch
            {
                { MinimumNumberOfValues: 0, MaximumNumberOfValues: 1 } => $"[{NameOf(argument)}]",
                { MinimumNumberOfValues: 0 } => $"[{NameOf(argument)}...]",
                { MaximumNumberOfValues: > 1 } => $"{NameOf(argument)}...",
                _ => NameOf(argument),
            })));
        return $"{line}{(command.Subcommands.Count == 0 ? "" : command.Action is null ? " COMMAND" : " [COMMAND]")}{string.Concat(OptionsOf(command).Where(option => option.Required).Select(option => $" {option.Name} {ValueOf(option)}"))} [options]";
    }

    private static string NameOf(Argument argument) => $"<{argument.HelpName ?? argument.Name}>";

    private static string NamesOf(Option option)
    {
        var names = option.Aliases.Append(option.Name).OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal);
        return string.Join(", ", names) + (ValueOf(option) is { Length: > 0 } value ? $" {value}" : "");
    }

    private static string ValueOf(Option option) => option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? ""
        : option.Arity.MinimumNumberOfValues == 0 ? $"[<{option.HelpName ?? option.Name.TrimStart('-')}>]"
        : $"<{option.HelpName ?? option.Name.TrimStart('-')}>";

    private static string DescriptionOf(Option option) => $"{option.Description}{(option.Required ? " Required." : "")}{(option is { HasDefaultValue: true, Arity.MaximumNumberOfValues: > 0 } && option.ValueType != typeof(bool)
        && Convert.ToString(option.GetDefaultValue(), CultureInfo.InvariantCulture) is { Length: > 0 } value ? $" [default:{Glue}{value}]" : "")}";

    private void Section(string title, (string Name, string Description)[] rows)
    {
        if (rows.Length == 0)
            return;
        _text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n");
        var column = Math.Min(rows.Max(row => row.Name.Length) + 2 + Gap, width - LeastDescription);
        foreach (var (name, description) in rows)
        {
            _text.Append("  ").Append(name);
            if (name.Length + 2 + Gap > column)
                _text.Append('\n').Append(' ', column);
            else
                _text.Append(' ', column - 2 - name.Length);
            Wrap(description, column, isBegun: true);
        }
    }

    private void Examples((string Line, string Does)[] examples)
    {
        if (examples.Length == 0)
            return;
        _text.Append("\nExamples:\n");
        foreach (var (line, does) in examples)
        {
            _text.Append("  ").Append(line).Append('\n');
            Wrap(does, 6);
        }
    }

    private void Wrap(string text, int indent, int hanging = 0, bool isBegun = false)
    {
        var at = indent;
        if (!isBegun)
            _text.Append(' ', indent);
        var isFirst = true;
        foreach (var word in text.Split(' '))
        {
            if (!isFirst && at + 1 + word.Length > width)
            {
                _text.Append('\n').Append(' ', indent + hanging);
                at = indent + hanging;
            }
            else if (!isFirst)
            {
                _text.Append(' ');
                at++;
            }
            _text.Append(word.Replace(Glue, ' '));
            at += word.Length;
            isFirst = false;
        }
        _text.Append('\n');
    }
}
