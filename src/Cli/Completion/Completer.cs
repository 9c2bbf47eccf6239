using System.CommandLine;
using System.CommandLine.Completions;
using Merlon.Cli.Help;
using Merlon.Core.Report;

namespace Merlon.Cli.Completion;

/// <summary>
/// What may stand where somebody types. The words arrive apart, as the shell parted them: System.CommandLine would part a line by rules of its own, and
/// takes an empty word for a value.
/// </summary>
internal static class Completer
{
    // Of options that take several values with commas between them.
    private const string Names = "names";

    /// <param name="words">Those before the current one, without the program's name.</param>
    /// <param name="current">As far as it is typed.</param>
    /// <returns>Whole words, sorted, each of one line and without a character that a terminal obeys; none where files are meant, or nothing.</returns>
    public static IReadOnlyList<string> Complete(RootCommand root, IReadOnlyList<string> words, string current)
    {
        var place = Walk(root, words);
        return [.. Candidates(place, current).Where(word => word.StartsWith(current, StringComparison.OrdinalIgnoreCase) && !word.EnumerateRunes().Any(Printable.IsHidden)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <param name="Option">The one that wants a value; null for none.</param>
    /// <param name="Arguments">How many arguments stand before.</param>
    /// <param name="IsPastOptions">Whether <c>--</c> stands before.</param>
    private readonly record struct Place(Command Command, Option? Option, int Arguments, bool IsPastOptions);

    private static Place Walk(RootCommand root, IReadOnlyList<string> words)
    {
        Place place = new(root, null, 0, false);
        foreach (var word in words)
            if (place.Option is not null)
                place = place with { Option = null };
            else if (word == "--")
                place = place with { IsPastOptions = true };
            else if (word.StartsWith('-') && !place.IsPastOptions)
                place = place with { Option = word.Contains('=', StringComparison.Ordinal) ? null : Find(place.Command, word) is { } option && TakesValue(option) ? option : null };
            else if (place.Arguments == 0 && place.Command.Subcommands.FirstOrDefault(sub => sub.Name == word) is { } sub)
                place = place with { Command = sub };
            else
                place = place with { Arguments = place.Arguments + 1 };
        return place;
    }

    private static IEnumerable<string> Candidates(Place place, string current)
    {
        if (place.Option is { } waiting)
            return ValuesOf(waiting, current);
        if (current.StartsWith('-') && !place.IsPastOptions)
            return current.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign
                ? Find(place.Command, current[..sign]) is { } named ? ValuesOf(named, current[(sign + 1)..]).Select(value => $"{current[..sign]}={value}") : []
                : HelpText.OptionsOf(place.Command).SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal));
        var commands = place is { Arguments: 0, IsPastOptions: false } ? place.Command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name) : [];
        return [.. commands, .. ArgumentAt(place) is { } argument ? From(argument.CompletionSources) : []];
    }

    private static IEnumerable<string> ValuesOf(Option option, string current)
    {
        var begun = option.HelpName == Names && current.LastIndexOf(',') is >= 0 and var comma ? current[..(comma + 1)] : "";
        return From(option.CompletionSources).Select(value => begun + value);
    }

    private static IEnumerable<string> From(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources) =>
        sources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label);

    // The last one takes what is too many for the others.
    private static Argument? ArgumentAt(Place place)
    {
        var at = 0;
        foreach (var argument in place.Command.Arguments)
            if (place.Arguments < (at += Math.Min(argument.Arity.MaximumNumberOfValues, int.MaxValue - at)))
                return argument;
        return null;
    }

    private static Option? Find(Command command, string name) => HelpText.OptionsOf(command).FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
}
